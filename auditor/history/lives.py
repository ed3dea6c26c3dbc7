"""What the table of findings tells: which were there before, and how long it took to fix them."""

from collections.abc import Collection
from typing import Final

from sqlalchemy import Connection, RowMapping, func, select

from auditor.comparison import Absence

from .schema import findings

_AT_ONCE: Final = 500
"""Fingerprints in one query; databases limit the number of parameters."""


def absences(connection: Connection, of_series: int, latest: int, fingerprints: Collection[str]) -> dict[str, Absence]:
    """Return why those of the fingerprints that were there before run number `latest` are gone in it."""
    # Chosen and ordered here: asked to, SQLite walks through everything that was ever fixed.
    rows: list[RowMapping] = []
    names = sorted(fingerprints)
    for start in range(0, len(names), _AT_ONCE):
        wanted = select(findings).where(
            findings.c.series == of_series, findings.c.fingerprint.in_(names[start : start + _AT_ONCE])
        )
        rows += connection.execute(wanted).mappings().all()
    closed = [row for row in rows if row["closed"] is not None and row["closed"] <= latest]
    closed.sort(key=lambda row: (row["closed"], row["id"]))  # of several absences the last counts
    return {row["fingerprint"]: Absence(row["cause"], row["first_seen"]) for row in closed}


def fixes(connection: Connection, of_series: int, first: int, last: int) -> tuple[int, int]:
    """Return how many findings were fixed in the runs `first` to `last`, and the sum of seconds it took."""
    row = connection.execute(
        select(func.count(), func.coalesce(func.sum(findings.c.seconds), 0)).where(
            findings.c.series == of_series,
            findings.c.closed >= first,
            findings.c.closed <= last,
            findings.c.cause == "fixed",
        )
    ).one()
    return int(row[0]), int(row[1])
