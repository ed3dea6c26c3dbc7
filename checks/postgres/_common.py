"""What several checks of PostgreSQL share."""

from auditor.technologies.postgres import HbaRule

_STRENGTH = {
    "trust": 0,
    "ident": 1,
    "password": 2,
    "pam": 2,
    "ldap": 2,
    "radius": 2,
    "md5": 3,
    "scram-sha-256": 4,
    "oauth": 4,
    "gss": 4,
    "peer": 4,
    "cert": 5,
    "reject": 6,
}


def strength(rule: HbaRule) -> int:
    """Order methods by what they prove; -1 where the method is not known."""
    return _STRENGTH.get(rule.method, -1) if isinstance(rule.method, str) else -1
