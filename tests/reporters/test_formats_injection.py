"""No text of a report acts in the program that opens an output: each format against each kind of hostile text.

The text stands at the start and at the end of every text field that the types leave free.
"""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from markdown_it import MarkdownIt

from auditor.model.report import Report
from auditor.reporters import REPORTERS, Options, json_report, render
from tests.reporters.generated import HOSTILE
from tests.reporters.reports import clinic, rewrite
from tests.reporters.standards import oscal, sarif

OPTIONS = Options(templates=Path(__file__).parents[2] / "reports" / "templates")
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
ACTIVE_TOKENS = {"html_block", "html_inline", "link_open", "image"}
MARKDOWN_TAGS = {
    "blockquote",
    "em",
    "strong",
    "hr",
    "ul",
    "ol",
    "li",
    "pre",
    "code",
    "p",
    "a",
    *(f"h{n}" for n in range(1, 7)),
}
OSCAL_MARKUP = {"title", "description", "statement", "remarks", "text"}


def _hostile(kind: str) -> Report:
    nasty = HOSTILE[kind]
    report: Report = rewrite(clinic(), lambda path, text: text if path == ".schema_version" else nasty + text + nasty)
    return report


def _tokens(text: str) -> set[str]:
    tokens = MARKDOWN.parse(text)
    return {token.type for token in tokens} | {child.type for token in tokens for child in token.children or ()}


def _strings(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Yield every string of a JSON document with the key it stands under."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for name, item in value.items():  # pyright: ignore[reportUnknownVariableType]  # any JSON
            yield from _strings(item, str(name))  # pyright: ignore[reportUnknownArgumentType]  # any JSON
    elif isinstance(value, list):
        for item in value:  # pyright: ignore[reportUnknownVariableType]  # any JSON
            yield from _strings(item, key)


def _text(text: str) -> None:
    assert "\x1b" not in text


def _json(text: str) -> None:
    assert text.isascii()
    assert len(json_report.read(text.encode()).findings) == len(clinic().findings)


def _html(text: str) -> None:
    page, clean = _page(text), _clean_page()
    assert set(page.tags) <= set(clean.tags) | MARKDOWN_TAGS
    for tag in ("script", "style", "meta", "title", "form", "input"):
        assert page.tags.count(tag) == clean.tags.count(tag)
    assert page.attributes <= clean.attributes | {"start"}  # a list of Markdown that begins with another number
    assert not [link for link in page.links if not re.match(r"#|https?://", link)]
    assert page.content["style"] == clean.content["style"]
    assert page.content["script"] == clean.content["script"]


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.content: dict[str, str] = {"style": "", "script": ""}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.update(name for name, _ in attrs)
        self.links += [value or "" for name, value in attrs if name in {"href", "src", "action"}]

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1] in self.content:
            self.content[self.tags[-1]] += data.strip()


def _page(text: str) -> _Page:
    page = _Page()
    page.feed(text)
    page.close()
    return page


@cache
def _clean_page() -> _Page:
    return _page(render("html", clinic(), OPTIONS))


def _sarif(text: str) -> None:
    assert text.isascii()
    for run in sarif(text)["runs"]:
        messages = [text for key, text in _strings([run["results"], run["invocations"]]) if key == "text"]
        assert len(messages) >= len(run["results"])
        assert not [message for message in messages if "](" in message]
        uris = [text for key, text in _strings(run) if key == "uri"]
        assert uris
        assert not [uri for uri in uris if re.search(r"[^!-~]|[<>\"]|:", uri)]


def _junit(text: str) -> None:
    tags = {element.tag for element in ET.fromstring(text).iter()}
    assert tags == {"testsuites", "testsuite", "testcase", "failure", "skipped"}
    assert "<!" not in text


def _csv(text: str) -> None:
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert len({len(row) for row in rows}) == 1
    assert len(rows) == 1 + len(clinic().findings)
    assert not [cell for row in rows for cell in row if re.match("[=+@\t\r\n\uff1d\uff0b\uff0d\uff20-]", cell)]


def _markdown(text: str) -> None:
    assert not _tokens(text) & ACTIVE_TOKENS
    assert [token.type for token in MARKDOWN.parse(text)] == [
        token.type for token in MARKDOWN.parse(render("markdown", clinic(), OPTIONS))
    ]


def _gitlab(text: str) -> None:
    assert text.isascii()
    issues = json.loads(text)
    assert len(issues) == sum(finding.status == "open" for finding in clinic().findings)
    assert not [issue for issue in issues if "\n" in issue["description"]]


def _oscal(text: str) -> None:
    assert text.isascii()
    content = oscal(text)
    markup = [text for key, text in _strings(content) if key in OSCAL_MARKUP]
    assert len(markup) > 50
    assert not [text for text in markup if _tokens(text) & ACTIVE_TOKENS]
    links = [text for key, text in _strings(content) if key == "href"]
    assert not [link for link in links if re.search(r"[^!-~]|[<>\"]|:", link)]


JUDGES: dict[str, Callable[[str], None]] = {
    "text": _text,
    "json": _json,
    "html": _html,
    "sarif": _sarif,
    "junit": _junit,
    "csv": _csv,
    "poam-csv": _csv,
    "markdown": _markdown,
    "gitlab": _gitlab,
    "oscal": _oscal,
    "oscal-poam": _oscal,
}


def test_every_format_has_a_judge() -> None:
    assert set(JUDGES) == set(REPORTERS)


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("name", REPORTERS)
def test_no_text_acts(name: str, kind: str) -> None:
    text = render(name, _hostile(kind), OPTIONS)
    text.encode("utf-8")
    assert text.endswith("\n")
    allowed = "\n\t\r" if name in {"csv", "poam-csv"} else "\n\t"
    assert not [c for c in text if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} and c not in allowed]
    assert not set(text) & set("\u202e\u2066\u2069\u200f\u061c\u200b\ufeff\U000e0041")
    JUDGES[name](text)


@pytest.mark.parametrize("name", REPORTERS)
def test_an_ordinary_report_passes_the_same_judge(name: str) -> None:
    JUDGES[name](render(name, clinic(), OPTIONS))
