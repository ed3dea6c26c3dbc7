"""What the table of findings tells: which were there before, and how long it took to fix them."""

from collections.abc import Collection
from typing import Final

from sqlalchemy import Connection, func, select

from auditor.comparison import Absence

from .schema import findings

_AT_ONCE: Final = 500
"""Fingerprints in one query; databases limit the number of parameters."""


def absences(connection: Connection, of_series: int, latest: int, fingerprints: Collection[str]) -> dict[str, Absence]:
    """Return why those of the fingerprints that were there before run number `latest` are gone in it."""
    found: dict[str, Absence] = {}
    names = sorted(fingerprints)
    for start in range(0, len(names), _AT_ONCE):
        rows = connection.execute(
            select(findings.c.fingerprint, findings.c.cause, findings.c.first_seen)
            .where(
                findings.c.series == of_series,
                findings.c.fingerprint.in_(names[start : start + _AT_ONCE]),
                findings.c.closed <= latest,
            )
            .order_by(findings.c.closed, findings.c.id)  # of several absences the last counts
        )
        found.update({row.fingerprint: Absence(row.cause, row.first_seen) for row in rows})
    return found


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
