"""Run cases and count what was reported rightly, wrongly and not at all."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from auditor.engine import run
from auditor.packs import Pack
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree

from .cases import Case

PREFIX = "secret-shared-"


@dataclass
class Score:
    """Counts over cases; names of those that went wrong."""

    hits: int = 0
    false: int = 0
    missed: int = 0
    silent: int = 0
    wrong: list[str] = field(default_factory=list[str])

    @property
    def precision(self) -> float:
        return self.hits / (self.hits + self.false) if self.hits + self.false else 1.0

    @property
    def recall(self) -> float:
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 1.0


def reported(files: dict[str, str], pack: Pack) -> list[str]:
    """Return the ways of sharing that the checks report for a repository, one for each finding."""
    estate = take_estate(MemoryTree(files))
    checks = [check for check in pack.checks if check.id.startswith(PREFIX)]
    return [outcome.check.id.removeprefix(PREFIX) for outcome in run(checks, estate.facts) for _ in outcome.failures]


def measure(cases: Iterable[Case], pack: Pack) -> Score:
    """Compare what is reported with what each case expects: one finding of each kind."""
    score = Score()
    for case in cases:
        found = reported(case.files, pack)
        hits = case.kinds & set(found)
        false = len(found) - len(hits)
        score.hits += len(hits)
        score.missed += len(case.kinds - hits)
        score.false += false
        score.silent += not case.kinds and not found
        if false or hits != case.kinds:
            score.wrong.append(
                f"{case.name}: expected {sorted(case.kinds) or 'nothing'}, reported {sorted(found) or 'nothing'}"
            )
    return score
