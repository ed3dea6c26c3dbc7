"""How the values of a report are written in OSCAL (NIST, 1.2.1): ids, tokens, texts, properties, references.

The data types are those of OSCAL's "Data Types" reference. Text of scanned files is never markup: where OSCAL takes
Markdown, it is escaped or stands in a code block.
"""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote
from uuid import UUID, uuid5

from auditor.model.report import Report
from auditor.patterns import lazy

from .encode import as_json
from .plain import one_line, utc_time, visible

VERSION: Final = "1.2.1"
NAMESPACE: Final = "urn:uuid:c7b91da6-c5dc-4885-81f6-7932b77fbc3a"
"""Of the names that OSCAL does not define. Ours, drawn at random."""
NO_TIME: Final = "1970-01-01T00:00:00Z"
"""Stands where OSCAL demands a time and the result's is none."""
_IDS: Final = UUID(NAMESPACE.removeprefix("urn:uuid:"))
_NOT_TOKEN: Final = lazy(r"[^A-Za-z0-9]+")
_MARKUP: Final = lazy(r"[\\`*\[\]<>&~|#!]|(?<![^\W_])_|_(?![^\W_])|^(?=[-+=])")
_LIST_NUMBER: Final = lazy(r"^\d{1,9}(?=[.)])")
_BACKTICKS: Final = lazy("`+")


def document(name: str, content: Mapping[str, Any]) -> str:
    """Return a document as JSON; what has no value is left out, since OSCAL has no empty lists."""
    return as_json({name: _filled(content)})


def _filled(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _filled(item) for key, item in value.items() if item is not None and item != []}  # pyright: ignore[reportUnknownVariableType]  # any JSON
    if isinstance(value, list):
        return [_filled(item) for item in value]  # pyright: ignore[reportUnknownVariableType]  # any JSON
    return value


def subject_id(report: Report, kind: str, name: str) -> str:
    """Return the id of what lasts longer than one run, such as a risk: the same in every run of one system."""
    return _id(kind, report.cover.system, report.scan.environment or "", *report.scan.targets, name)


def run_id(report: Report, kind: str, name: str = "") -> str:
    """Return the id of what belongs to this run, such as an observation."""
    return _id(kind, report.report_id, name)


def _id(*parts: str) -> str:
    # As the JSON result writes them, so that ids are the same when they are made from it.
    return str(uuid5(_IDS, ascii([visible(part) for part in parts])))


def control_id(paragraph: str) -> str:
    """Return a paragraph's citation as a token: `164.312(a)(2)(iv)` is `cfr-164.312.a.2.iv`."""
    return "cfr-" + ".".join(_NOT_TOKEN.sub(" ", visible(paragraph)).split())


def time(text: str | None) -> str:
    """Return a time as OSCAL takes it."""
    return utc_time(text) or NO_TIME


def end_of_day(date: str | None) -> str | None:
    """Return the last second of a date, which is still part of a period that ends on it."""
    moment = utc_time(date)
    return moment and f"{moment[:10]}T23:59:59Z"


def line(text: str, otherwise: str = "(none)") -> str:
    """Return one line of text without markup (`markup-line`)."""
    escaped = _MARKUP.sub(lambda match: f"\\{match[0]}", plain(text, otherwise))
    return _LIST_NUMBER.sub(lambda match: f"{match[0]}\\", escaped)


def prose(text: str, otherwise: str = "(none)") -> str:
    """Return paragraphs of text without markup (`markup-multiline`)."""
    return "\n\n".join(line(part) for part in text.split("\n\n") if part.strip()) or otherwise


def block(text: str) -> str:
    """Return text as a code block that it cannot end."""
    shown = visible(text)
    fence = "`" * max(3, 1 + max((len(run) for run in _BACKTICKS.findall(shown)), default=0))
    return f"{fence}text\n{shown}\n{fence}"


def plain(text: str, otherwise: str = "(none)") -> str:
    """Return one line of text as it is (`string`, which is never empty)."""
    return one_line(text) or otherwise


def properties(**values: object) -> list[dict[str, Any]]:
    """Return properties of our namespace, those without a value left out; `_` in a name is `-`."""
    return [
        {"name": name.replace("_", "-"), "ns": NAMESPACE, "value": plain(str(value))}
        for name, value in values.items()
        if value not in {None, ""}
    ]


def reference(path: str, number: int) -> str:
    """Return a place as a relative reference, `redis/redis.conf#L12`."""
    return f"{address(path)}#L{number}"


def address(path: str) -> str:
    """Return a file as a relative reference."""
    return quote(visible(path))


def metadata(report: Report, title: str) -> dict[str, Any]:
    """Return the `metadata` of a document."""
    cover = report.cover
    organisation = run_id(report, "party", cover.organisation)
    party = {"uuid": organisation, "type": "organization", "name": plain(cover.organisation)}
    return {
        "title": title,
        "last-modified": time(report.scan.finished),
        "version": plain(report.report_id),
        "oscal-version": VERSION,
        "props": properties(
            tool=f"{report.tool.name} {report.tool.version}",
            system=cover.system,
            environment=report.scan.environment,
            period=cover.period,
            prepared_by=cover.prepared_by,
            technical_reviewer=cover.technical_reviewer,
            security_official=cover.security_official,
            next_review=cover.next_review,
            commit=report.scan.git and report.scan.git.commit,
        ),
        "parties": [party] if cover.organisation else [],
    }
