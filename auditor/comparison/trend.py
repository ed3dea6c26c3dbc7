"""The latest runs of a system as points of a line."""

from datetime import datetime
from typing import Final

import msgspec

from auditor.model.evidence import GoneFinding, Trend, TrendPoint
from auditor.model.report import Report

from .past import Past

MAX_POINTS: Final = 52
"""How many runs a trend shows: a year of weekly ones."""
_DAY: Final = 86_400


def with_trend(report: Report, past: Past) -> Report:
    """Return the concluded report with its trend: the latest runs of `past` and itself."""
    times = [seconds_between(gone.first_seen, report.scan.finished) for gone in _fixed(report) if gone.first_seen]
    fixed = past.fixed + len(times)
    return msgspec.structs.replace(
        report,
        trend=Trend(
            runs=past.runs + 1,
            points=(*past.points, point_of(report))[-MAX_POINTS:],
            mean_days_to_fix=round((past.seconds_to_fix + sum(times)) / fixed / _DAY, 1) if fixed else None,
        ),
    )


def point_of(report: Report) -> TrendPoint:
    """Return a concluded report as a point of the trend.

    New are findings that are new or reopened, not those of changed rules; fixed are those gone because the estate
    changed. Against a baseline, which is not the run before, nothing is counted.
    """
    compared = report.changes is not None and report.changes.reference == "history"
    return TrendPoint(
        report_id=report.report_id,
        finished=report.scan.finished,
        by_severity=report.summary.by_severity,
        new=sum(finding.change in {"new", "reopened"} for finding in report.findings) if compared else 0,
        fixed=len(_fixed(report)),
        score=report.summary.score,
        coverage_percent=report.summary.coverage_percent,
        checks_digest=report.tool.checks_digest,
    )


def _fixed(report: Report) -> list[GoneFinding]:
    if report.changes is None or report.changes.reference != "history":
        return []
    return [gone for gone in report.changes.gone if gone.gone == "fixed"]


def seconds_between(first: str, last: str) -> int:
    """Return the seconds from one time to another, 0 if the clock went back."""
    return max(0, int((datetime.fromisoformat(last) - datetime.fromisoformat(first)).total_seconds()))
