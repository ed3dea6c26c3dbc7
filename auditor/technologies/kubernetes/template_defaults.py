"""What a chart's template falls back on: `password: {{ .Values.password | default "…" }}`."""

import re
from collections.abc import Iterator

from auditor.formats.properties import Lines
from auditor.model.source import Source
from auditor.patterns import lazy
from auditor.technologies.document import Assignment

_DEFAULT = lazy(
    r"^[ \t]*(?:-[ \t]+)?[\"']?(?P<key>[\w.-]{1,100})[\"']?:[ \t]+[\"']?"
    r"\{\{[^{}\n]*?\bdefault[ \t]+\"(?P<value>[^\"\n]+)\"[^{}\n]*\}\}",
    re.M,
)
_NAME = lazy(r"^[ \t]*-?[ \t]*name:[ \t]*[\"']?(?P<name>[A-Za-z_]\w{0,100})[\"']?[ \t]*\n\Z", re.M)


def template_defaults(source: Source) -> Iterator[Assignment]:
    """Yield the defaults by their keys; of `name: X` with `value:` on the next line, X is the key."""
    lines = Lines(source.text)
    for match in _DEFAULT.finditer(source.text):
        key = match["key"]
        if key == "value":
            before = source.text[: match.start()]
            named = _NAME.search(before, before.rfind("\n", 0, max(len(before) - 1, 0)) + 1)
            if named is None:
                continue
            key = named["name"]
        start, end = match.span("value")
        at = source.at(*lines.place(start), *lines.place(end - 1))
        yield Assignment(key=key, value=match["value"], at=at, container="kubernetes")
