"""The report as one HTML file that needs nothing else: no network, no script to read it, no second file."""

from pathlib import Path
from typing import Final

from auditor.model.report import Report

from .html_text import csp_hash, environment, own
from .html_view import context

TEMPLATE: Final = "report.html.j2"


def render(report: Report, templates: Path) -> str:
    """Return the report as a self-contained HTML file.

    `templates` is the folder with `report.html.j2` and the parts, style and script it names.

    Raises:
        jinja2.TemplateNotFound: a file is missing in `templates`.
        OSError: the style or script cannot be read.
    """
    style = (templates / "report.css").read_text("utf-8")
    script = (templates / "report.js").read_text("utf-8")
    return (
        environment(templates)
        .get_template(TEMPLATE)
        .render(
            context(report),
            style=own(style),
            script=own(script),
            style_hash=csp_hash(style),
            script_hash=csp_hash(script),
        )
    )
