"""PostgreSQL: postgresql.conf, pg_hba.conf, pg_ident.conf, server flags and the images that run it."""

from auditor.technologies.common.hba.rule import Gap, HbaRule, Name, NameKind, Transport

from .effective import does_nothing
from .facts import PgHba, PgIdent, Postgres
from .ident import MapLine
from .technology import POSTGRES

__all__ = [
    "POSTGRES",
    "Gap",
    "HbaRule",
    "MapLine",
    "Name",
    "NameKind",
    "PgHba",
    "PgIdent",
    "Postgres",
    "Transport",
    "does_nothing",
]
