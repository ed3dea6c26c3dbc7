"""Runs written to and read from a history."""

import hashlib
import json
import zlib

from sqlalchemy import Connection, RowMapping, select

from auditor.comparison import MAX_POINTS, Past
from auditor.model.report import Report
from auditor.reporters.json_report import ResultError, read, render
from auditor.reporters.plain import visible

from .appending import append
from .database import Database
from .errors import HistoryError
from .listing import Run, point, run_of
from .lives import absences, fixes
from .schema import results, runs, series

DEFAULT_LIMIT = MAX_POINTS
_SHORTEST_ID = 8


class History:
    """The runs in a database. Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.name = database.name
        self.engine = database.engine

    def past(self, report: Report) -> Past:
        """Return what is known of the report's system from the runs before it.

        If the report is stored already, these are the runs before it was.

        Raises:
            HistoryError: the database refuses, or the previous run cannot be read.
        """
        with self._database.transaction() as connection:
            of_series = _series(connection, report)
            if of_series is None:
                return Past()
            latest = _latest(connection, of_series, before=_number(connection, report))
            return Past() if latest is None else self._past(connection, report, latest)

    def save(self, report: Report) -> None:
        """Store a concluded report that was compared with `past`, all of it or nothing.

        A report that is stored already stays as it is.

        Raises:
            HistoryError: the database refuses, another run was stored since `past` was asked, or another report
                with the same id is stored.
        """
        data = zlib.compress(render(report).encode())
        with self._database.transaction() as connection:
            stored = connection.execute(
                select(results.c.data).join(runs).where(runs.c.report_id == report.report_id)
            ).scalar()
            if stored is not None:
                if zlib.decompress(stored) != zlib.decompress(data):
                    raise HistoryError(f"{self.name}: another result of the run {report.report_id} is stored")
                return
            of_series = _series(connection, report, lock=True) or new_series(connection, report)
            latest = _latest(connection, of_series)
            if latest is not None and not _is_compared_with(report, latest):
                raise HistoryError(f"{self.name}: another run was stored since this one began; run it again")
            if latest is None:
                append(connection, of_series, 1, data=data, report=report, former=None)
            else:
                former = self._result(connection, latest)
                append(connection, of_series, latest["number"] + 1, data=data, report=report, former=former)

    def runs(self, limit: int = DEFAULT_LIMIT) -> list[Run]:
        """Return the runs stored last, latest first."""
        listed = select(runs, series.c.system, series.c.environment).join(series).order_by(runs.c.id.desc())
        with self._database.transaction() as connection:
            return [run_of(row) for row in connection.execute(listed.limit(limit)).mappings()]

    def report(self, run: str = "latest") -> Report:
        """Return the stored report whose id begins with `run`, or the one stored last.

        Raises:
            HistoryError: there is none, or more than one.
        """
        chosen = select(runs.c.id, runs.c.report_id).order_by(runs.c.id.desc()).limit(2)
        if run != "latest":
            if len(run) < _SHORTEST_ID:
                raise HistoryError(f"{run!r}: at least {_SHORTEST_ID} characters of the id of a run are expected")
            chosen = chosen.where(runs.c.report_id.startswith(run, autoescape=True))
        with self._database.transaction() as connection:
            found = connection.execute(chosen).mappings().all()
            if not found:
                raise HistoryError(f"{self.name}: no such run; `auditor history` lists them")
            if run != "latest" and len(found) > 1:
                raise HistoryError(f"{self.name}: more than one run begins with {run!r}")
            return self._result(connection, found[0])

    def _past(self, connection: Connection, report: Report, latest: RowMapping) -> Past:
        former = self._result(connection, latest)
        chosen = (
            select(runs)
            .where(runs.c.series == latest["series"], runs.c.number <= latest["number"])
            .order_by(runs.c.number.desc())
            .limit(MAX_POINTS - 1)
        )
        points = connection.execute(chosen).mappings().all()[::-1]
        known = {finding.fingerprint for finding in former.findings}
        unknown = {
            name
            for finding in report.findings
            if finding.fingerprint not in known
            for name in (finding.fingerprint, *finding.former_fingerprints)
        }
        fixed, seconds = fixes(connection, latest["series"], points[0]["number"], latest["number"])
        return Past(
            former=former,
            absent=absences(connection, latest["series"], latest["number"], unknown),
            runs=latest["number"],
            points=tuple(point(row) for row in points),
            fixed=fixed,
            seconds_to_fix=seconds,
        )

    def _result(self, connection: Connection, run: RowMapping) -> Report:
        data = connection.execute(select(results.c.data).where(results.c.run == run["id"])).scalar_one()
        try:
            return read(zlib.decompress(data))
        except (ResultError, zlib.error):
            raise HistoryError(f"{self.name}: the result of the run {run['report_id']} cannot be read") from None


def new_series(connection: Connection, report: Report) -> int:
    """Write the series of a report and return its id."""
    system, environment = _names(report)
    row = {"key": _key(system, environment), "system": system, "environment": environment}
    return int(connection.execute(series.insert().returning(series.c.id), row).scalar_one())


def _series(connection: Connection, report: Report, *, lock: bool = False) -> int | None:
    """Return the id of the report's series; with `lock` no other process adds to it before this one is done."""
    wanted = select(series.c.id).where(series.c.key == _key(*_names(report)))
    return connection.execute(wanted.with_for_update() if lock else wanted).scalar()


def _names(report: Report) -> tuple[str, str]:
    """Return system and environment as text that every database takes; without a system the targets name it."""
    system = report.cover.system or ", ".join(report.scan.targets)
    return visible(system), visible(report.scan.environment or "")


def _key(system: str, environment: str) -> str:
    return hashlib.sha256(json.dumps([system, environment]).encode()).hexdigest()


def _number(connection: Connection, report: Report) -> int | None:
    return connection.execute(select(runs.c.number).where(runs.c.report_id == report.report_id)).scalar()


def _latest(connection: Connection, of_series: int, before: int | None = None) -> RowMapping | None:
    """Return the last run of a series, or the one before the run number `before`."""
    wanted = select(runs).where(runs.c.series == of_series).order_by(runs.c.number.desc()).limit(1)
    return connection.execute(wanted if before is None else wanted.where(runs.c.number < before)).mappings().first()


def _is_compared_with(report: Report, run: RowMapping) -> bool:
    changes = report.changes
    return changes is not None and changes.reference == "history" and changes.report_id == run["report_id"]
