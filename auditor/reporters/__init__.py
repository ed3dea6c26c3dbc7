"""Outputs: each renders the same `Report`, and nothing else, to text.

`render(name, report, options)` is the one entrance. An output's module is imported when it is asked for, so that
a command that writes no HTML does not wait for a template engine.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from auditor.model.report import Report
from auditor.records import dataclass


@dataclass(frozen=True, kw_only=True)
class Options:
    """What an output may need besides the report.

    `templates` is the folder with the HTML templates (`reports/templates`). `colour` and `width` (in columns)
    concern the text for a terminal; whether colour is wanted is the caller's decision.
    """

    templates: Path
    colour: bool = False
    width: int = 80


def _text(report: Report, options: Options) -> str:
    from . import text_report  # noqa: PLC0415  # start-up time

    return text_report.render(report, colour=options.colour, width=options.width)


def _json(report: Report, _: Options) -> str:
    from . import json_report  # noqa: PLC0415  # start-up time

    return json_report.render(report)


def _html(report: Report, options: Options) -> str:
    from . import html_report  # noqa: PLC0415  # start-up time

    return html_report.render(report, options.templates)


def _sarif(report: Report, _: Options) -> str:
    from . import sarif_report  # noqa: PLC0415  # start-up time

    return sarif_report.render(report)


def _junit(report: Report, _: Options) -> str:
    from . import junit_report  # noqa: PLC0415  # start-up time

    return junit_report.render(report)


def _csv(report: Report, _: Options) -> str:
    from . import csv_report  # noqa: PLC0415  # start-up time

    return csv_report.render(report)


def _markdown(report: Report, _: Options) -> str:
    from . import markdown_report  # noqa: PLC0415  # start-up time

    return markdown_report.render(report)


def _gitlab(report: Report, _: Options) -> str:
    from . import gitlab_report  # noqa: PLC0415  # start-up time

    return gitlab_report.render(report)


def _poam_csv(report: Report, _: Options) -> str:
    from . import poam_csv  # noqa: PLC0415  # start-up time

    return poam_csv.render(report)


def _oscal(report: Report, _: Options) -> str:
    from . import oscal_report  # noqa: PLC0415  # start-up time

    return oscal_report.render(report)


def _oscal_poam(report: Report, _: Options) -> str:
    from . import oscal_poam  # noqa: PLC0415  # start-up time

    return oscal_poam.render(report)


REPORTERS: Mapping[str, Callable[[Report, Options], str]] = {
    "text": _text,
    "json": _json,
    "html": _html,
    "sarif": _sarif,
    "junit": _junit,
    "csv": _csv,
    "poam-csv": _poam_csv,
    "markdown": _markdown,
    "gitlab": _gitlab,
    "oscal": _oscal,
    "oscal-poam": _oscal_poam,
}


def render(name: str, report: Report, options: Options) -> str:
    """Render `report` in the format `name`, ending in a newline.

    Raises:
        KeyError: there is no such format; `REPORTERS` has the names.
    """
    return REPORTERS[name](report, options)
