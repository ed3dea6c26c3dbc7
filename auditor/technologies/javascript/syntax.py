"""JavaScript and TypeScript by tree-sitter: nodes, their text and places. Broken code is read around the break."""

from collections.abc import Iterator
from functools import cache

import tree_sitter
import tree_sitter_javascript
import tree_sitter_typescript
from tree_sitter import Node

from auditor.model.location import Location
from auditor.model.source import Source

_TRANSPARENT = frozenset(
    {
        "parenthesized_expression", "as_expression", "satisfies_expression", "non_null_expression", "await_expression",
        "type_assertion",
    }
)  # fmt: skip
FUNCTIONS = frozenset(
    {
        "function_declaration", "function_expression", "generator_function", "generator_function_declaration",
        "arrow_function", "method_definition",
    }
)  # fmt: skip
CLASSES = frozenset({"class_declaration", "class", "abstract_class_declaration"})
_GRAMMARS = {"tsx": ("tsx",), **dict.fromkeys(("ts", "mts", "cts"), ("typescript",))}


@cache
def _language(grammar: str) -> tree_sitter.Language:
    languages = {
        "javascript": tree_sitter_javascript.language,
        "typescript": tree_sitter_typescript.language_typescript,
        "tsx": tree_sitter_typescript.language_tsx,
    }
    return tree_sitter.Language(languages[grammar]())


class Script:
    """A file's syntax tree; `is_broken` if a part of it is no code that the grammar knows."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._data = source.text.encode("utf-8", "replace")
        self._lines: list[bytes] | None = None
        self.changes: dict[str, frozenset[str]] | None = None
        """What code sets of each name's object, once it was looked for (`changes_in`)."""
        self.root = self._parse()
        self.is_broken = self.root.has_error

    def _parse(self) -> Node:
        ending = self.source.file_name.lower().rpartition(".")[2]
        # Types in .js files are Flow's, whose notation is close to TypeScript's.
        grammars = _GRAMMARS.get(ending, ("javascript", "tsx"))
        root = tree_sitter.Parser(_language(grammars[0])).parse(self._data).root_node
        if root.has_error and len(grammars) > 1:
            other = tree_sitter.Parser(_language(grammars[1])).parse(self._data).root_node
            return root if other.has_error else other
        return root

    def text(self, node: Node) -> str:
        """Return the text a node covers."""
        return self._data[node.start_byte : node.end_byte].decode("utf-8", "replace")

    def literal(self, node: Node | None) -> str | None:
        """Return the text of a string, None if it is none or has parts that are filled in. Escapes stay as written."""
        if node is None or node.type not in {"string", "template_string"}:
            return None
        if node.type == "template_string" and any(child.type == "template_substitution" for child in node.children):
            return None
        return self.text(node)[1:-1]

    def name(self, node: Node | None) -> str | None:
        """Return the name that a key, property or pattern is."""
        if node is None:
            return None
        if node.type in {"string", "template_string"}:
            return self.literal(node)
        if node.type == "computed_property_name":
            return self.literal(node.named_children[0]) if node.named_children else None
        return self.text(node) if node.type.endswith("identifier") or node.type.endswith("pattern") else None

    def place(self, node: Node) -> Location:
        """Return the place a node covers; of a string, without its quotes."""
        inset = 1 if node.type in {"string", "template_string"} and node.end_byte - node.start_byte > 2 else 0
        (row, column), (end_row, end_column) = node.start_point, node.end_point
        start = self._characters(row, column) + inset
        return self.source.at(row + 1, start + 1, end_row + 1, self._characters(end_row, end_column) - inset)

    def _characters(self, row: int, column: int) -> int:
        """Return a column in characters; tree-sitter counts bytes."""
        if self._lines is None:
            self._lines = self._data.split(b"\n")
        line = self._lines[row] if row < len(self._lines) else b""
        return len(line[:column].decode("utf-8", "replace"))


def bare(node: Node) -> Node:
    """Return the expression within parentheses, type assertions and `await`."""
    while node.type in _TRANSPARENT:
        inner = [child for child in node.named_children if child.type != "comment"]
        if not inner:
            return node
        node = inner[-1] if node.type == "type_assertion" else inner[0]
    return node


def inside(node: Node) -> Iterator[Node]:
    """Yield the nodes below `node` in source order, with functions and classes but not what is inside them."""
    waiting = list(reversed(node.named_children))
    while waiting:
        found = waiting.pop()
        yield found
        if found.type not in FUNCTIONS and found.type not in CLASSES:
            waiting.extend(reversed(found.named_children))


def arguments_of(call: Node) -> list[Node]:
    """Return the arguments of a call or a `new`."""
    arguments = call.child_by_field_name("arguments")
    if arguments is None or arguments.type != "arguments":
        return []
    return [bare(child) for child in arguments.named_children if child.type != "comment"]


def pairs_of(node: Node) -> Iterator[tuple[Node, Node]]:
    """Yield keys and values of an object; a shorthand is both, the value of a method is the method."""
    for child in node.named_children:
        yield from pairs_in(child)


def pairs_in(child: Node) -> Iterator[tuple[Node, Node]]:
    """Yield the key and value that a child of an object is."""
    if child.type == "pair":
        key, value = child.child_by_field_name("key"), child.child_by_field_name("value")
        if key is not None and value is not None:
            yield key, bare(value)
    elif child.type == "shorthand_property_identifier":
        yield child, child
    elif child.type == "method_definition":
        key = child.child_by_field_name("name")
        if key is not None:
            yield key, child


def returned_by(function: Node) -> Node | None:
    """Return the expression that a short function gives back."""
    body = function.child_by_field_name("body")
    if body is None:
        return None
    if body.type != "statement_block":
        return bare(body)
    for node in inside(body):
        if node.type == "return_statement" and node.named_children:
            return bare(node.named_children[0])
    return None
