"""The result of a scan: the source of every output, encoded as JSON result version 1.

Everything here is redacted, immutable and sorted; `auditor report` rebuilds any output from it.
"""

from typing import Literal

from .evidence import (
    Changes,
    Cover,
    FindingChange,
    Integrity,
    MatrixRow,
    RegulationInfo,
    ReportedException,
    Trend,
)
from .regulation import Designation
from .struct import Struct

SCHEMA_VERSION = "1"

SeverityName = Literal["critical", "high", "medium", "low", "info"]
ConfidenceName = Literal["high", "medium", "low"]
FileStatus = Literal["parsed", "partial", "unreadable", "skipped"]
GitStatus = Literal["tracked", "ignored", "untracked", "none"]
FindingStatus = Literal["open", "waived", "baseline"]
ResultStatus = Literal["pass", "fail", "not_evaluated"]
DiagnosticKind = Literal["parse-error", "check-error", "limit"]
Strength = Literal["direct", "supports"]


class Tool(Struct, frozen=True, kw_only=True):
    """What produced the result; `checks_digest` is the SHA-256 over the check packs' sources."""

    name: str
    version: str
    checks_digest: str


class Git(Struct, frozen=True, kw_only=True):
    """The commit scanned and whether a scanned tracked file differs from it (None: could not be told)."""

    commit: str
    dirty: bool | None


class Scan(Struct, frozen=True, kw_only=True):
    """When, what and under which profile; times are UTC, ISO 8601."""

    started: str
    finished: str
    targets: tuple[str, ...]
    profile: str
    environment: str | None
    git: Git | None
    deselected: tuple[str, ...] = ()
    """Ids, present and former, of checks that the run was told to leave out."""
    exclude: tuple[str, ...] = ()
    """Patterns of paths that the run was told to leave out, besides those of ignore files."""


class CoveredFile(Struct, frozen=True, kw_only=True):
    """One file of the scanned tree and what became of it; `sha256` is absent where the file is one secret."""

    path: str
    technology: str | None
    status: FileStatus
    reason: str
    bytes: int
    git: GitStatus
    sha256: str | None = None


class Coverage(Struct, frozen=True, kw_only=True):
    """Every file seen."""

    files: tuple[CoveredFile, ...]


class Place(Struct, frozen=True, kw_only=True):
    """A file and a line (from 1)."""

    path: str
    line: int


class ComponentSetting(Struct, frozen=True, kw_only=True):
    """A setting a component was judged on; `value` is redacted, path and line are None for defaults."""

    name: str
    value: str
    origin: str
    path: str | None
    line: int | None
    source: str = ""


class ReportedComponent(Struct, frozen=True, kw_only=True):
    """A server, workload, resource or file that was judged."""

    id: str
    technology: str
    kind: str
    version: str | None
    origin: str
    at: Place
    exposure: str
    settings: tuple[ComponentSetting, ...]
    verified_on_server: bool = False


class FrameLine(Struct, frozen=True, kw_only=True):
    """One redacted line around a finding."""

    line: int
    text: str
    marked: bool


class RelatedPlace(Struct, frozen=True, kw_only=True):
    """A further place that belongs to a finding."""

    path: str
    line: int
    message: str


class Citation(Struct, frozen=True, kw_only=True):
    """A paragraph of the regulation and how closely the finding bears on it.

    `designation` is the paragraph's own mark; standards and the general rules of §164.306 carry none.
    """

    id: str
    title: str
    designation: Designation
    strength: Strength


class SecretUse(Struct, frozen=True, kw_only=True):
    """A place that holds or takes a shared secret, and what for: a mechanism such as `csrf`, or a login."""

    path: str
    line: int
    key: str
    use: str


class SecretPair(Struct, frozen=True, kw_only=True):
    """Two uses (by their number in the group, from 0): whether sharing counts against them, and why."""

    first: int
    second: int
    counted: bool
    why: str


class SecretGroup(Struct, frozen=True, kw_only=True):
    """The uses of one shared secret. `pairs` has those that count before the others, at most 60."""

    name: str
    uses: tuple[SecretUse, ...]
    pairs: tuple[SecretPair, ...]


class Finding(Struct, frozen=True, kw_only=True):
    """One deviation, mapped by the profile."""

    check_id: str
    title: str
    severity: SeverityName
    confidence: ConfidenceName
    status: FindingStatus
    component: str | None
    technology: str | None
    message: str
    expected: str
    remediation: str
    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    frame: tuple[FrameLine, ...]
    related: tuple[RelatedPlace, ...]
    control: str
    also: tuple[str, ...]
    category: str
    also_categories: tuple[str, ...]
    citations: tuple[Citation, ...]
    cwe: int | None
    fingerprint: str
    former_fingerprints: tuple[str, ...] = ()
    """What the fingerprint was under earlier names of the check."""
    first_seen: str | None = None
    """When a run of the history first had it; None without a history."""
    change: FindingChange | None = None
    exception: str | None = None
    """The id of the exception that sets it aside."""
    group: SecretGroup | None = None
    """For a shared secret: its uses, and what was thought of each pair of them."""


class Result(Struct, frozen=True, kw_only=True):
    """What one check said of one component."""

    check_id: str
    component: str
    status: ResultStatus
    reason: str


class CheckInfo(Struct, frozen=True, kw_only=True):
    """A check's documentation as far as the outputs need it (Markdown in `why` and `fix`)."""

    id: str
    title: str
    severity: SeverityName
    control: str
    category: str
    citations: tuple[Citation, ...]
    why: str
    fix: str
    references: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    """Ids the check had before."""
    cwe: int | None = None
    """The number of the weakness in the Common Weakness Enumeration."""


class ScanDiagnostic(Struct, frozen=True, kw_only=True):
    """Something that went wrong in the scan; the message never carries text of the file."""

    path: str
    line: int | None
    kind: DiagnosticKind
    message: str


class CategoryInfo(Struct, frozen=True, kw_only=True):
    """A category of the profile with the regulation's definition."""

    id: str
    title: str
    definition: str


class Summary(Struct, frozen=True, kw_only=True):
    """Counts over open findings; `by_category` counts primary categories only, so that it adds up.

    `score` is `earned` of `possible` as a percentage, None if nothing was tested: the checks' answers that pass
    against those that pass or fail, each with the weight of its severity. It says nothing without
    `coverage_percent`, the share of `assessable` paragraphs that are `assessed`.
    """

    by_severity: dict[str, int]
    by_category: dict[str, int]
    files: dict[str, int]
    components: int
    checks_run: int
    score: int | None
    earned: int
    possible: int
    assessed: int
    assessable: int
    coverage_percent: int


class Report(Struct, frozen=True, kw_only=True):
    """The whole result."""

    schema_version: str
    report_id: str
    """A UUID (version 5) of the content."""
    tool: Tool
    cover: Cover
    scan: Scan
    regulation: RegulationInfo
    coverage: Coverage
    components: tuple[ReportedComponent, ...]
    findings: tuple[Finding, ...]
    results: tuple[Result, ...]
    checks: tuple[CheckInfo, ...]
    categories: tuple[CategoryInfo, ...]
    exceptions: tuple[ReportedException, ...]
    matrix: tuple[MatrixRow, ...]
    changes: Changes | None
    trend: Trend | None
    diagnostics: tuple[ScanDiagnostic, ...]
    integrity: Integrity
    summary: Summary
