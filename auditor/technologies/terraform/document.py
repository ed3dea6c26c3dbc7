"""A Terraform file, and the named values in it."""

from collections.abc import Iterator
from dataclasses import field
from functools import cached_property

from auditor.credentials.keys import names_secret
from auditor.credentials.urls import passwords_in
from auditor.formats import yaml
from auditor.formats.errors import FormatError
from auditor.formats.hcl import (
    Attribute,
    Binary,
    Block,
    Body,
    Expression,
    Literal,
    Name,
    ObjectExpr,
    Template,
    Traversal,
    TupleExpr,
)
from auditor.formats.tree import Mapping as YamlMapping
from auditor.formats.tree import Node, Scalar, Sequence
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.document import Assignment, Document

from .embedded import files_in

_SHELL = lazy(r"[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_]*)=(\"[^\"]*\"|'[^']*'|[^\s;&|]*)")


@dataclass(frozen=True, kw_only=True)
class TerraformDocument(Document):
    """One file. `values` is True for a file of variable values (`.tfvars`)."""

    body: Body = field(repr=False)
    values: bool = False

    def assignments(self) -> Iterator[Assignment]:
        """Yield values of variables, defaults, locals and arguments, and `NAME=value` lines of scripts in heredocs."""
        if self.values:
            for attribute in self.body.attributes:
                yield from self._named(attribute.name, attribute.value, ("tfvars",))
            return
        for block in self.body.blocks:
            if block.type == "variable" and block.labels:
                default = block.body.get("default")
                if default is not None:
                    yield from self._named(block.labels[0], default, ("variable",))
            elif block.type not in {"terraform", "check", "import", "moved", "removed"}:
                yield from self._block(block, (block.type, *block.labels))

    def embedded(self) -> Iterator[Source]:
        """Yield the configuration files that heredocs hold."""
        yield from files_in(self.body)

    @cached_property
    def _lines(self) -> list[str]:
        return self.source.text.split("\n")

    def _block(self, block: Block, path: tuple[str, ...]) -> Iterator[Assignment]:
        pair = _name_and_value({attribute.name: attribute for attribute in block.body.attributes})
        for attribute in block.body.attributes:
            key = pair[0] if pair is not None and attribute is pair[1] else attribute.name
            yield from self._named(key, attribute.value, path)
        for child in block.body.blocks:
            if child.type != "token_validity_units":  # of Cognito: access_token = "minutes"
                yield from self._block(child, (*path, child.type))

    def _named(self, key: str, value: Expression, path: tuple[str, ...]) -> Iterator[Assignment]:
        match value:
            case Literal(value=str() as text):
                yield self._assignment(
                    key, Unknown("a template expression") if HOLE in text else text, value.text_at, path
                )
                if value.exact:
                    yield from self._heredoc(value.text_at, (*path, key))
            case Literal(value=bool()) | Literal(value=None):
                return
            case Literal(value=number):
                yield self._assignment(key, str(number), value.text_at, path)
            case Template():
                yield self._assignment(key, self._template(key, value.text_at), value.text_at, path)
                if value.exact:
                    yield from self._heredoc(value.text_at, (*path, key))
            case Name() | Traversal() | Binary():
                yield self._assignment(key, Unknown("a reference"), value.at, path)
            case ObjectExpr():
                yield from self._object(value, (*path, key))
            case TupleExpr(items=items):
                for item in items:
                    yield from self._named(key, item, path)
            case _:
                for part in _inner(value):
                    yield from self._named(key, part, path)

    def _template(self, key: str, at: Location) -> str | Unknown:
        """Return a string with expressions as written if a password stands in it beside them, as in an address."""
        written = (
            self._lines[at.line - self.source.line][at.column - 1 : at.end_column] if at.line == at.end_line else ""
        )
        if not names_secret(key) and passwords_in(written):
            return written
        return Unknown("parts of the string are expressions")

    def _object(self, value: ObjectExpr, path: tuple[str, ...]) -> Iterator[Assignment]:
        named = [
            (key.value, below)
            for key, below in value.entries
            if isinstance(key, Literal) and isinstance(key.value, str)
        ]
        pair = _name_and_value({key: Attribute(key, below, below.at) for key, below in named})
        for key, below in named:
            name = pair[0] if pair is not None and below is pair[1].value else key
            yield from self._named(name, below, path)

    def _assignment(self, key: str, value: str | Unknown, at: Location, path: tuple[str, ...]) -> Assignment:
        return Assignment(key=key, value=value, at=at, container="terraform", path=path)

    def _heredoc(self, at: Location, path: tuple[str, ...]) -> Iterator[Assignment]:
        """Yield the named values of JSON or of a shell script in a heredoc, as the file's lines hold them."""
        first = at.line - self.source.line
        lines = self._lines[first : at.end_line - self.source.line]
        text = "\n".join(lines)
        if text.lstrip()[:1] in {"{", "["}:
            yield from self._json(Source(path=at.path, text=text, line=at.line), path)
            return
        for number, line in enumerate(lines, at.line):
            match = _SHELL.match(line)
            if match is None:
                continue
            written = match[2]
            quoted = written[:1] in {'"', "'"} and len(written) > 1
            text = written[1:-1] if quoted else written
            start = match.start(2) + 1 + quoted
            value = Unknown("a reference") if "$" in text else text
            place = Location(at.path, number, start, number, start + len(text) - 1)
            yield self._assignment(match[1], value, place, path)

    def _json(self, source: Source, path: tuple[str, ...]) -> Iterator[Assignment]:
        try:
            nodes = yaml.parse(source, templated=False)
        except FormatError:
            return
        for node in nodes:
            yield from self._json_node(node, path)

    def _json_node(self, node: Node, path: tuple[str, ...]) -> Iterator[Assignment]:
        if isinstance(node, Sequence):
            for item in node:
                yield from self._json_node(item, path)
        elif isinstance(node, YamlMapping):
            name, content = node.scalar("name"), node.scalar("value")
            for key, value in node:
                if isinstance(value, Scalar) and not value.is_null:
                    word = name.text if name is not None and value is content else key.text
                    yield self._json_scalar(word, value, path)
                else:
                    yield from self._json_node(value, (*path, key.text))

    def _json_scalar(self, key: str, value: Scalar, path: tuple[str, ...]) -> Assignment:
        at = value.at
        if not value.plain:
            at = Location(at.path, at.line, at.column + 1, at.end_line, max(at.end_column - 1, 0))
        text = Unknown("a reference") if "${" in value.text else value.text
        return self._assignment(key, text, at, path)


def _name_and_value(attributes: dict[str, Attribute]) -> tuple[str, Attribute] | None:
    """Return the name and the value's attribute of `{ name = "DB_PASSWORD", value = "…" }`, as containers list them."""
    name, value = attributes.get("name"), attributes.get("value")
    if name is None or value is None or not isinstance(name.value, Literal) or not isinstance(name.value.value, str):
        return None
    return name.value.value, value


def _inner(value: Expression) -> Iterator[Expression]:
    """Yield the expressions directly inside, such as the arguments of a call."""
    for name in value.__struct_fields__:
        below = getattr(value, name)
        if isinstance(below, Expression):
            yield below
        elif name == "arguments":
            yield from below
