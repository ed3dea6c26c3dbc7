"""Inventories in INI form: hosts with variables on their line, and variables of groups.

Source: Ansible documentation 2.17, "How to build your inventory"; ansible-core 2.17, plugins/inventory/ini.py.
"""

import re
from collections.abc import Iterator

from auditor.formats.template import is_templated
from auditor.model.source import Source
from auditor.model.unknown import Unknown

from .values import Value

_SECTION = re.compile(r"\s*\[([\w.-]+)(?::(\w+))?\]\s*(?:[#;].*)?")
_HOST_VALUE = re.compile(
    r"(?<=\s)#.*|(?<=\s)(?P<name>[A-Za-z_]\w*)=(?P<value>'[^'\n]*'|\"[^\"\n]*\"|\{\{[^{}\n]*\}\}|[^\s#]*)"
)
_GROUP_VALUE = re.compile(r"\s*(?P<name>[A-Za-z_]\w*)\s*=\s*(?P<value>'[^'\n]*'|\"[^\"\n]*\"|[^#\n]*)")


def read_inventory(source: Source) -> Iterator[tuple[str, Value]]:
    """Yield the variables in file order, each with the host or group (`[name]`) that gets it."""
    group, kind = "", ""
    for number, line in enumerate(source.text.split("\n"), 1):
        if not line.strip() or line.lstrip().startswith(("#", ";")):
            continue
        section = _SECTION.fullmatch(line)
        if section is not None:
            group, kind = section[1], section[2] or ""
        elif kind == "vars":
            match = _GROUP_VALUE.match(line)
            if match is not None:
                yield f"[{group}]", _value(source, number, match)
        elif kind == "":
            host = line.split(maxsplit=1)[0]
            for match in _HOST_VALUE.finditer(line):
                if match["name"] is not None:
                    yield host, _value(source, number, match)


def _value(source: Source, number: int, match: re.Match[str]) -> Value:
    text = match["value"].rstrip()
    start = match.start("value")
    end = start + len(text)
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text, start, end = text[1:-1], start + 1, end - 1
    known: str | Unknown = Unknown("a Jinja expression") if is_templated(text) else text
    at = source.at(number, start + 1, number, max(end, start + 1))
    return Value(name=match["name"], text=known, written=text, at=at, plain=False)
