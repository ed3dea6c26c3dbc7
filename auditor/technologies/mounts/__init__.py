"""What a host mounts and with which flags, and what it exports by NFS."""

from .exports import NfsExport
from .filesystem import FileSystem
from .tables import Fstab
from .technology import MOUNTS

__all__ = ["MOUNTS", "FileSystem", "Fstab", "NfsExport"]
