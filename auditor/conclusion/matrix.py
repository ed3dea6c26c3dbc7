"""The control matrix: every paragraph of the regulation with its status."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field

from auditor.model.evidence import ControlStatus, MatrixRow, NotAssessed
from auditor.model.regulation import Paragraph
from auditor.model.report import Report, Strength
from auditor.profile import Profile
from auditor.records import dataclass

from .answers import Answer, Answers, Latitude

_ORGANISATIONAL = "Configuration files say nothing about it."
_NO_CHECK = "No check bears on it."
_SUPPORTS_ONLY = "Checks that bear on it found nothing, but none of them tests the very mechanism."
_NO_INPUT = "Checks exist, but nothing that was scanned is what they look at."
_UNDECIDED = "What the checks look at could not be decided from the files."


@dataclass
class _Evidence:
    """What the scan has on one paragraph."""

    checks: set[str] = field(default_factory=set[str])
    answers: Counter[Answer] = field(default_factory=Counter[Answer])
    direct_passes: int = 0
    open: int = 0
    excepted: int = 0


def matrix(
    report: Report, answers: Answers, profile: Profile, not_applicable: Mapping[str, str]
) -> tuple[MatrixRow, ...]:
    """Return a row for each paragraph in the order of the regulation."""
    evidence = _evidence(report, answers, profile)
    children: defaultdict[str, list[str]] = defaultdict(list)
    for paragraph in profile.regulation.paragraphs:
        if paragraph.parent is not None:
            children[paragraph.parent].append(paragraph.id)
    rows: list[MatrixRow] = []
    for paragraph in profile.regulation.paragraphs:
        found = evidence[paragraph.id]
        below = [evidence[child] for child in children[paragraph.id]]
        status, why, reason = _status(paragraph, found, below, profile, not_applicable)
        rows.append(
            MatrixRow(
                id=paragraph.id,
                parent=paragraph.parent,
                title=paragraph.title,
                titled=paragraph.titled,
                kind=paragraph.kind,
                designation=paragraph.designation,
                assessable=paragraph.assessable,
                status=status,
                why=why,
                reason=reason,
                checks=tuple(sorted(found.checks)),
                passed=found.answers["pass"],
                failed=found.answers["fail"] + found.answers["excepted"],
                not_evaluated=found.answers["not_evaluated"],
                findings=found.open,
                excepted=found.excepted,
            )
        )
    return tuple(rows)


def coverage(rows: Iterable[MatrixRow]) -> tuple[int, int]:
    """Return how many paragraphs were assessed, of how many that configuration files can show.

    The general rules of §164.306 are not counted: they ask for what the standards below them spell out.
    """
    assessable = [
        row for row in rows if row.assessable != "none" and row.kind != "general" and row.status != "not applicable"
    ]
    return sum(row.status != "not assessed" for row in assessable), len(assessable)


def _evidence(report: Report, answers: Answers, profile: Profile) -> defaultdict[str, _Evidence]:
    evidence: defaultdict[str, _Evidence] = defaultdict(_Evidence)
    latitudes = _latitudes(profile.regulation.paragraphs)
    cited: dict[str, Sequence[tuple[str, Strength]]] = {
        check.id: [(citation.id, citation.strength) for citation in check.citations] for check in report.checks
    }
    for result, findings in answers.rows:
        for paragraph, strength in cited.get(result.check_id, ()):
            found = evidence[paragraph]
            found.checks.add(result.check_id)
            answer = answers.answer(result, findings, latitudes.get(paragraph, "none"))
            found.answers[answer] += 1
            found.direct_passes += answer == "pass" and strength == "direct"
    for finding in report.findings:
        for citation in finding.citations:
            if answers.is_excepted(finding, latitudes.get(citation.id, "none")):
                evidence[citation.id].excepted += 1
            else:
                evidence[citation.id].open += 1
    return evidence


def _latitudes(paragraphs: Iterable[Paragraph]) -> dict[str, Latitude]:
    found: dict[str, Latitude] = {}
    for paragraph in paragraphs:
        if paragraph.designation == "addressable":
            found[paragraph.id] = "full"
            if paragraph.parent is not None:
                found[paragraph.parent] = "specifications"
    return found


def _status(
    paragraph: Paragraph,
    found: _Evidence,
    below: Sequence[_Evidence],
    profile: Profile,
    not_applicable: Mapping[str, str],
) -> tuple[ControlStatus, NotAssessed | None, str]:
    """Decide a paragraph's status: a standard is not satisfied where one of its specifications is not."""
    if found.open or any(child.open for child in below):
        return "not satisfied", None, "" if found.open else "One of its implementation specifications is not satisfied."
    if paragraph.id in not_applicable:
        return "not applicable", None, not_applicable[paragraph.id]
    if found.excepted or any(child.excepted for child in below):
        return "exception", None, "Every deviation found is set aside by an exception."
    if paragraph.assessable == "none":
        return "not assessed", "organisational", _ORGANISATIONAL
    if found.direct_passes:
        return "no deviation detected", None, ""
    if found.answers["pass"]:
        return "not assessed", "no check", _SUPPORTS_ONLY
    if found.answers["not_evaluated"]:
        return "not assessed", "no input", _UNDECIDED
    if paragraph.id in profile.cited:
        return "not assessed", "no input", _NO_INPUT
    return "not assessed", "no check", _NO_CHECK
