"""Linux audit: the daemon and the kernel's rules."""

from .service import Auditd, AuditRules
from .technology import AUDITD

__all__ = ["AUDITD", "AuditRules", "Auditd"]
