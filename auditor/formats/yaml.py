"""YAML (and JSON, its subset) with the place of every node, by PyYAML's C composer."""

from collections.abc import Iterable

import yaml
from yaml import CSafeLoader, MappingNode, ScalarNode, SequenceNode
from yaml import Node as YamlNode
from yaml.error import MarkedYAMLError, YAMLError

from auditor.model.location import Location
from auditor.model.source import Source

from .errors import FormatError
from .template import is_templated, mask
from .tree import Mapping, Node, Scalar, Sequence

MAX_DEPTH = 100
"""Deepest nesting read; real manifests stay below 30."""
MAX_NODES = 500_000
"""Most nodes of one file after aliases are followed; an alias bomb is larger, real files are not."""


def parse(source: Source, *, templated: bool | None = None) -> list[Node]:
    """Read all documents of `source`; empty documents are left out.

    Template expressions are masked first where there are any (`templated` None: look for them).

    Raises:
        FormatError: the text is not YAML, is nested too deeply or grows too large through aliases.
    """
    text = source.text
    content_lines: frozenset[int] = frozenset()
    if templated or (templated is None and is_templated(text)):
        text, content_lines = mask(text)
    _refuse_deep_nesting(text, source)
    documents: list[YamlNode] = []
    try:
        documents.extend(node for node in yaml.compose_all(text, CSafeLoader) if node is not None)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = source.at(mark.line + 1, mark.column + 1) if mark else source.at()
        raise FormatError(at, _explain(error)) from None
    except (YAMLError, RecursionError, UnicodeError, ValueError):
        raise FormatError(source.at(), "expected YAML text without control characters") from None
    return [_Converter(source, content_lines).convert(node) for node in documents]


def _explain(error: MarkedYAMLError) -> str:
    """Say what was expected, from the composer's fixed phrases only (they can quote the text)."""
    problem = error.problem or ""
    known = {
        "mapping values are not allowed": "expected one `key: value` per line (a second `:` needs quotes)",
        "found character '\\t'": "expected blanks for indentation, not a tab",
        "found character that cannot start": "expected a value; this character needs quotes",
        "could not find expected ':'": "expected `:` after a key",
        "did not find expected key": "expected a key at this indentation",
        "did not find expected '-'": "expected `- ` at this indentation",
        "did not find expected ',' or": "expected `,` or a closing bracket",
        "found undefined alias": "expected an alias that was defined before",
        "found unexpected end of stream": "expected a closing quote",
        "found duplicate anchor": "expected anchor names to be unique",
    }
    for phrase, expected in known.items():
        if phrase in problem:
            return expected
    return "expected YAML"


def _refuse_deep_nesting(text: str, source: Source) -> None:
    """Refuse text whose brackets or indentation nest beyond MAX_DEPTH, which the C composer would recurse into."""
    depth = 0
    for index, char in (
        enumerate(text) if "[[" in text or "{{" in text or text.count("[") + text.count("{") > MAX_DEPTH else ()
    ):
        if char in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise FormatError(source.at(text.count("\n", 0, index) + 1), f"expected at most {MAX_DEPTH} levels")
        elif char in "]}":
            depth = max(0, depth - 1)
    indents: list[int] = []
    for number, line in enumerate(text.split("\n"), 1) if len(text) > MAX_DEPTH * MAX_DEPTH else ():
        stripped = line.lstrip(" ")
        if not stripped:
            continue
        indent = len(line) - len(stripped)
        while indents and indents[-1] >= indent:
            indents.pop()
        indents.append(indent)
        if len(indents) > MAX_DEPTH or stripped.startswith("- " * MAX_DEPTH):
            raise FormatError(source.at(number), f"expected at most {MAX_DEPTH} levels")


class _Converter:
    def __init__(self, source: Source, content_lines: Iterable[int]) -> None:
        self.source = source
        self.lines = source.text.split("\n")
        self.content_lines = sorted(content_lines)
        self.count = 0

    def convert(self, node: YamlNode, depth: int = 0) -> Node:
        self.count += 1
        if self.count > MAX_NODES or depth > MAX_DEPTH:
            raise FormatError(
                self.source.at(node.start_mark.line + 1),
                "expected fewer nodes or levels; aliases multiply them",
            )
        if isinstance(node, ScalarNode):
            return self.scalar(node)
        if isinstance(node, SequenceNode):
            items = [self.convert(item, depth + 1) for item in node.value]
            return Sequence(items, self.place(node), open_=self.is_open(node), tag=_custom(node))
        assert isinstance(node, MappingNode)
        return Mapping(self.entries(node, depth), self.place(node), open_=self.is_open(node), tag=_custom(node))

    def entries(self, node: MappingNode, depth: int) -> list[tuple[Scalar, Node]]:
        own: list[tuple[Scalar, Node]] = []
        merged: list[tuple[Scalar, Node]] = []
        for key, value in node.value:
            if isinstance(key, ScalarNode) and key.value == "<<" and not key.style:
                converted = self.convert(value, depth + 1)
                parts = converted.items if isinstance(converted, Sequence) else [converted]
                # The first of several merged mappings wins, and lookups take the last entry.
                for part in reversed(parts):
                    if isinstance(part, Mapping):
                        merged.extend(part.entries)
            elif isinstance(key, ScalarNode):
                own.append((self.scalar(key), self.convert(value, depth + 1)))
        names = {key.text for key, _ in own}
        unique = {key.text: (key, value) for key, value in merged if key.text not in names}
        return [*unique.values(), *own]

    def scalar(self, node: ScalarNode) -> Scalar:
        literal = node.style == "|"
        return Scalar(
            node.value,
            self.place(node),
            plain=not node.style,
            tag=_custom(node),
            exact=literal,
            text_at=self.block_start(node) if literal else None,
        )

    def block_start(self, node: ScalarNode) -> Location:
        """Return where the first line of a literal block scalar's text stands; its lines follow one by one."""
        line = node.start_mark.line + 1
        indent = 0
        for text in self.lines[line : node.end_mark.line + 1]:
            if text.strip():
                indent = len(text) - len(text.lstrip(" "))
                break
        return self.source.at(line + 1, indent + 1)

    def place(self, node: YamlNode) -> Location:
        start, end = node.start_mark, node.end_mark
        if end.column == 0 and end.line > start.line:
            return self.source.at(start.line + 1, start.column + 1, end.line, 0)
        return self.source.at(start.line + 1, start.column + 1, end.line + 1, max(end.column, 1))

    def is_open(self, node: YamlNode) -> bool:
        """Tell whether an expression that puts out content stands inside the node or right after it."""
        first, last = node.start_mark.line + 1, node.end_mark.line + 2
        return any(first <= line <= last for line in self.content_lines)


def _custom(node: YamlNode) -> str:
    """Return the node's tag if the file itself writes one of its own kind (`!reset`), "" otherwise."""
    return node.tag if node.tag.startswith("!") else ""


def embedded(scalar: Scalar, name: str) -> Source:
    """Return the text of a scalar as a source of its own (`name`: the file name it stands for)."""
    return Source(
        path=scalar.text_at.path,
        text=scalar.text,
        line=scalar.text_at.line,
        column=scalar.text_at.column,
        exact=scalar.exact,
        name=name,
    )
