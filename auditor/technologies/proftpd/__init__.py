"""ProFTPD: its configuration, and the servers that files, containers and units make."""

from .service import Anonymous, Host, Proftpd
from .technology import PROFTPD

__all__ = ["PROFTPD", "Anonymous", "Host", "Proftpd"]
