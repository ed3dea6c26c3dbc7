"""What the scan looked at: files and components, in the order in which the HTML report lists them."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from auditor.model.report import ComponentSetting, CoveredFile, Report, ReportedComponent
from auditor.records import dataclass

SKIPPED_SHOWN: Final = 20


@dataclass(frozen=True)
class SkippedFiles:
    """Files left out for one reason; `paths` are the first of them."""

    reason: str
    count: int
    paths: Sequence[str]


@dataclass(frozen=True)
class Judged:
    """A component with how many checks passed, failed and could not be evaluated."""

    component: ReportedComponent
    passed: int
    failed: int
    undecided: int

    @property
    def settings(self) -> Sequence[ComponentSetting]:
        """The settings that a file, the environment or the command line sets, then the defaults."""
        return sorted(self.component.settings, key=lambda setting: setting.path is None)


def listed_files(report: Report) -> list[CoveredFile]:
    """Return the files that belong to a technology or could not be read, those with problems first."""
    order = ("unreadable", "partial", "parsed", "skipped")
    files = [file for file in report.coverage.files if file.status != "skipped" or file.technology]
    return sorted(files, key=lambda file: (order.index(file.status), file.path))


def skipped_files(report: Report) -> list[SkippedFiles]:
    """Return the other files by the reason for leaving them out, the most frequent reason first."""
    groups: dict[str, list[str]] = {}
    for file in report.coverage.files:
        if file.status == "skipped" and not file.technology:
            groups.setdefault(file.reason, []).append(file.path)
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))
    return [SkippedFiles(reason, len(paths), sorted(paths)[:SKIPPED_SHOWN]) for reason, paths in ordered]


def judged(report: Report) -> list[Judged]:
    """Return the components with what the checks said of them."""
    counts = Counter((result.component, result.status) for result in report.results)
    return [
        Judged(c, counts[c.id, "pass"], counts[c.id, "fail"], counts[c.id, "not_evaluated"]) for c in report.components
    ]
