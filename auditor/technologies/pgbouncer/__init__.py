"""PgBouncer: pgbouncer.ini, its file of users, its pg_hba.conf, and the images that run it."""

from auditor.technologies.common.hba import HbaRule, Transport

from .service import Database, PgBouncer, PgBouncerHba
from .technology import PGBOUNCER
from .userlist import SecretKind, User

__all__ = [
    "PGBOUNCER",
    "Database",
    "HbaRule",
    "PgBouncer",
    "PgBouncerHba",
    "SecretKind",
    "Transport",
    "User",
]
