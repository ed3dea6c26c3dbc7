"""What a history knows of a system before a run."""

from collections.abc import Mapping
from dataclasses import field

from auditor.model.evidence import Gone, TrendPoint
from auditor.model.report import Report
from auditor.records import dataclass


@dataclass(frozen=True)
class Absence:
    """Why a finding of earlier runs was gone in the latest of them, and when it had first been seen until then."""

    cause: Gone
    first_seen: str


@dataclass(frozen=True, kw_only=True)
class Past:
    """The runs of a system before the present one.

    `absent` has, by fingerprint, the findings that the previous run did not have any more. `points` are the latest
    runs, oldest first, at most one fewer than a trend shows. `fixed` counts the findings fixed in those runs and
    `seconds_to_fix` adds up how long each of them had been there.
    """

    former: Report | None = None
    absent: Mapping[str, Absence] = field(default_factory=dict[str, Absence])
    runs: int = 0
    points: tuple[TrendPoint, ...] = ()
    fixed: int = 0
    seconds_to_fix: int = 0
