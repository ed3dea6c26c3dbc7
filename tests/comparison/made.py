"""Small reports made of a few words, for tests of comparisons."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from auditor.conclusion import conclude
from auditor.model.evidence import Cover
from auditor.model.report import CheckInfo, CoveredFile, Finding, Report, Result
from auditor.profile import load_profile
from tests.reporters.reports import CHECKS, FINDINGS, PROFILES, empty

PROFILE = load_profile(PROFILES / "hipaa.yaml")
EMPTY = empty()


def fingerprint(check_id: str, component: str, key: str = "") -> str:
    return f"{check_id}-{hashlib.sha256(f'{component} {key}'.encode()).hexdigest()[:12]}"


def finding(
    check_id: str = "check-a",
    path: str = "a.conf",
    line: int = 1,
    *,
    component: str | None = None,
    key: str = "",
    message: str = "It is open.",
    aliases: Sequence[str] = (),
    **other: Any,
) -> Finding:
    """A finding whose component is its file unless one is named."""
    where = component or path
    made = msgspec.structs.replace(
        FINDINGS[0],
        check_id=check_id,
        path=path,
        line=line,
        end_line=line,
        component=where,
        message=message,
        related=(),
        status="open",
        fingerprint=fingerprint(check_id, where, key),
        former_fingerprints=tuple(fingerprint(alias, where, key) for alias in aliases),
        exception=None,
        first_seen=None,
        change=None,
    )
    return msgspec.structs.replace(made, **other)


def info(check_id: str, aliases: Sequence[str] = ()) -> CheckInfo:
    return msgspec.structs.replace(CHECKS[0], id=check_id, aliases=tuple(aliases))


def report(
    *findings: Finding,
    day: int = 1,
    files: Mapping[str, str | None] | None = None,
    rules: str = "rules",
    aliases: Mapping[str, Sequence[str]] | None = None,
    results: Sequence[Result] = (),
    system: str = "Records",
    **scan: Any,
) -> Report:
    """A report of day `day` (from 1) of 2026, not yet compared or concluded; `files` gives contents by path."""
    contents = {**{f.path: "same" for f in findings}, **(files or {})}
    time = (datetime(2026, 1, 1, 9, tzinfo=UTC) + timedelta(day - 1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    return msgspec.structs.replace(
        EMPTY,
        report_id=f"{day:08x}-{digest(system + rules)[:4]}-5000-8000-{digest(repr(findings))[:12]}",
        tool=msgspec.structs.replace(EMPTY.tool, checks_digest=digest(rules)),
        cover=Cover(system=system),
        scan=msgspec.structs.replace(EMPTY.scan, started=time, finished=time, **scan),
        coverage=msgspec.structs.replace(
            EMPTY.coverage, files=tuple(covered(path, text) for path, text in sorted(contents.items()))
        ),
        findings=findings,
        checks=tuple(
            info(check_id, (aliases or {}).get(check_id, ())) for check_id in sorted({f.check_id for f in findings})
        ),
        results=tuple(results),
    )


def covered(path: str, text: str | None, **other: object) -> CoveredFile:
    """A file that was read; one without a text has no digest."""
    made = CoveredFile(
        path=path,
        technology="redis",
        status="parsed",
        reason="",
        bytes=len(text or ""),
        git="none",
        sha256=None if text is None else digest(text),
    )
    return msgspec.structs.replace(made, **other)


def with_file(changed: Report, path: str, **other: object) -> Report:
    """The report with other facts about one file."""
    files = tuple(msgspec.structs.replace(f, **other) if f.path == path else f for f in changed.coverage.files)
    return msgspec.structs.replace(changed, coverage=msgspec.structs.replace(changed.coverage, files=files))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def concluded(made: Report) -> Report:
    return conclude(made, PROFILE, {})
