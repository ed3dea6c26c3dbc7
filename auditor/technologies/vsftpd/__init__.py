"""vsftpd: its configuration, and the servers that files, containers and units make."""

from .service import Vsftpd
from .technology import VSFTPD

__all__ = ["VSFTPD", "Vsftpd"]
