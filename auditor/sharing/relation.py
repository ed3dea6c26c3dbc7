"""Judge two uses of one secret.

The rules in their order, the first that fits decides. NIST SP 800-57 Part 1 Rev. 5, section 5.2: a key is used for one
purpose only.
"""

from collections.abc import Sequence

from auditor.credentials.keys import ACCOUNTS, CRYPTOGRAPHIC, PASSWORD_WORDS, tokens
from auditor.model.credential import Credential, FileRole, Login, SecretForm
from auditor.model.severity import Confidence, Severity
from auditor.model.sharing import Sharing
from auditor.records import dataclass

from .principals import Sameness, is_client_of, same_name, same_principal
from .unit import are_related

_JWT = frozenset({"jwt", "jwt-refresh", "password-reset"})
_GENERIC = frozenset({"secret", "signing"})
"""Purposes that a name leaves open; they contradict nothing."""
_ENVIRONMENT_WORDS = frozenset(
    "prod production live dev develop development local test tests testing ci stage staging uat qa".split()
)
_RECORDS = frozenset(
    "ehr emr ehrbase fhir pacs dicom lis ris openmrs openemr orthanc dcm4chee hapi mirth patient".split()
)
"""Words of systems that hold patients' records."""
STRONG = 12
"""Length from which equal values of unrelated systems are no accident, in characters."""


@dataclass(frozen=True)
class Relation:
    """What two uses of one secret are to each other; `kind` is None where it is as it should be."""

    kind: Sharing | None
    severity: Severity
    confidence: Confidence
    why: str


def relate(first: Credential, second: Credential, servers: Sequence[Login], *, is_published: bool) -> Relation:
    """Judge two places of one secret.

    Args:
        first: one place.
        second: the other.
        servers: the logins that the servers of the system configure.
        is_published: whether the value is one that strangers use too, so that meeting it twice says little.
    """
    related = are_related(first.unit, second.unit)
    is_chance = is_published or first.is_guessable or second.is_guessable
    if not related and (is_chance or first.secret.length < STRONG):
        return _legitimate("a weak or published value in unrelated systems")
    if is_published and _is_tests(first) and _is_tests(second):
        return _legitimate("a published value in tests")
    if _is_across_environments(first, second):
        return Relation(
            Sharing.ENVIRONMENTS,
            Severity.HIGH,
            Confidence.HIGH,
            f"{first.key} is the same in {first.environment or 'production'} and {second.environment or 'production'}",
        )
    if not related:
        if first.login is not None and second.login is not None and is_client_of(first.login, second.login):
            return _legitimate(f"a client of {first.login.shown()}")
        one, other = sorted((first.unit or "the root", second.unit or "the root"))  # the same words both ways round
        return Relation(Sharing.UNITS, Severity.MEDIUM, Confidence.MEDIUM, f"{one} and {other} are separate systems")
    if _name(first) == _name(second) and first.mechanism == second.mechanism and not _logins_differ(first, second):
        return _legitimate("the same setting, passed on")
    crypto = [use.mechanism in CRYPTOGRAPHIC for use in (first, second)]
    if all(crypto):
        return _keys(first, second)
    if any(crypto):
        return _key_and_other(*((first, second) if crypto[0] else (second, first)))
    return _accounts(first, second, servers)


def _legitimate(why: str) -> Relation:
    return Relation(None, Severity.INFO, Confidence.HIGH, why)


def _name(credential: Credential) -> tuple[str, ...]:
    return tuple(word for word in tokens(credential.key) if word not in _ENVIRONMENT_WORDS)


def _logins_differ(first: Credential, second: Credential) -> bool:
    a, b = first.login, second.login
    return a is not None and b is not None and bool(a.name and b.name) and not same_name(a, b)


def _is_tests(credential: Credential) -> bool:
    return credential.role is FileRole.TEST or credential.environment == "test"


def _is_across_environments(first: Credential, second: Credential) -> bool:
    environments = {first.environment, second.environment}
    if "production" not in environments or not environments & {"development", "test"}:
        return False
    written = first.form is SecretForm.LITERAL and second.form is SecretForm.LITERAL
    return written and _name(first) == _name(second)


def _keys(first: Credential, second: Credential) -> Relation:
    uses = {first.mechanism, second.mechanism}
    if len(uses) == 1:
        return _legitimate(f"both are for {first.mechanism}: what signs and what verifies share the key")
    if uses & _GENERIC:
        return _legitimate("one of the names does not say a purpose of its own")
    named = " and ".join(sorted(uses))
    if uses <= _JWT:
        return Relation(
            Sharing.PURPOSES, Severity.MEDIUM, Confidence.HIGH, f"one key signs {named}; a leak breaks both at once"
        )
    if "app-secret" in uses:
        return Relation(
            Sharing.PURPOSES, Severity.MEDIUM, Confidence.HIGH, f"the framework's own key also serves {named}"
        )
    return Relation(Sharing.PURPOSES, Severity.HIGH, Confidence.HIGH, f"one key serves {named}")


def _key_and_other(key: Credential, other: Credential) -> Relation:
    is_login = other.login is not None and bool(other.login.name) and not PASSWORD_WORDS.isdisjoint(tokens(other.key))
    if other.mechanism in ACCOUNTS or other.mechanism == "provider-api" or is_login:
        whose = other.login.shown() if other.login is not None else ""
        what = f"the password of {whose}" if whose else f"a password ({other.mechanism})"
        return Relation(
            Sharing.KEY_AND_PASSWORD,
            Severity.CRITICAL,
            Confidence.HIGH,
            f"the key for {key.mechanism} is also {what}",
        )
    return _legitimate("one of the names does not say a purpose of its own")


def _accounts(first: Credential, second: Credential, servers: Sequence[Login]) -> Relation:
    if "secret" in {first.mechanism, second.mechanism} and (first.login is None or second.login is None):
        return _legitimate("one of the names does not say a purpose of its own")
    if first.mechanism == second.mechanism and first.mechanism not in ACCOUNTS:
        return _legitimate(f"both are for {first.mechanism}: the two ends of one connection")
    sameness, why = same_principal(first, second, servers)
    if sameness is Sameness.SAME:
        return _legitimate(why)
    a, b = first.login, second.login
    if sameness is Sameness.UNKNOWN or a is None or b is None:
        return Relation(Sharing.LOGINS, Severity.MEDIUM, Confidence.LOW, why)
    if a.engine == b.engine and _is_administrator(a) != _is_administrator(b):
        return Relation(Sharing.LOGINS, Severity.HIGH, Confidence.HIGH, why)
    holds_records = _RECORDS & {*tokens(first.key), *tokens(second.key), *tokens(a.server), *tokens(b.server)}
    severity = Severity.HIGH if holds_records else Severity.MEDIUM
    return Relation(Sharing.LOGINS, severity, Confidence.MEDIUM, why)


def _is_administrator(login: Login) -> bool:
    return login.name.lower() in {"root", "postgres", "admin", "administrator", "sa", "elastic", "guest"}
