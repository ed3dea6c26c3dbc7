"""Run cases and count what was reported rightly, wrongly and not at all."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from auditor.engine import run
from auditor.packs import Pack
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree

from .cases import Case
from .plaintext import Labelled

PREFIX = "secret-shared-"
WRITTEN = frozenset({"secret-plaintext", "secret-weak", "secret-default"})
"""Checks that report a secret where it is written."""
Lines = set[tuple[str, int]]
"""Paths and lines."""


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


def lines_reported(files: Mapping[str, str], pack: Pack) -> Lines:
    """Return the lines at which the checks report a secret in plain text."""
    estate = take_estate(MemoryTree(dict(files)))
    checks = [check for check in pack.checks if check.id in WRITTEN]
    found = [failure.at for outcome in run(checks, estate.facts) for failure in outcome.failures]
    return {(at.path, at.line) for at in found if at is not None}


def measure_lines(cases: Iterable[Labelled], report: Callable[[Mapping[str, str]], Lines]) -> Score:
    """Compare the lines that `report` finds in each case's files with those of its secrets."""
    score = Score()
    for case in cases:
        found = report(case.files)
        score.hits += len(found & case.secrets)
        score.false += len(found - case.secrets)
        score.missed += len(case.secrets - found)
        score.silent += not case.secrets and not found
        for what, lines in (("reported wrongly", found - case.secrets), ("missed", case.secrets - found)):
            score.wrong.extend(f"{case.name}: {what}: {path}:{line}" for path, line in sorted(lines))
    return score
