"""What turns findings into evidence: who files it, which exceptions hold, what changed, where each paragraph stands.

Parts of the JSON result. Times and dates are ISO 8601, times in UTC.
"""

from typing import Literal

from .regulation import Assessable, Designation, Kind
from .struct import Struct

ExceptionType = Literal[
    "false-positive", "not-applicable", "alternative-measure", "not-reasonable-documented", "risk-accepted", "inline"
]
"""Why a finding is set aside. `inline` is a comment beside the line, which has no owner and no end."""
ExceptionStatus = Literal["active", "expired", "incomplete", "unused"]
"""`incomplete`: it lacks what an exception needs, as every inline one. `unused`: it matches nothing."""
ControlStatus = Literal["not satisfied", "no deviation detected", "exception", "not assessed", "not applicable"]
NotAssessed = Literal["no check", "no input", "organisational"]
FindingChange = Literal["new", "new by rule change", "reopened", "unchanged", "updated"]
"""Against the run compared with. `updated`: the same finding with another place, message or severity."""
Gone = Literal["fixed", "rule change", "not evaluated"]
"""Why a finding of the run compared with is no longer there."""


class Cover(Struct, frozen=True, kw_only=True):
    """Who files the report and about what; "" is a line left to be filled in by hand."""

    organisation: str = ""
    system: str = ""
    period: str = ""
    prepared_by: str = ""
    technical_reviewer: str = ""
    security_official: str = ""
    next_review: str = ""


class RegulationInfo(Struct, frozen=True, kw_only=True):
    """The regulation that the profile maps to and the edition of its text."""

    title: str
    citation: str
    edition: str


class ReportedException(Struct, frozen=True, kw_only=True):
    """A decision to set findings aside, and the findings it holds for (by fingerprint).

    `path` and `line` are where it is declared; `scope` says in words what it covers. `note` says what is wrong
    with it, such as when it expired.
    """

    id: str
    check_id: str
    type: ExceptionType
    status: ExceptionStatus
    path: str
    line: int
    scope: str
    justification: str
    measure: str = ""
    alternative_considered: str = ""
    owner: str = ""
    approver: str = ""
    ticket: str = ""
    created: str | None = None
    expires: str | None = None
    review: str | None = None
    note: str = ""
    findings: tuple[str, ...] = ()


class MatrixRow(Struct, frozen=True, kw_only=True):
    """One paragraph of the regulation with what the scan can say of it.

    The counts are answers of checks that bear on it, one for each check and component; `findings` counts open
    findings and `excepted` those that an exception sets aside. `why` is given where the status is "not assessed".
    """

    id: str
    parent: str | None
    title: str
    titled: bool
    kind: Kind
    designation: Designation
    assessable: Assessable
    status: ControlStatus
    why: NotAssessed | None
    reason: str
    checks: tuple[str, ...]
    passed: int
    failed: int
    not_evaluated: int
    findings: int
    excepted: int


class GoneFinding(Struct, frozen=True, kw_only=True):
    """A finding of the run compared with that this run does not have."""

    fingerprint: str
    check_id: str
    title: str
    severity: Literal["critical", "high", "medium", "low", "info"]
    component: str | None
    path: str
    line: int
    gone: Gone
    first_seen: str | None = None


class Changes(Struct, frozen=True, kw_only=True):
    """What changed since another run; how each finding stands to it is on the finding."""

    reference: Literal["history", "baseline"]
    report_id: str
    finished: str
    checks_changed: bool
    """Whether the checks or the program's version differ, so that a difference need not be the estate's."""
    gone: tuple[GoneFinding, ...]


class TrendPoint(Struct, frozen=True, kw_only=True):
    """One run in the history of a system."""

    report_id: str
    finished: str
    by_severity: dict[str, int]
    new: int
    fixed: int
    score: int | None
    coverage_percent: int
    checks_digest: str


class Trend(Struct, frozen=True, kw_only=True):
    """The latest runs of this system, oldest first, this one last.

    `mean_days_to_fix` is over the findings fixed in these runs, None if there was none.
    """

    runs: int
    points: tuple[TrendPoint, ...]
    mean_days_to_fix: float | None


class Integrity(Struct, frozen=True, kw_only=True):
    """SHA-256 digests (hexadecimal) of what the result was made from; the checks' is in `tool`.

    `inputs` is over the lines `<sha256>  <path>` of all files read, in the order of their paths, as the
    program `sha256sum` writes them.
    """

    inputs: str
    profile: str
    exceptions: str | None = None
