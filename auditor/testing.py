"""Run the examples in a check's documentation, for the built-in pack and for anybody's own.

for check in load_packs([Path("my_checks")]).checks:
    for example in examples(check):
        example.verify()
"""

import re
from datetime import UTC, datetime

from auditor.engine import Outcome, run
from auditor.inventory.secret_history import secret_histories
from auditor.model.check import Check
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.scan import Estate, take_estate
from auditor.sources.history_memory import Version, history_of, last_committed
from auditor.sources.tree import MemoryTree

_SECTION = lazy(r"^## (Bad|Good)\b:?[ \t]*([^\n]*)\n(.*?)(?=^## |\Z)", re.M | re.S)
_FENCE = lazy(
    r"^(?P<mark>`{3,}|~{3,})[\w.+-]*[ \t]+(?P<path>\S+)(?:[ \t]+\((?P<age>\d+) days ago\))?[ \t]*\n"
    r"(?P<text>.*?)^(?P=mark)[ \t]*$",
    re.M | re.S,
)
_MARKER = lazy(r"[ \t]*(?:#|//|;|--)?[ \t]*<-[ \t]*$", re.M)

_NOW = datetime(2026, 1, 1, tzinfo=UTC)
"""When examples with a history are scanned."""


@dataclass(frozen=True)
class Example:
    """A small repository that the documentation of `check` calls bad or good; `expected` are the marked places.

    `versions` are what was committed how many days ago, where a fence says so (```` ```text .env (30 days ago) ````): a
    commit for each age, an empty fence removes the file. A file without a fence of today stands as last committed.
    """

    check: Check
    is_bad: bool
    name: str
    files: dict[str, str]
    expected: frozenset[tuple[str, int]]
    versions: tuple[Version, ...] = ()

    def outcomes(self) -> list[Outcome]:
        """Run only this check over only these files."""
        estate: Estate = take_estate(MemoryTree(self.files))
        assert not estate.faults, f"{self.check.id}: the inventory failed: {estate.faults}"
        if not self.versions:
            return run([self.check], estate.facts)
        dated = secret_histories(estate.facts, estate.files, lambda: history_of(self.versions, _NOW), now=_NOW)
        return run([self.check], [*estate.facts, *dated])

    def verify(self) -> None:
        """Raise AssertionError unless the check says of the example what its documentation says.

        A Bad example must fail, at every marked line and at no other if lines are marked. A Good example must be
        evaluated at least once, without a failure, an undecided answer or an error.
        """
        outcomes = self.outcomes()
        errors = [outcome.error for outcome in outcomes if outcome.error]
        assert not errors, f"{self.check.id}: the check raised {errors}"
        places = {
            (place.path, place.line)
            for outcome in outcomes
            for failure in outcome.failures
            if (place := failure.at or (outcome.fact.at if outcome.fact else None)) is not None
        }
        failed = any(outcome.failures for outcome in outcomes)
        if self.is_bad:
            assert failed, f"{self.check.id}: Bad example {self.name!r} is not reported ({_summary(outcomes)})"
            if self.expected:
                assert places == self.expected, (
                    f"{self.check.id}: Bad example {self.name!r} is reported at {sorted(places)}, "
                    f"marked {sorted(self.expected)}"
                )
        else:
            assert outcomes, f"{self.check.id}: Good example {self.name!r} has nothing the check looks at"
            assert not failed, f"{self.check.id}: Good example {self.name!r} is reported at {sorted(places)}"
            undecided = [outcome.undecided for outcome in outcomes if outcome.undecided]
            assert not undecided, f"{self.check.id}: Good example {self.name!r} is not decided: {undecided}"


def _summary(outcomes: list[Outcome]) -> str:
    if not outcomes:
        return "nothing in it has the type the check takes"
    reasons = [outcome.undecided for outcome in outcomes if outcome.undecided]
    return f"not evaluated: {reasons}" if reasons else "it passes"


def examples(check: Check) -> list[Example]:
    """Return the Bad and Good examples of a check's documentation in order."""
    found: list[Example] = []
    for kind, name, body in _SECTION.findall(check.documentation):
        files: dict[str, str] = {}
        expected: set[tuple[str, int]] = set()
        versions: list[Version] = []
        for fence in _FENCE.finditer(body):
            path = fence["path"]
            lines = fence["text"].split("\n")
            expected |= {(path, number) for number, line in enumerate(lines, 1) if _MARKER.search(line)}
            text = "\n".join(_MARKER.sub("", line) for line in lines)
            if fence["age"] is not None:
                versions.append(Version(int(fence["age"]), path, text))
            else:
                files[path] = text
        files = {**last_committed(versions), **files}
        found.append(Example(check, kind == "Bad", name, files, frozenset(expected), tuple(versions)))
    return found
