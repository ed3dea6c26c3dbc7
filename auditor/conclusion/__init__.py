"""What a scan amounts to: the paragraphs of the regulation with their statuses, the counts and the score.

Pure functions of a report and a profile, run once every finding has its final status.
"""

from collections import Counter
from collections.abc import Mapping

import msgspec

from auditor.model.report import Report, Summary
from auditor.model.severity import Severity
from auditor.profile import Profile

from .answers import answers_of
from .matrix import coverage, matrix
from .score import score

__all__ = ["conclude"]


def conclude(report: Report, profile: Profile, not_applicable: Mapping[str, str]) -> Report:
    """Return the report with its matrix and summary; `not_applicable` gives a reason by paragraph id."""
    answers = answers_of(report)
    rows = matrix(report, answers, profile, not_applicable)
    assessed, assessable = coverage(rows)
    value = score(report, answers)
    is_open = [finding for finding in report.findings if finding.status == "open"]
    by_severity = Counter(finding.severity for finding in is_open)
    by_category = Counter(finding.category for finding in is_open)
    by_status = Counter(file.status for file in report.coverage.files)
    return msgspec.structs.replace(
        report,
        matrix=rows,
        summary=Summary(
            by_severity={severity.value: by_severity[severity.value] for severity in Severity},
            by_category={category.id: by_category[category.id] for category in report.categories},
            files={status: by_status[status] for status in ("parsed", "partial", "unreadable", "skipped")},
            components=len(report.components),
            checks_run=len(report.checks),
            score=value.percent,
            earned=value.earned,
            possible=value.possible,
            assessed=assessed,
            assessable=assessable,
            coverage_percent=round(100 * assessed / assessable) if assessable else 0,
        ),
    )
