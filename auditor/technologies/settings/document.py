"""A settings file of any format, as the list of its named values."""

import re
from collections.abc import Iterator
from dataclasses import field

from auditor.formats import properties_template, yaml
from auditor.formats.errors import FormatError
from auditor.formats.properties import Lines
from auditor.formats.sections import read_sections
from auditor.formats.template import is_templated, mask
from auditor.model.source import Source
from auditor.model.unknown import settle
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.common.namedvalues import named_values
from auditor.technologies.document import Assignment, Document

from .markup import read_markup
from .script import read_script

CONTAINER = "settings"
_VARIANT = lazy(r"\.(?:j2|tmpl|tpl|sample|example|dist|template|bak|orig|erb)$")
_TEMPLATE = "a template expression"
_MEMBER = lazy(r"\"(?P<key>[^\"\\\n]{1,200})\"[ \t]*:[ \t]*\"(?P<value>[^\"\\\n]*)\"")
_COMMENT = lazy(r"(?P<text>\"(?:[^\"\\\n]|\\.)*\")|//[^\n]*|/\*.*?\*/", re.DOTALL)
"""Comments, which .NET's reader takes (System.Text.Json, JsonCommentHandling.Skip); a text may hold their marks."""


@dataclass(frozen=True, kw_only=True)
class SettingsDocument(Document):
    """A settings file; `values` are the named ones in file order."""

    values: tuple[Assignment, ...] = field(default=(), repr=False)

    def assignments(self) -> Iterator[Assignment]:
        """Yield every named value."""
        return iter(self.values)


def parse(source: Source) -> SettingsDocument:
    """Read a settings file by the format that its name tells.

    Raises:
        FormatError: it is not YAML or JSON, where its name says so.
    """
    name = _VARIANT.sub("", source.file_name.lower())
    if name.endswith((".yml", ".yaml", ".json")):
        return _tree(source, is_json=name.endswith(".json"))
    if name.endswith(".properties"):
        return _properties(source)
    text, partial = source.text, ""
    is_script = not name.endswith((".ini", ".cfg", ".toml", ".xml", ".config"))
    # In a script `{{…}}` is mostly the format of a command's output.
    if is_templated(text) and not (is_script and name == source.file_name.lower()):
        text, partial = mask(text)[0], "template expressions"
    if name.endswith((".xml", ".config")):
        values = read_markup(source, text)
    else:
        values = read_script(source, text) if is_script else _sections(source, text)
    return SettingsDocument(source=source, partial=partial, values=tuple(values))


def _tree(source: Source, *, is_json: bool) -> SettingsDocument:
    readable = source
    if is_json and ("//" in source.text or "/*" in source.text):
        blank = _COMMENT.sub(lambda match: match["text"] or re.sub(r"[^\n]", " ", match[0]), source.text)
        readable = Source(
            path=source.path, text=blank, line=source.line, column=source.column, exact=source.exact, name=source.name
        )
    try:
        values = [value for node in yaml.parse(readable) for value in named_values(node, CONTAINER)]
    except FormatError:
        if not is_json:
            raise
        # Editors and many programs take JSON with comments and more; every member still stands on a line.
        return SettingsDocument(
            source=source, partial="more than JSON; read by its lines", values=tuple(_members(readable))
        )
    partial = "template expressions" if is_templated(source.text) else ""
    return SettingsDocument(source=source, partial=partial, values=tuple(values))


def _members(source: Source) -> Iterator[Assignment]:
    """Yield the members of one line each whose value is a text."""
    lines = Lines(source.text)
    for match in _MEMBER.finditer(source.text):
        start, end = match.span("value")
        if end > start:
            at = source.at(*lines.place(start), *lines.place(end - 1))
            yield Assignment(key=match["key"], value=match["value"], at=at, container=CONTAINER)


def _properties(source: Source) -> SettingsDocument:
    file = properties_template.read(source)
    values = [
        Assignment(key=found.key, value=file.value(found), at=found.value_at, container=CONTAINER)
        for found in file.properties
        if found.value
    ]
    return SettingsDocument(source=source, problems=file.problems, partial=file.partial, values=tuple(values))


def _sections(source: Source, text: str) -> Iterator[Assignment]:
    for entry in read_sections(source, text):
        value = settle(entry.value, _TEMPLATE)
        yield Assignment(key=entry.key, value=value, at=entry.at, container=CONTAINER, path=entry.path)
