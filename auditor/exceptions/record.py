"""One entry of a file of exceptions."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property

from auditor.model.check import Check
from auditor.model.evidence import ExceptionType
from auditor.model.fact import Fact
from auditor.model.report import Finding
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.sources.gitignore import Pattern, parse_patterns

_DATE = lazy(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Which findings of a check an exception is for: all of what is given has to agree, "" is not given.

    `path` is a pattern in gitignore syntax for the finding's file or a folder above it; `component` is the
    component's id; `fingerprint` is the finding's, or one it had under a former name of the check.
    """

    path: str = ""
    component: str = ""
    fingerprint: str = ""

    @cached_property
    def _patterns(self) -> tuple[Pattern, ...]:
        return parse_patterns(self.path)

    def covers(self, finding: Finding) -> bool:
        return (
            (not self.path or self._names(finding.path))
            and (not self.component or self.component == finding.component)
            and (
                not self.fingerprint
                or self.fingerprint == finding.fingerprint
                or self.fingerprint in finding.former_fingerprints
            )
        )

    def _names(self, path: str) -> bool:
        """Tell whether the pattern names the file or one of its folders."""
        parts = path.split("/")
        return any(
            pattern.matches("/".join(parts[:count]), parts[count - 1], count < len(parts))
            for pattern in self._patterns
            for count in range(1, len(parts) + 1)
        )

    def __str__(self) -> str:
        return ", ".join(self._words())

    def _words(self) -> Iterator[str]:
        for name, value in (("path", self.path), ("component", self.component), ("fingerprint", self.fingerprint)):
            if value:
                yield f"{name} {value}"


@dataclass(frozen=True, kw_only=True)
class RecordedException(Fact):
    """An exception as a file declares it at `at`; `component` is the file's path. Dates are as written.

    `owner` and `approver` are a name, a comma and a role; the approver's role may be left out.
    """

    id: str
    check: Check
    scope: Scope
    type: ExceptionType
    justification: str
    measure: str
    alternative_considered: str
    owner: str
    approver: str
    created: str
    expires: str
    review: str
    ticket: str

    def ended(self, today: date) -> str:
        """Return why the exception is not in force on a day, "" if it is; the day it expires on is its last."""
        created, expires = read_date(self.created), read_date(self.expires)
        if expires is None:
            return "its expiry is no date (YYYY-MM-DD), which counts as expired"
        if created is None:
            return "the day it was created is no date (YYYY-MM-DD), which counts as expired"
        if created > today:
            return f"it was created on {created}, a day to come, which counts as expired"
        return f"it expired on {expires}" if expires < today else ""

    @property
    def last_day(self) -> date:
        """The last day it can be in force; the first day there is where its dates do not tell."""
        return read_date(self.expires) or date.min

    @property
    def approves_itself(self) -> bool:
        """True if owner and approver are one person."""
        return person(self.owner) == person(self.approver)


def person(text: str) -> str:
    """Return the name in a text such as `Sam Example, Platform engineer`, for comparing."""
    return " ".join(text.partition(",")[0].split()).casefold()


def read_date(text: str) -> date | None:
    """Return the date that a text of the form YYYY-MM-DD stands for, None if it is none."""
    try:
        return date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        return None
