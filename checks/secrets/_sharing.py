"""When one value in several places is a hazard, and when it is one secret that travels as it should."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from auditor.api import CRYPTOGRAPHIC, Credential, FileRole, SecretForm, key_words

_SHARED_FORMS = frozenset({SecretForm.LITERAL, SecretForm.DEFAULT, SecretForm.PLACEHOLDER, SecretForm.REFERENCE})
_SERVERS = frozenset({"db", "cache", "broker", "smtp", "ldap"})
"""Mechanisms whose password belongs to one server; two of them mean two servers."""
_ADMINISTRATORS = frozenset({"root", "superuser"})
_MIN_LENGTH = 8


@dataclass(frozen=True)
class Verdict:
    """Why sharing is a hazard."""

    severity: Literal["critical", "high", "medium"]
    message: str


def may_be_shared(credential: Credential) -> bool:
    """Tell whether equality with another place can mean something: a real value, long enough not to be chance."""
    return (
        credential.form in _SHARED_FORMS
        and credential.secret.length >= _MIN_LENGTH
        and credential.role is not FileRole.TEMPLATE
        and (credential.form is not SecretForm.REFERENCE or credential.is_resolved)
    )


def is_published(credential: Credential) -> bool:
    """Tell whether the value is one that strangers use too."""
    return credential.form in {SecretForm.DEFAULT, SecretForm.PLACEHOLDER}


def verdict(group: Sequence[Credential]) -> Verdict | None:
    """Judge the places that hold one value; None where it is one secret in its proper places."""
    if not any(credential.is_written for credential in group) and len({c.key for c in group}) < 2:
        return None
    purposes = {credential.mechanism for credential in group}
    cryptographic, servers = purposes & CRYPTOGRAPHIC, purposes & _SERVERS
    if cryptographic and servers:
        return Verdict(
            "critical",
            f"one value is a key for {_and(cryptographic)} and a password for {_and(servers)} ({_keys(group)})",
        )
    if len(cryptographic) > 1:
        return Verdict("high", f"one key serves {_and(cryptographic)} ({_keys(group)})")
    if _administrator_and_application(group):
        return Verdict("high", f"the administrator and the application log in with one password ({_keys(group)})")
    if len(servers) > 1:
        return Verdict("medium", f"one password opens {_and(servers)} ({_keys(group)})")
    return _environments(group)


def _administrator_and_application(group: Sequence[Credential]) -> bool:
    names = {key_words(credential.key) for credential in group}
    return any(
        set(words) & _ADMINISTRATORS and tuple(w for w in words if w not in _ADMINISTRATORS) in names for words in names
    )


def _environments(group: Sequence[Credential]) -> Verdict | None:
    written = [c for c in group if c.form is SecretForm.LITERAL and c.role is FileRole.LIVE]
    for credential in written:
        if credential.environment != "production":
            continue
        for other in written:
            if other.environment in {"development", "test"} and key_words(other.key) == key_words(credential.key):
                return Verdict("high", f"{credential.key} is the same in production and {other.environment}")
    return None


def _and(names: set[str]) -> str:
    return " and ".join(sorted(names))


def _keys(group: Sequence[Credential]) -> str:
    return ", ".join(sorted({credential.key for credential in group}))
