"""Rows of runs as they are shown."""

import msgspec
from sqlalchemy import RowMapping

from auditor.model.evidence import TrendPoint
from auditor.model.severity import Severity


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """One stored run; `number` counts the runs of its system and environment from 1."""

    report_id: str
    number: int
    system: str
    environment: str
    finished: str
    by_severity: dict[str, int]
    new: int
    fixed: int
    score: int | None
    coverage_percent: int
    checks_digest: str


def run_of(row: RowMapping) -> Run:
    """Read a row of the tables of runs and series."""
    shown = msgspec.structs.asdict(point(row))
    return Run(number=row["number"], system=row["system"], environment=row["environment"], **shown)


def point(row: RowMapping) -> TrendPoint:
    """Read a row of the table of runs."""
    return TrendPoint(
        report_id=row["report_id"],
        finished=row["finished"],
        by_severity={severity.value: row[severity.value] for severity in Severity},
        new=row["new"],
        fixed=row["fixed"],
        score=row["score"],
        coverage_percent=row["coverage_percent"],
        checks_digest=row["checks_digest"],
    )
