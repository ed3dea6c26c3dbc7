"""GitHub's expressions `${{ … }}`: which contexts stand in one, and which of them its result can hold.

Source: GitHub Actions documentation, "Evaluate expressions in workflows and actions" (operators, functions, that
`&&` and `||` return an operand) and "Contexts reference"; names are not case-sensitive.
"""

from collections.abc import Iterator

from auditor.formats.properties import Lines
from auditor.formats.tree import Scalar
from auditor.model.location import Location
from auditor.patterns import lazy
from auditor.records import dataclass

_TOKEN = lazy(
    r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<number>[-+]?(?:0x[0-9a-fA-F]+|\d+(?:\.\d+)?(?:[eE][-+]?\d+)?))"
    r"|(?P<name>[A-Za-z_][\w-]*)|(?P<operator>\|\||&&|[=!<>]=|[!<>()\[\].,*]))"
)
_ANSWERS = frozenset("contains startswith endswith hashfiles success failure always cancelled".split())
"""Functions that return no part of what they are given."""
_COMPARISONS = frozenset(["==", "!=", "<", "<=", ">", ">="])
_MAX_DEPTH = 50
ALL_OF = ".**"
"""Behind a context's path: everything below it, which `toJSON` writes out."""


@dataclass(frozen=True)
class Expression:
    """One expression. `flows` are the contexts whose value can be in the result, `mentions` all that stand in it.

    Paths are in lower case with dots; `*` stands for every index (`github.event.commits.*.message`).
    """

    text: str
    at: Location
    flows: frozenset[str]
    mentions: frozenset[str]


def expressions_in(scalar: Scalar) -> Iterator[Expression]:
    """Yield the expressions of a text in order, each at its place."""
    text = scalar.text
    start = text.find("${{")
    places = Places(scalar) if start >= 0 else None
    while start >= 0 and places is not None:
        end = text.find("}}", start)
        if end < 0:
            return
        inner = text[start + 3 : end]
        flows, mentions = analyse(inner)
        yield Expression(inner.strip(), places.at(start, end + 2), flows, mentions)
        start = text.find("${{", end)


def analyse(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the contexts that flow into an expression's result, and all of it; GitHub refuses what is none."""
    parser = _Parser(text)
    try:
        flows = parser.either(0)
    except _SyntaxError:
        return frozenset(), frozenset(parser.mentions)
    return frozenset(flows), frozenset(parser.mentions)


class Places:
    """Where the parts of a scalar's text stand: at the whole scalar, if its lines were folded."""

    def __init__(self, scalar: Scalar) -> None:
        self._scalar = scalar
        self._lines = Lines(scalar.text) if scalar.exact else None

    def at(self, start: int, end: int) -> Location:
        """Return the place of the characters from `start` up to `end`."""
        whole = self._scalar.at
        if self._lines is not None:
            begin = self._scalar.text_at
            (line, column), (last, last_column) = self._lines.place(start), self._lines.place(max(end - 1, start))
            shift = begin.column - 1
            return Location(
                whole.path, begin.line + line - 1, column + shift, begin.line + last - 1, last_column + shift
            )
        if whole.line != whole.end_line:
            return whole
        shift = whole.column + (0 if self._scalar.plain else 1)
        return Location(whole.path, whole.line, shift + start, whole.line, shift + max(end - 1, start))


class _SyntaxError(Exception):
    """The text is no expression."""


class _Parser:
    """Recursive descent over the tokens; every method returns what flows into its result."""

    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, str]] = []
        self.mentions: set[str] = set()
        position = 0
        text = text.rstrip()
        while position < len(text):
            match = _TOKEN.match(text, position)
            if match is None or match.lastgroup is None:
                self.tokens.append(("end", ""))
                break
            self.tokens.append((match.lastgroup, match[match.lastgroup]))
            position = match.end()
        self.index = 0

    def peek(self) -> str:
        return self.tokens[self.index][1] if self.index < len(self.tokens) else ""

    def take(self) -> tuple[str, str]:
        if self.index >= len(self.tokens):
            raise _SyntaxError
        self.index += 1
        return self.tokens[self.index - 1]

    def expect(self, text: str) -> None:
        if self.take()[1] != text:
            raise _SyntaxError

    def either(self, depth: int) -> set[str]:
        flows = self.both(depth)
        while self.peek() == "||":
            self.take()
            flows = flows | self.both(depth)
        return flows

    def both(self, depth: int) -> set[str]:
        flows = self.comparison(depth)
        while self.peek() == "&&":
            self.take()
            flows = self.comparison(depth)  # the left side is returned only where it is false or empty
        return flows

    def comparison(self, depth: int) -> set[str]:
        flows: set[str] = self.operand(depth)
        while self.peek() in _COMPARISONS:
            self.take()
            self.operand(depth)
            flows = set[str]()
        return flows

    def operand(self, depth: int) -> set[str]:
        if depth > _MAX_DEPTH:
            raise _SyntaxError
        kind, text = self.take()
        if kind in {"text", "number"}:
            return set[str]()
        if text == "!":
            self.operand(depth + 1)
            return set()
        if text == "(":
            flows = self.either(depth + 1)
            self.expect(")")
            return flows
        if kind != "name":
            raise _SyntaxError
        if self.peek() == "(":
            flows = self.call(text.lower(), depth)
            self.path(depth)
            return flows
        path = ".".join([text.lower(), *self.path(depth)])
        self.mentions.add(path)
        return {path}

    def call(self, name: str, depth: int) -> set[str]:
        self.expect("(")
        flows: set[str] = set()
        while self.peek() != ")":
            flows |= self.either(depth + 1)
            if self.peek() == ",":
                self.take()
        self.expect(")")
        if name == "tojson":
            whole = {path + ALL_OF for path in flows}
            self.mentions |= whole
            return flows | whole
        return set() if name in _ANSWERS else flows

    def path(self, depth: int) -> list[str]:
        """Return the names behind a context."""
        names: list[str] = []
        while self.peek() in {".", "["}:
            if self.take()[1] == ".":
                names.append(self.take()[1].lower())
                continue
            kind, text = self.tokens[self.index] if self.index < len(self.tokens) else ("", "")
            if kind == "text" and self.tokens[self.index + 1 : self.index + 2] == [("operator", "]")]:
                self.take()
                names.append(text[1:-1].lower())
            elif text == "*":
                self.take()
                names.append("*")
            else:
                self.either(depth + 1)
                names.append("*")
            self.expect("]")
        return names
