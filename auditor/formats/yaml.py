"""YAML (and JSON, its subset) with the place of every node, by PyYAML's C composer."""

import re
from sys import intern
from typing import Generic, TypeVar

import yaml
from yaml import CSafeLoader, MappingNode, ScalarNode, SequenceNode
from yaml import Node as YamlNode
from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import CollectionEndEvent, CollectionStartEvent

from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE
from auditor.patterns import lazy

from .errors import FormatError
from .template import is_templated
from .tree import Mapping, MarkedScalar, Node, Scalar, Sequence
from .yaml_template import Insertion, mask_yaml

_BRACKET = lazy(r"[\[\]{}]")
MAX_DEPTH = 100
"""Deepest nesting read; real manifests stay below 30."""
_DASHES = lazy(rf"^[ ]*(?:- ){{{MAX_DEPTH}}}", re.M)
_SURROGATE = lazy(r"(?<!\\)((?:\\\\)*)\\u[dD][89a-fA-F][0-9a-fA-F]{2}")
"""Half of a character as JSON escapes it; YAML refuses it."""
_MAX_INTERNED = 40
"""Texts up to this length are kept once: keys and common values make up most of a tree."""
MAX_NODES = 500_000
"""Most nodes of one file after aliases are followed; an alias bomb is larger, real files are not."""


def parse(source: Source, *, templated: bool | None = None) -> list[Node]:
    """Read all documents of `source`; empty documents are left out.

    Template expressions are masked first where there are any (`templated` None: look for them).

    Raises:
        FormatError: the text is not YAML, is nested too deeply or grows too large through aliases.
    """
    text = source.text
    insertions: tuple[Insertion, ...] | None = None
    if templated or (templated is None and is_templated(text)):
        text, insertions = mask_yaml(text)
    if "\\ud" in text or "\\uD" in text:
        text = _SURROGATE.sub(r"\1\\uFFFD", text)  # as long as before: places stay
    _refuse_deep_nesting(text, source)
    documents: list[YamlNode] = []
    try:
        documents.extend(node for node in yaml.compose_all(text, CSafeLoader) if not _is_empty(node))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = source.at(mark.line + 1, mark.column + 1) if mark else source.at()
        raise FormatError(at, _explain(error)) from None
    except (YAMLError, RecursionError, UnicodeError, ValueError):
        raise FormatError(source.at(), "expected YAML text without control characters") from None
    converter = _Converter(source, text, insertions)
    nodes = [converter.convert(node) for node in documents]
    converter.apply_insertions()
    return nodes


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
    """Refuse text that nests beyond MAX_DEPTH, which the C composer would recurse into.

    The parser's events are counted only for text whose brackets or indentation look so deep.
    """
    if not _looks_deep(text):
        return
    depth = 0
    try:
        for event in yaml.parse(text, CSafeLoader):
            if isinstance(event, CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH:
                    line = event.start_mark.line + 1 if event.start_mark is not None else 1
                    raise FormatError(source.at(line), f"expected at most {MAX_DEPTH} levels")
            elif isinstance(event, CollectionEndEvent):
                depth -= 1
    except (YAMLError, UnicodeError, ValueError):
        return  # the composer stops at the same place and says why


def _looks_deep(text: str) -> bool:
    if text.count("[") + text.count("{") > MAX_DEPTH:
        depth = 0
        for bracket in _BRACKET.finditer(text):
            depth = depth + 1 if bracket[0] in "[{" else max(0, depth - 1)
            if depth > MAX_DEPTH:
                return True
    if len(text) < MAX_DEPTH * 2:
        return False
    if _DASHES.search(text):
        return True
    if len(text) < MAX_DEPTH * MAX_DEPTH // 2:
        return False
    indents: list[int] = []
    for line in text.split("\n"):
        stripped = line.lstrip(" ")
        if not stripped:
            continue
        indent = len(line) - len(stripped)
        while indents and indents[-1] >= indent:
            indents.pop()
        indents.append(indent)
        if len(indents) > MAX_DEPTH:
            return True
    return False


class _Converter:
    """Turns composed nodes into ours. `insertions` are None for a text without template expressions."""

    def __init__(self, source: Source, text: str, insertions: tuple[Insertion, ...] | None) -> None:
        self.source = source
        self.lines = text.split("\n")
        self.templated = insertions is not None
        self.insertions = insertions or ()
        self.count = 0
        self.spans: list[tuple[int, int, int, Mapping | Sequence]] = []
        """First line, line after the last, column (from 0) and node of every block mapping and list."""
        self.nulls: list[tuple[int, int, int, Scalar]] = []
        """The same of every value that is not written; the column is its key's."""

    def convert(self, node: YamlNode, depth: int = 0, since: int | None = None) -> Node:
        """Convert `node`; `since` is the line (from 0) where lines inserted before its first one belong to it."""
        self.count += 1
        if self.count > MAX_NODES or depth > MAX_DEPTH:
            raise FormatError(
                self.source.at(node.start_mark.line + 1),
                "expected fewer nodes or levels; aliases multiply them",
            )
        if isinstance(node, ScalarNode):
            return self.scalar(node)
        converted: Mapping | Sequence
        if isinstance(node, SequenceNode):
            items = [self.convert(item, depth + 1) for item in node.value]
            converted = Sequence(items, self.place(node), tag=_custom(node))
        else:
            assert isinstance(node, MappingNode)
            converted = Mapping(self.entries(node, depth), self.place(node), tag=_custom(node))
            converted.open = self.templated and any(HOLE in key.text for key, _ in converted)
        if self.insertions:
            start, end = node.start_mark, node.end_mark
            first = start.line if since is None else since
            self.spans.append((first, max(end.line, start.line + 1), start.column, converted))
        return converted

    def entries(self, node: MappingNode, depth: int) -> list[tuple[Scalar, Node]]:
        own: list[tuple[Scalar, Node]] = []
        merged: list[tuple[Scalar, Node]] = []
        for index, (key, value) in enumerate(node.value):
            if isinstance(key, ScalarNode) and key.value == "<<" and not key.style:
                converted = self.convert(value, depth + 1)
                parts = converted.items if isinstance(converted, Sequence) else [converted]
                # The first of several merged mappings wins, and lookups take the last entry.
                for part in reversed(parts):
                    if isinstance(part, Mapping):
                        merged.extend(part.entries)
            elif isinstance(key, ScalarNode):
                converted = self.convert(value, depth + 1, since=key.start_mark.line)
                own.append((self.scalar(key), converted))
                if self.insertions and isinstance(converted, Scalar) and converted.plain and not converted.text:
                    following = node.value[index + 1][0].start_mark if index + 1 < len(node.value) else node.end_mark
                    self.nulls.append((key.start_mark.line, following.line, key.start_mark.column, converted))
        names = {key.text for key, _ in own}
        unique = {key.text: (key, value) for key, value in merged if key.text not in names}
        entries = [*unique.values(), *own]
        return _without_branches(entries) if self.templated and len(names) < len(own) else entries

    def apply_insertions(self) -> None:
        """Open the mappings and lists that expressions add lines to; a value that one puts out is not known.

        Lines of an indentation that fits none of the nodes around them open all of these.
        """
        spans, nulls = _Sweep(self.spans), _Sweep(self.nulls)
        for insertion in self.insertions:
            line, indent = insertion.line - 1, insertion.indent
            around = spans.at(line)
            values = [scalar for column, scalar in nulls.at(line) if indent is None or column <= indent]
            exact = [node for column, node in around if column == indent]
            if not exact and not values:
                exact = [node for _, node in around]
            for node in exact:
                node.open = True
            for scalar in values:
                scalar.text = HOLE

    def scalar(self, node: ScalarNode) -> Scalar:
        tag = _custom(node)
        literal = node.style == "|"
        text = intern(node.value) if len(node.value) <= _MAX_INTERNED else node.value
        if not literal and not tag:
            return Scalar(text, self.place(node), plain=not node.style)
        start = self.block_start(node) if literal else None
        return MarkedScalar(text, self.place(node), plain=not node.style, tag=tag, exact=literal, text_at=start)

    def block_start(self, node: ScalarNode) -> Location:
        """Return where the first line of a literal block scalar's text stands; its lines follow one by one."""
        line = node.start_mark.line + 1
        shown = next((text for text in node.value.split("\n") if text.strip()), "")
        written = next((text for text in self.lines[line : node.end_mark.line + 1] if text.strip()), "")
        # A header such as `|2` leaves blanks at the start of the text that are not indentation.
        indent = max(0, _blanks(written) - _blanks(shown))
        return self.source.at(line + 1, indent + 1)

    def place(self, node: YamlNode) -> Location:
        start, end = node.start_mark, node.end_mark
        if end.column == 0 and end.line > start.line:
            return self.source.at(start.line + 1, start.column + 1, end.line, 0)
        return self.source.at(start.line + 1, start.column + 1, end.line + 1, max(end.column, 1))


_T = TypeVar("_T")


class _Sweep(Generic[_T]):
    """Answers for lines that only grow which spans (first line, line after the last, column, node) hold them."""

    def __init__(self, spans: list[tuple[int, int, int, _T]]) -> None:
        self.waiting = sorted(spans, key=lambda span: -span[0])
        self.open: list[tuple[int, int, int, _T]] = []

    def at(self, line: int) -> list[tuple[int, _T]]:
        """Return column and node of the spans that hold the line."""
        while self.waiting and self.waiting[-1][0] <= line:
            self.open.append(self.waiting.pop())
        self.open = [span for span in self.open if span[1] > line]
        return [(column, node) for _, _, column, node in self.open]


def _is_empty(node: YamlNode) -> bool:
    """Tell whether the document holds nothing, such as what stands between two `---`."""
    return isinstance(node, ScalarNode) and not node.value and not node.style


def _blanks(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _without_branches(entries: list[tuple[Scalar, Node]]) -> list[tuple[Scalar, Node]]:
    """Return one entry for each key; a key that branches of a template write differently has no known value."""
    by_name: dict[str, list[tuple[Scalar, Node]]] = {}
    for key, value in entries:
        by_name.setdefault(key.text, []).append((key, value))
    result: list[tuple[Scalar, Node]] = []
    for found in by_name.values():
        key, value = found[-1]
        texts = {node.text if isinstance(node, Scalar) else None for _, node in found}
        result.append(
            (key, value if len(found) == 1 or (len(texts) == 1 and None not in texts) else Scalar(HOLE, value.at))
        )
    return result


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
