"""What the difference between two runs means: the estate changed, the rules did, or nobody looked."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import PurePath
from typing import Final

from auditor.model.evidence import FindingChange, Gone, GoneFinding
from auditor.model.report import CoveredFile, Finding, Report, ReportedComponent, Scan
from auditor.sources.directory import IGNORE_FILE

from .matching import Matching
from .past import Absence

_NOTHING: Final[Mapping[str, Absence]] = {}


class Difference:
    """How the findings of a report stand to those of a former one.

    A difference is put down to the rules, not to the estate, if the checks or the program's version changed (or the
    check did not run before) and every file that the finding rests on has the bytes it had: its own file, those of
    its related places, and those that the settings of its component come from.
    """

    def __init__(self, former: Report, present: Report, absent: Mapping[str, Absence] = _NOTHING) -> None:
        self._matching = Matching(former, present)
        self._former = _Index(former)
        self._present = _Index(present)
        self._absent = absent
        self.checks_changed = (former.tool.checks_digest, former.tool.version) != (
            present.tool.checks_digest,
            present.tool.version,
        )

    def change_of(self, number: int) -> FindingChange:
        """Say what became of the present finding at place `number`."""
        finding = self._present.report.findings[number]
        former = self._matching.former_of(number)
        if former is not None:
            return "unchanged" if _shown(former) == _shown(finding) else "updated"
        absence = self._absence(finding)
        if absence is not None and absence.cause == "fixed":
            return "reopened"
        if absence is not None and absence.cause == "not evaluated":
            return "unchanged"
        return "new by rule change" if self._is_of_new_rules(finding) else "new"

    def first_seen_of(self, number: int) -> str:
        """Return when the unbroken history of the present finding at place `number` began.

        A run that did not evaluate it breaks nothing; a run in which it was fixed does.
        """
        former = self._matching.former_of(number)
        if former is not None:
            return former.first_seen or self._former.report.scan.finished
        absence = self._absence(self._present.report.findings[number])
        if absence is not None and absence.cause == "not evaluated":
            return absence.first_seen
        return self._present.report.scan.finished

    def gone(self) -> tuple[GoneFinding, ...]:
        """Return the former findings that are not there any more, in their order."""
        return tuple(
            GoneFinding(
                fingerprint=finding.fingerprint,
                check_id=finding.check_id,
                title=finding.title,
                severity=finding.severity,
                component=finding.component,
                path=finding.path,
                line=finding.line,
                gone=self._cause(finding),
                first_seen=finding.first_seen,
            )
            for finding in self._matching.gone
        )

    def _absence(self, finding: Finding) -> Absence | None:
        names = (finding.fingerprint, *finding.former_fingerprints)
        return next((self._absent[name] for name in names if name in self._absent), None)

    def _cause(self, finding: Finding) -> Gone:
        if not self._is_looked_at(finding) or not self._is_answered(finding):
            return "not evaluated"
        if self.checks_changed and self._rests_on_same_bytes(
            self._former.files_of(finding), self._former, self._present, self._matching.renamed
        ):
            return "rule change"
        return "fixed"

    def _is_looked_at(self, finding: Finding) -> bool:
        """Whether the present run read the former finding's file, or would have if it were still there."""
        file = self._present.files.get(self._matching.renamed.get(finding.path, finding.path))
        if file is None:
            return _scope(self._former) == _scope(self._present)
        before = self._former.files.get(finding.path)
        return file.status not in {"unreadable", "skipped"} or (before is not None and before.status == file.status)

    def _is_answered(self, finding: Finding) -> bool:
        """Whether the former finding's check ran and could decide."""
        check_id = self._matching.present_ids.get(finding.check_id, finding.check_id)
        path = self._matching.renamed.get(finding.path, finding.path)
        component = self._matching.renamed.get(finding.component or "", finding.component or path)
        return not (
            {check_id, finding.check_id} & self._present.deselected
            or path in self._present.faulty
            or {(check_id, component), (check_id, "*")} & self._present.undecided
        )

    def _is_of_new_rules(self, finding: Finding) -> bool:
        if not self.checks_changed and finding.check_id not in self._former.deselected:
            return False
        former_paths = {new: old for old, new in self._matching.renamed.items()}
        return self._rests_on_same_bytes(self._present.files_of(finding), self._present, self._former, former_paths)

    @staticmethod
    def _rests_on_same_bytes(paths: frozenset[str], here: "_Index", there: "_Index", moved: Mapping[str, str]) -> bool:
        digests = [(here.digest(path), there.digest(moved.get(path, path))) for path in paths]
        return all(one is not None and one == other for one, other in digests)


class _Index:
    """What is asked of a report more than once."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.deselected = frozenset(report.scan.deselected)

    @cached_property
    def files(self) -> dict[str, CoveredFile]:
        return {file.path: file for file in self.report.coverage.files}

    @cached_property
    def faulty(self) -> frozenset[str]:
        """The files at which the program itself failed."""
        return frozenset(row.path for row in self.report.diagnostics if row.kind == "check-error")

    @cached_property
    def undecided(self) -> frozenset[tuple[str, str]]:
        """Check and component of the answers that are not evaluated."""
        return frozenset((row.check_id, row.component) for row in self.report.results if row.status == "not_evaluated")

    @cached_property
    def _components(self) -> dict[str, ReportedComponent]:
        return {component.id: component for component in self.report.components}

    def digest(self, path: str) -> str | None:
        file = self.files.get(path)
        return file.sha256 if file is not None else None

    def files_of(self, finding: Finding) -> frozenset[str]:
        """Return the files that a finding rests on."""
        paths = {finding.path, *(place.path for place in finding.related)}
        component = self._components.get(finding.component or "")
        if component is not None:
            paths |= {component.at.path, *(setting.path for setting in component.settings if setting.path is not None)}
        return frozenset(paths)


def _scope(index: _Index) -> tuple[object, ...]:
    """Return what decides on which files a run reads; where the root lies on the machine does not."""
    scan: Scan = index.report.scan
    return {PurePath(target).name for target in scan.targets}, {*scan.exclude}, index.digest(IGNORE_FILE)


def _shown(finding: Finding) -> tuple[object, ...]:
    return (
        finding.path,
        finding.line,
        finding.column,
        finding.end_line,
        finding.end_column,
        finding.message,
        finding.severity,
    )
