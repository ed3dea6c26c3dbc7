"""HCL's JSON form (`.tf.json`, `.tfvars.json`): the same bodies and expressions.

HCL JSON syntax specification. Which properties are blocks and how many labels they take comes from the caller,
because JSON alone does not tell a block from an attribute.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import cast

import msgspec

from auditor.formats import yaml
from auditor.formats.errors import FormatError
from auditor.formats.tree import Mapping as Object
from auditor.formats.tree import Node, Scalar, Sequence
from auditor.model.location import Location
from auditor.model.source import Source

from .parser import parse
from .tree import Attribute, Block, Body, Expression, HclFile, Literal, ObjectExpr, Opaque, TupleExpr

_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
_END = "END_OF_JSON_STRING"


def parse_json(source: Source, labels: Mapping[str, int]) -> HclFile:
    """Read JSON text; `labels` gives the number of labels of each block type of the top level.

    Strings are templates (`"${var.x}"`); places inside them are those of the whole string. Objects below a block
    stay object expressions, since only a provider's schema knows its nested blocks.

    Raises:
        FormatError: the text is not a JSON object.
    """
    # A raw tab can stand between JSON tokens only, where the YAML reader would refuse it.
    documents = yaml.parse(replace(source, text=source.text.replace("\t", " ")), templated=False)
    if len(documents) != 1 or not isinstance(documents[0], Object):
        raise FormatError(source.at(), "expected one JSON object")
    attributes: list[Attribute] = []
    blocks: list[Block] = []
    for key, value in documents[0]:
        if key.text in labels:
            blocks.extend(_blocks(key.text, labels[key.text], (), key.at, value))
        elif key.text != "//":
            attributes.append(_attribute(key, value))
    return HclFile(Body(tuple(attributes), tuple(blocks)))


def _blocks(kind: str, missing: int, labels: tuple[str, ...], at: Location, value: Node) -> Iterator[Block]:
    if isinstance(value, Sequence):
        for item in value:
            yield from _blocks(kind, missing, labels, at if missing else item.at, item)
    elif isinstance(value, Object):
        if missing:
            for key, below in value:
                if key.text != "//":
                    yield from _blocks(kind, missing - 1, (*labels, key.text), key.at, below)
        else:
            attributes = tuple(_attribute(key, below) for key, below in value if key.text != "//")
            yield Block(kind, labels, Body(attributes), at, value.at.end_line or value.at.line)


def _attribute(key: Scalar, value: Node) -> Attribute:
    at = Location(key.at.path, key.at.line, key.at.column, value.at.end_line, value.at.end_column)
    return Attribute(key.text, _expression(value), at)


def _expression(node: Node) -> Expression:
    if isinstance(node, Object):
        entries = ((_string(key), _expression(value)) for key, value in node if key.text != "//")
        return ObjectExpr(node.at, tuple(entries))
    if isinstance(node, Sequence):
        return TupleExpr(node.at, tuple(_expression(item) for item in node))
    assert isinstance(node, Scalar)
    if not node.plain:
        return _string(node)
    if node.text in _WORDS:
        return Literal(node.at, _WORDS[node.text], node.at)
    try:
        number = float(node.text)
    except ValueError:
        return Opaque(node.at, "a value that is not JSON")
    whole = re.fullmatch(r"-?\d{1,150}", node.text)
    return Literal(node.at, int(node.text) if whole else number, node.at)


def _string(node: Scalar) -> Expression:
    """Read a string as a template. A heredoc is the form of native syntax without escapes, which JSON has done."""
    text_at = _inside_quotes(node.at)
    if "${" not in node.text and "%{" not in node.text:
        return Literal(node.at, node.text, text_at)
    wrapped = parse(Source(path=node.at.path, text=f"x = <<{_END}\n{node.text}\n{_END}\n"))
    value = wrapped.body.get("x")
    if value is None or wrapped.problems:
        return Opaque(node.at, "a template with a syntax error")
    return _moved(_without_last_newline(value), node.at)


def _inside_quotes(at: Location) -> Location:
    return Location(at.path, at.line, at.column + 1, at.end_line, max(at.end_column - 1, 0))


def _without_last_newline(value: Expression) -> Expression:
    parts = getattr(value, "parts", None)
    if parts is not None and isinstance(parts[-1], str):
        last = parts[-1].removesuffix("\n")
        return msgspec.structs.replace(value, parts=(*parts[:-1], last) if last else parts[:-1])
    if isinstance(value, Literal) and isinstance(value.value, str):
        return msgspec.structs.replace(value, value=value.value.removesuffix("\n"))
    return value


def _moved(value: Expression, at: Location) -> Expression:
    """Give every part of an expression the place `at`."""
    changes = {name: _moved_field(getattr(value, name), at) for name in value.__struct_fields__}
    if "exact" in changes:
        changes["exact"] = False
    return msgspec.structs.replace(value, **changes)


def _moved_field(field: object, at: Location) -> object:
    if isinstance(field, Location):
        return at
    if isinstance(field, Expression):
        return _moved(field, at)
    if isinstance(field, tuple):
        return tuple(_moved_field(item, at) for item in cast("tuple[object, ...]", field))
    return field
