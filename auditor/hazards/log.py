"""The files of a hazard log, from a report and the files that are there already."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import Final

from auditor.model.report import Finding, Report
from auditor.patterns import lazy

from .grouping import Hazard, hazards_of
from .page import Page, read, render
from .style import STYLES, Style, StyleName, risk
from .texts import drafted, texts_of

INDEX: Final = "README.md"
_LABEL: Final = "[2]"
"""2: a new hazard for triage."""
_NOT_SCORED: Final = "TBC"
_MAX_CAUSES: Final = 100
_MAX_NAME: Final = 60
_SCORE: Final = lazy(r"[1-5]")
_MARKUP: Final = lazy(r"([\\`*_\[\]<>#|])")


def hazard_log(report: Report, existing: Mapping[str, str], style_name: StyleName = "quill") -> dict[str, str]:
    """Return the log's files by name.

    Args:
        report: the result of an audit.
        existing: the texts of the files that the log's folder holds, by name. A section that a person changed is
            kept; a hazard without findings any more keeps its file, which says so.
        style_name: the layout.
    """
    style = STYLES[style_name]
    files: dict[str, str] = {}
    hazards = hazards_of(report)
    for hazard in hazards:
        name = f"{hazard.id}.md"
        page = read(existing[name], style) if name in existing else Page({}, {})
        files[name] = _file(_sections(hazard, report, style), [f.fingerprint for f in hazard.findings], page, style)
    current = {f"{hazard.id}.md" for hazard in hazards}
    for name in sorted(existing):
        if name.startswith("hazard-") and name.endswith(".md") and name not in current:
            page = read(existing[name], style)
            gone = {**page.sections, style.causes: "No open finding in the latest audit.", _CODE: "None."}
            files[name] = _file(gone, [], page, style)
    files[INDEX] = _index(files, hazards, report, style)
    return files


_CODE: Final = "Code associated with hazard"


def _file(sections: Mapping[str, str], fingerprints: Sequence[str], page: Page, style: Style) -> str:
    merged: dict[str, str] = {}
    kept: dict[str, str] = {}
    for title, text in sections.items():
        if page.is_edited(title):
            merged[title] = page.sections[title]
            kept[title] = page.written.get(title, "")
        else:
            merged[title] = text
    for title, text in page.sections.items():
        if title not in merged and title != "Risk scoring":  # a section that a person added
            merged[title] = text
            kept[title] = page.written.get(title, "")
    return render(_with_risk(merged), fingerprints, kept, style)


def _with_risk(sections: Mapping[str, str]) -> dict[str, str]:
    """Add the risk where a person gave both scores; it is not a person's to give."""
    likelihood, severity = (_score(sections.get(name, "")) for name in ("Likelihood scoring", "Severity scoring"))
    found: dict[str, str] = {}
    for title, text in sections.items():
        found[title] = text
        if title == "Severity scoring" and likelihood is not None and severity is not None:
            found["Risk scoring"] = str(risk(likelihood, severity))
    return found


def _score(text: str) -> int | None:
    return int(text) if _SCORE.fullmatch(text.strip()) else None


def _sections(hazard: Hazard, report: Report, style: Style) -> dict[str, str]:
    texts = texts_of(hazard.category)
    return {
        "Hazard name": plain(_shortened(hazard.name)),
        "General utility label": _LABEL,
        "Likelihood scoring": _NOT_SCORED,
        "Severity scoring": _NOT_SCORED,
        "Description": "\n\n".join(f"{plain(check.title)}. {_first_paragraph(check.why)}" for check in hazard.checks),
        style.causes: _causes(hazard.findings),
        "Effect": drafted(texts.effect),
        "Hazard": drafted(texts.hazard),
        "Hazard type": "\n".join(f"- {name}" for name in style.types.get(hazard.category, ("GeneralHazard",))),
        "Harm": drafted(texts.harm),
        "Existing controls": _existing_controls(hazard, report),
        "Assignment": "Clinical Safety Officer",
        "Labelling": "TBC (awaiting scoring)",
        "Project": "Clinical Risk Management",
        style.hazard_controls: "\n\n".join(
            (
                "**Design controls (manufacturer)**\n\n"
                + "\n".join(f"- {plain(f)}" for f in dict.fromkeys(f.remediation or f.title for f in hazard.findings)),
                "**Testing controls (manufacturer)**\n\n"
                + "\n".join(f"- Audit again: `{check.id}` passes." for check in hazard.checks)
                + "\n- A start-up or integration test refuses the configuration described under causes.",
                f"**Training controls (deployment)**\n\n- {texts.training}",
                f"**Business process controls (deployment)**\n\n- {texts.process}",
            )
        ),
        "Residual hazard risk assessment": "TBC: awaiting initial controls.",
        "Hazard status": style.open_status,
        _CODE: "\n".join(f"- {place}" for place in dict.fromkeys(_place(finding) for finding in hazard.findings)),
    }


def _shortened(text: str) -> str:
    """Return a name of at most 60 characters, cut between words."""
    return textwrap.shorten(text, _MAX_NAME, placeholder=" …")


def _first_paragraph(markdown: str) -> str:
    """Return the first paragraph, which has no heading or code in it that could be taken for a section's end."""
    return " ".join(markdown.strip().partition("\n\n")[0].split())


def plain(text: str) -> str:
    """Return text of a report so that Markdown shows it as it is, on one line."""
    return _MARKUP.sub(r"\\\1", " ".join("".join(c if c.isprintable() else " " for c in text).split()))


def _causes(findings: Sequence[Finding]) -> str:
    lines = [
        f"{number}. {plain(finding.message)} ({_place(finding)})"
        for number, finding in enumerate(findings[:_MAX_CAUSES], 1)
    ]
    if len(findings) > _MAX_CAUSES:
        lines.append(f"\nand {len(findings) - _MAX_CAUSES} more in the audit's report.")
    return "\n".join(lines)


def _place(finding: Finding) -> str:
    return f"{plain(finding.path)}:{finding.line}"


def _existing_controls(hazard: Hazard, report: Report) -> str:
    components = {finding.component for finding in hazard.findings}
    checks = {check.id for check in report.checks if check.category == hazard.category}
    passed = sorted(
        {
            r.check_id
            for r in report.results
            if r.status == "pass" and r.component in components and r.check_id in checks
        }
    )
    measures = [e for e in report.exceptions if e.status == "active" and e.measure and e.check_id in checks]
    lines = [f"- {plain(e.measure)} (exception {plain(e.id)}, until {e.expires})" for e in measures]
    if passed:
        lines.append(f"- The audit found no deviation for {', '.join(f'`{name}`' for name in passed)}.")
    return "\n".join(lines) or "None identified during initial analysis."


def _index(files: Mapping[str, str], hazards: Sequence[Hazard], report: Report, style: Style) -> str:
    rows = ["| hazard | findings | likelihood | severity | risk | status |", "|---|---|---|---|---|---|"]
    counts = {f"{hazard.id}.md": len(hazard.findings) for hazard in hazards}
    for name in sorted(files):
        sections = read(files[name], style).sections
        scored = ("Likelihood scoring", "Severity scoring", "Risk scoring", "Hazard status")
        cells = [
            f"[{sections.get('Hazard name', name)}]({name})",
            str(counts.get(name, 0)),
            *(sections.get(title, _NOT_SCORED).partition("\n")[0] for title in scored),
        ]
        rows.append(f"| {' | '.join(cells)} |")
    intro = (
        "# Hazard log\n\nDrafted from the findings of an audit of configuration files on "
        f"{report.scan.finished} (report {report.report_id}). Scores, status and assessments are for the Clinical "
        "Safety Officer; what a person changes in a hazard's file is kept when the log is made again.\n"
    )
    return "\n".join([intro, *rows, ""])
