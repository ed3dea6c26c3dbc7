"""The tables of a history."""

from typing import Final

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text
from sqlalchemy import UniqueConstraint as Unique

VERSION: Final = 1
_DIGEST, _TIME, _FINGERPRINT, _LONGEST_BLOB = 64, 32, 300, 2**31 - 1

metadata = MetaData()

schema = Table("auditor_schema", metadata, Column("version", Integer, nullable=False))

# One system in one environment. `key` is a digest of the two, since a database may not index long texts.
series = Table(
    "auditor_series",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(_DIGEST), nullable=False, unique=True),
    Column("system", Text, nullable=False),
    Column("environment", Text, nullable=False),
)

# `number` counts the runs of a series from 1.
runs = Table(
    "auditor_runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("series", Integer, ForeignKey("auditor_series.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("report_id", String(_DIGEST), nullable=False, unique=True),
    Column("finished", String(_TIME), nullable=False),
    Column("critical", Integer, nullable=False),
    Column("high", Integer, nullable=False),
    Column("medium", Integer, nullable=False),
    Column("low", Integer, nullable=False),
    Column("info", Integer, nullable=False),
    Column("new", Integer, nullable=False),
    Column("fixed", Integer, nullable=False),
    Column("score", Integer),
    Column("coverage_percent", Integer, nullable=False),
    Column("checks_digest", String(_DIGEST), nullable=False),
    Unique("series", "number"),
)

# The JSON result, compressed with zlib; apart from the runs, so that a list of them reads no results.
results = Table(
    "auditor_results",
    metadata,
    Column("run", Integer, ForeignKey("auditor_runs.id"), primary_key=True),
    Column("data", LargeBinary(_LONGEST_BLOB), nullable=False),
)

# One row for each time a finding is there without a break: from run number `opened` up to, not with, `closed`.
# `seconds` is how long it had been there when it closed.
findings = Table(
    "auditor_findings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("series", Integer, ForeignKey("auditor_series.id"), nullable=False),
    Column("fingerprint", String(_FINGERPRINT), nullable=False),
    Column("first_seen", String(_TIME), nullable=False),
    Column("opened", Integer, nullable=False),
    Column("closed", Integer),
    Column("cause", String(16)),
    Column("seconds", BigInteger),
    Index("auditor_findings_by_fingerprint", "series", "fingerprint", "closed"),
    Index("auditor_findings_by_closed", "series", "closed"),
)
