"""The past of the secrets: since when each has been the same, and which older versions of other files hold it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import datetime
from typing import Final

from auditor.inventory.files import Files
from auditor.model.credential import Credential, FileRole, SecretForm
from auditor.model.fact import Fact
from auditor.model.secret_history import Removal, SecretHistory, Unchanged
from auditor.model.unknown import Unknown
from auditor.sources.git_objects_error import ObjectError
from auditor.sources.history import History, Step

from .ages import Ages
from .removals import Removals
from .versions import Versions

MAX_AGE_DAYS: Final = 90
"""Days that a secret may stay the same unless the operator says otherwise."""
TLS_MAX_AGE_DAYS: Final = 365
"""Days that a private key of TLS may at least stay the same: certificates were long issued for a year."""
_SECONDS_OF_A_DAY: Final = 86_400


def secret_histories(
    facts: Iterable[Fact],
    files: Files,
    open_history: Callable[[], History | Unknown],
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
    past = _Past(found, secrets, files, history) if isinstance(history, History) else None
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


def _reason(history: History | Unknown) -> Unknown:
    assert isinstance(history, Unknown)
    return history


def _is_dated(secret: Credential) -> bool:
    return secret.role is FileRole.LIVE and secret.form in {SecretForm.LITERAL, SecretForm.DEFAULT}


class _Past:
    """One walk back through the history, for all secrets at once."""

    def __init__(
        self, found: Sequence[Credential], secrets: Sequence[Credential], files: Files, history: History
    ) -> None:
        self.unread = ""
        self._prefix = history.prefix
        with closing(history):
            versions = Versions(history)
            self._ages = Ages(secrets, files, versions, history)
            self._removals = Removals(found, secrets, files, versions, history.prefix)
            step: Step | None = None
            try:
                for step in history.steps():
                    self._ages.go_back(step)
                    self._go_back_for_removals(step)
                    if not self._ages.is_open and not self._removals.is_open:
                        break
            except ObjectError as error:
                self.unread = str(error)
            # Without a limit or a gap every file ends where it was added, unless the history contradicts itself.
            self._ages.give_up(step, self.unread or "the history is damaged")

    def _go_back_for_removals(self, step: Step) -> None:
        try:
            self._removals.go_back(step)
        except ObjectError as error:
            self.unread = str(error)
            self._removals.give_up()

    def is_committed(self, secret: Credential) -> bool:
        return self._ages.is_committed(secret.at.path)

    def unchanged(self, secret: Credential, now: datetime) -> Unchanged | Unknown:
        since = self._ages.since(secret)
        if isinstance(since, Unknown):
            return since
        days = _days(since.step, now)
        if days < 0:
            return Unknown("the commit that brought the value is dated after the scan")
        return Unchanged(since.step.commit, days, since.may_be_older)

    def removals(self, secret: Credential, now: datetime) -> tuple[Removal, ...]:
        found = self._removals.of(secret)
        return tuple(Removal(path, step.commit, max(_days(step, now), 0)) for path, step in found)


def _days(step: Step, now: datetime) -> int:
    return int(now.timestamp() - step.time) // _SECONDS_OF_A_DAY
