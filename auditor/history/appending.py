"""Write a run: its row, its result, and what it means for the lives of findings."""

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, bindparam

from auditor.comparison import Matching, point_of, seconds_between
from auditor.model.report import Report

from .schema import findings, results, runs


def append(
    connection: Connection, of_series: int, number: int, *, data: bytes, report: Report, former: Report | None
) -> None:
    """Write `report` as run number `number` of a series; `data` is its JSON compressed, `former` the run before."""
    _add_run(connection, of_series, number, report, data)
    if former is None:
        _add_findings(connection, of_series, number, report, range(len(report.findings)))
        return
    matching = Matching(former, report)
    came: list[int] = []
    renamed: list[Mapping[str, str]] = []
    for place, finding in enumerate(report.findings):
        before = matching.former_of(place)
        if before is None:
            came.append(place)
        elif before.fingerprint != finding.fingerprint:
            renamed.append({"was": before.fingerprint, "now": finding.fingerprint})
    gone = [
        {
            "was": row.fingerprint,
            "cause": row.gone,
            "seconds": seconds_between(row.first_seen or report.scan.finished, report.scan.finished),
        }
        for row in (report.changes.gone if report.changes is not None else ())
    ]
    alive = findings.update().where(
        findings.c.series == of_series,
        findings.c.fingerprint == bindparam("was"),
        findings.c.closed.is_(None),
    )
    if gone:
        closed = alive.values(closed=number, cause=bindparam("cause"), seconds=bindparam("seconds"))
        connection.execute(closed, gone)
    if renamed:
        connection.execute(alive.values(fingerprint=bindparam("now")), renamed)
    _add_findings(connection, of_series, number, report, came)


def _add_run(connection: Connection, of_series: int, number: int, report: Report, data: bytes) -> None:
    shown = point_of(report)
    row = {
        "series": of_series,
        "number": number,
        "report_id": shown.report_id,
        "finished": shown.finished,
        **shown.by_severity,
        "new": shown.new,
        "fixed": shown.fixed,
        "score": shown.score,
        "coverage_percent": shown.coverage_percent,
        "checks_digest": shown.checks_digest,
    }
    run = connection.execute(runs.insert().returning(runs.c.id), row).scalar_one()
    connection.execute(results.insert(), {"run": run, "data": data})


def _add_findings(connection: Connection, of_series: int, number: int, report: Report, places: Collection[int]) -> None:
    """Write that the findings at `places` of the report are there from run `number` on."""
    rows = [
        {
            "series": of_series,
            "fingerprint": report.findings[place].fingerprint,
            "first_seen": report.findings[place].first_seen or report.scan.finished,
            "opened": number,
        }
        for place in places
    ]
    if rows:
        connection.execute(findings.insert(), rows)
