"""What several checks of audit rules ask."""

from auditor.api import UndecidedError
from auditor.technologies.auditd import AuditRules


def unwatched(rules: AuditRules, *paths: str) -> tuple[str, ...]:
    """Return the files whose changes are not recorded; a gap in the rules leaves that open."""
    found = tuple(path for path in paths if not rules.watches(path))
    if found and rules.gap:
        raise UndecidedError(rules.gap)
    return found
