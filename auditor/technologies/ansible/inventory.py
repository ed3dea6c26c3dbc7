"""Inventories in INI form: hosts with variables on their line, and variables of groups.

Source: Ansible documentation 2.17, "How to build your inventory"; ansible-core 2.17, plugins/inventory/ini.py.
"""

from collections.abc import Iterator

from auditor.formats.template import is_templated
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.patterns import lazy

from .values import Value

_SECTION = lazy(r"\s*\[([\w.-]+)(?::(\w+))?\]\s*(?:[#;].*)?")
_QUOTED = r"'[^'\n]*'|\"[^\"\n]*\""
_HOST_WORD = lazy(
    rf"(?P<comment>#)|(?<=\s)(?P<name>[A-Za-z_]\w*)=(?P<value>(?:{_QUOTED}|[^\s#'\"])*)|{_QUOTED}|[^\s#'\"]+"
)
"""Words of a host's line, which Ansible splits as a shell does: `#` begins a comment wherever it stands."""
_GROUP_VALUE = lazy(r"\s*(?P<name>[A-Za-z_]\w*)\s*=\s*(?P<value>[^\n]*)")
_LITERAL = lazy(rf"(?P<value>(?:{_QUOTED})+|-?\d+(?:\.\d+)?|True|False|None)\s*#.*")
"""A group's value that Python takes for a literal, the one case in which a comment behind it is none of it."""
_PIECE = lazy(rf"{_QUOTED}|[^'\"]+")


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
                literal = _LITERAL.fullmatch(match["value"])
                written = literal["value"] if literal is not None else match["value"].rstrip()
                yield f"[{group}]", _value(source, number, match["name"], written, match.start("value"))
        elif kind == "":
            host = line.split(maxsplit=1)[0]
            for match in _HOST_WORD.finditer(line):
                if match["comment"]:
                    break
                if match["name"] is not None:
                    yield host, _value(source, number, match["name"], match["value"], match.start("value"))


def _value(source: Source, number: int, name: str, written: str, start: int) -> Value:
    text = written
    pieces = _PIECE.findall(written)
    if pieces and (len(pieces) > 1 or pieces[0][0] in "'\""):
        text = "".join(piece[1:-1] if piece[0] in "'\"" else piece for piece in pieces)
    if len(pieces) == 1 and len(text) < len(written):
        start += 1
        written = text
    known: str | Unknown = Unknown("a Jinja expression") if is_templated(text) else text
    at = source.at(number, start + 1, number, max(start + len(written), start + 1))
    return Value(name=name, text=known, written=text, at=at, plain=False)
