"""How bad, how sure, what kind: the closed vocabularies of a finding."""

from collections.abc import Mapping
from enum import StrEnum
from functools import total_ordering
from typing import Final


@total_ordering
class Severity(StrEnum):
    """Technical severity, most severe first; ordering follows severity (`CRITICAL > HIGH`)."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for info up to 4 for critical."""
        return 4 - list(Severity).index(self)

    def __lt__(self, other: object) -> bool:
        return self.rank < other.rank if isinstance(other, Severity) else NotImplemented

    def __gt__(self, other: object) -> bool:
        return self.rank > other.rank if isinstance(other, Severity) else NotImplemented

    def __le__(self, other: object) -> bool:
        return self.rank <= other.rank if isinstance(other, Severity) else NotImplemented

    def __ge__(self, other: object) -> bool:
        return self.rank >= other.rank if isinstance(other, Severity) else NotImplemented

    def lowered(self, steps: int) -> "Severity":
        """Return the severity `steps` lower, never below low (info stays info)."""
        if self is Severity.INFO:
            return self
        order = [Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW]
        return order[min(order.index(self) + steps, 3)]


WEIGHTS: Final[Mapping[str, int]] = {
    Severity.CRITICAL: 10,
    Severity.HIGH: 6,
    Severity.MEDIUM: 3,
    Severity.LOW: 1,
    Severity.INFO: 0,
}
"""What an answer of a check counts in the score, by the check's severity."""


class Confidence(StrEnum):
    """How sure the tool is that the running server behaves as the finding says."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Control(StrEnum):
    """What is wrong, technically (closed list); a profile maps controls to a framework."""

    AUTHENTICATION = "authentication"
    DEFAULT_CREDENTIAL = "default-credential"
    PLAINTEXT_SECRET = "plaintext-secret"
    SHARED_SECRET = "shared-secret"
    WEAK_SECRET = "weak-secret"
    SECRET_ROTATION = "secret-rotation"
    PASSWORD_POLICY = "password-policy"
    AUTHORIZATION = "authorization"
    NETWORK_EXPOSURE = "network-exposure"
    PRIVILEGE = "privilege"
    SESSION_MANAGEMENT = "session-management"
    INFORMATION_DISCLOSURE = "information-disclosure"
    PHI_EXPOSURE = "phi-exposure"
    ENCRYPTION_IN_TRANSIT = "encryption-in-transit"
    ENCRYPTION_AT_REST = "encryption-at-rest"
    KEY_MANAGEMENT = "key-management"
    AUDIT_LOGGING = "audit-logging"
    MONITORING = "monitoring"
    DURABILITY = "durability"
    INTEGRITY = "integrity"
    BACKUP = "backup"
    AVAILABILITY = "availability"
    RESOURCE_LIMITS = "resource-limits"
    CODE_EXECUTION = "code-execution"
    MALICIOUS_UPLOAD = "malicious-upload"
    SUPPLY_CHAIN = "supply-chain"
    CONFIGURATION_HYGIENE = "configuration-hygiene"
