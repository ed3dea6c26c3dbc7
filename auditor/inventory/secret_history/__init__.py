"""The past of the secrets: since when each has been the same, and which older versions of other files hold it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from auditor.inventory.files import Files
from auditor.model.credential import Credential, FileRole, SecretForm
from auditor.model.fact import Fact
from auditor.model.secret_history import SecretHistory
from auditor.model.unknown import Unknown

if TYPE_CHECKING:
    from auditor.sources.history import History

    from .past import Past

MAX_AGE_DAYS: Final = 90
"""Days that a secret may stay the same unless the operator says otherwise."""
TLS_MAX_AGE_DAYS: Final = 365
"""Days that a private key of TLS may at least stay the same: certificates were long issued for a year."""


def secret_histories(
    facts: Iterable[Fact],
    files: Files,
    open_history: "Callable[[], History | Unknown]",
    *,
    now: datetime,
    max_age_days: int = MAX_AGE_DAYS,
) -> Iterator[SecretHistory]:
    """Yield the past of every secret written in a live file; the history is opened if there is one."""
    found = [fact for fact in facts if isinstance(fact, Credential)]
    secrets = [secret for secret in found if _is_dated(secret)]
    if not secrets:
        return
    history = open_history()
    past = None if isinstance(history, Unknown) else _walk(found, secrets, files, history)
    for secret in secrets:
        allowed = max(max_age_days, TLS_MAX_AGE_DAYS) if secret.mechanism == "tls-key" else max_age_days
        yield SecretHistory(
            component=secret.component,
            technology=secret.technology,
            at=secret.at,
            credential=secret,
            unchanged=past.unchanged(secret, now) if past is not None else _reason(history),
            allowed_days=allowed,
            removals=past.removals(secret, now) if past is not None else (),
            unread=past.unread if past is not None else _reason(history).reason,
            is_committed=past.is_committed(secret) if past is not None else None,
        )


def _walk(found: Sequence[Credential], secrets: Sequence[Credential], files: Files, history: "History") -> "Past":
    from .past import Past  # noqa: PLC0415  # few scans have a history

    return Past(found, secrets, files, history)


def _reason(history: "History | Unknown") -> Unknown:
    assert isinstance(history, Unknown)
    return history


def _is_dated(secret: Credential) -> bool:
    return secret.role is FileRole.LIVE and secret.form in {SecretForm.LITERAL, SecretForm.DEFAULT}
