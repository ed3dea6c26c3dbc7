"""The walk back through a repository's history."""

from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from typing import Final

from auditor.inventory.files import Files
from auditor.model.credential import Credential
from auditor.model.secret_history import Removal, Unchanged
from auditor.model.unknown import Unknown
from auditor.sources.git_objects_error import ObjectError
from auditor.sources.history import History, Step

from .ages import Ages
from .removals import Removals
from .versions import Versions

_SECONDS_OF_A_DAY: Final = 86_400


class Past:
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
