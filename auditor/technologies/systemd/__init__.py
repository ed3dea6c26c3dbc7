"""systemd: service units with their drop-ins, and the programs that they start."""

from .capabilities import MASTERY
from .command import Command
from .directives import Directives, Families, Ignored
from .service import SystemdService, is_below
from .technology import SYSTEMD

__all__ = ["MASTERY", "SYSTEMD", "Command", "Directives", "Families", "Ignored", "SystemdService", "is_below"]
