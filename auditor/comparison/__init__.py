"""What changed since other runs: the baseline, the previous run of the history, the trend.

Pure functions of reports. `compare` runs before the report is concluded, since a finding of the baseline is not
counted as open; `with_trend` after it, since the last point of the trend is this report's summary.
"""

import msgspec

from auditor.model.evidence import Changes
from auditor.model.report import Finding, Report

from .changes import Difference
from .matching import Matching
from .past import Absence, Past
from .trend import MAX_POINTS, point_of, seconds_between, with_trend

__all__ = ["MAX_POINTS", "Absence", "Matching", "Past", "compare", "point_of", "seconds_between", "with_trend"]


def compare(report: Report, *, past: Past | None = None, baseline: Report | None = None) -> Report:
    """Return the report with how each finding stands to the previous run, or to the baseline if there is none.

    `past` is what a history knows, None without one. Open findings that the baseline has get the status "baseline".
    """
    if baseline is not None:
        report = _set_aside(report, baseline)
    if past is not None and past.former is not None:
        return _against_history(report, past.former, past)
    if baseline is not None:
        difference = Difference(baseline, report)
        report = msgspec.structs.replace(
            report,
            findings=tuple(
                msgspec.structs.replace(finding, change=difference.change_of(number))
                for number, finding in enumerate(report.findings)
            ),
            changes=Changes(
                reference="baseline",
                report_id=baseline.report_id,
                finished=baseline.scan.finished,
                checks_changed=difference.checks_changed,
                gone=difference.gone(),
            ),
        )
    if past is not None:
        report = msgspec.structs.replace(
            report,
            findings=tuple(msgspec.structs.replace(f, first_seen=report.scan.finished) for f in report.findings),
        )
    return report


def _set_aside(report: Report, baseline: Report) -> Report:
    """Give open findings of the baseline their status; one that an exception held there needs the exception here."""
    matching = Matching(baseline, report)

    def is_known(number: int, finding: Finding) -> bool:
        former = matching.former_of(number)
        return finding.status == "open" and former is not None and former.status != "waived"

    return msgspec.structs.replace(
        report,
        findings=tuple(
            msgspec.structs.replace(finding, status="baseline") if is_known(number, finding) else finding
            for number, finding in enumerate(report.findings)
        ),
    )


def _against_history(report: Report, former: Report, past: Past) -> Report:
    difference = Difference(former, report, past.absent)
    return msgspec.structs.replace(
        report,
        findings=tuple(
            msgspec.structs.replace(
                finding, change=difference.change_of(number), first_seen=difference.first_seen_of(number)
            )
            for number, finding in enumerate(report.findings)
        ),
        changes=Changes(
            reference="history",
            report_id=former.report_id,
            finished=former.scan.finished,
            checks_changed=difference.checks_changed,
            gone=difference.gone(),
        ),
    )
