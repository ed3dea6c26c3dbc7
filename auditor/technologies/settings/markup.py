"""Named values of XML settings: sources of packages of .NET, data sources of Java servers, Maven's servers.

The text is searched for tags, not parsed: nothing of it is resolved, and a broken file still tells its secrets.
"""

import re
from collections.abc import Iterator
from html import unescape

from auditor.formats.properties import Lines
from auditor.model.source import Source
from auditor.model.unknown import settle
from auditor.patterns import lazy
from auditor.technologies.document import Assignment

_COMMENT = lazy(r"<!--.*?-->", re.DOTALL)
_TAG = lazy(r"<(?P<name>[A-Za-z][\w:.-]*)(?P<attributes>(?:\s+[\w:.-]+\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'))+)\s*/?>")
_ATTRIBUTE = lazy(r"(?P<name>[\w:.-]+)\s*=\s*(?P<quote>[\"'])(?P<value>[^<]*?)(?P=quote)")
_ELEMENT = lazy(r"<(?P<name>[A-Za-z][\w:.-]*)>(?P<value>[^<>\n]+)</(?P=name)>")
_NAMES = ("key", "name")
_VALUE = "value"
"""The attribute of `<add key="…" value="…"/>` that its key names."""


def read_markup(source: Source, text: str) -> Iterator[Assignment]:
    """Yield the attributes and the elements of one line; `text` is the source's, holes for a template's expressions."""
    content = _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    lines = Lines(content)

    def named(key: str, element: str, start: int, end: int) -> Assignment:
        at = source.at(*lines.place(start), *lines.place(max(end - 1, start)))
        value = settle(unescape(content[start:end]), "a template expression")
        return Assignment(key=key, value=value, at=at, container="settings", path=(element,))

    for tag in _TAG.finditer(content):
        attributes = {match["name"]: match for match in _ATTRIBUTE.finditer(tag["attributes"])}
        given = next((attributes[name]["value"] for name in _NAMES if name in attributes), None)
        for name, match in attributes.items():
            start, end = (tag.start("attributes") + offset for offset in match.span("value"))
            if end > start:
                yield named(given if given and name == _VALUE else name, tag["name"], start, end)
    for element in _ELEMENT.finditer(content):
        yield named(element["name"], "", *element.span("value"))
