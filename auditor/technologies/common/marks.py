"""Servers that take a byte order mark for a part of the first line, which they then refuse.

Seen on Redis 7.0.15, PostgreSQL 15.20, PgBouncer 1.18 and MariaDB 10.11.
"""

from auditor.model.fact import Problem
from auditor.model.source import Source


def mark_problems(source: Source) -> list[Problem]:
    """Return the refusal of a file that begins with a byte order mark; no other file has one."""
    return [Problem(at=source.at(), message="expected no byte order mark before the first line")] * source.is_marked
