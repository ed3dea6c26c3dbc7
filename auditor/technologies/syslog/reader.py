"""Read rsyslog.conf (`grammar/lexer.l` and `grammar.y` of rsyslog 8; tried with `rsyslogd -N1` of 8.2302)."""

import re

from auditor.formats.properties import Lines
from auditor.formats.template import is_templated, mask
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE
from auditor.patterns import lazy

from .statements import Call, Directive, Filter, Object, OldAction, Other, Parameter, Statement, Stop

OBJECTS = frozenset(
    "global template module input action ruleset main_queue timezone lookup_table parser include dyn_stats "
    "percentile_stats".split()
)
_PLACEHOLDER = lazy(r"\$\{\w[^}]*\}|@[A-Z_]{2,}@|__[A-Z][A-Z_]+__")
_SKIPPED = lazy(r"(?:\s+|#[^\n]*|/\*.*?\*/)+", re.DOTALL)
_WORD = lazy(r"[A-Za-z_][\w.]*")
_DIRECTIVE = lazy(r"\$([A-Za-z]\w*)[ \t]*([^\n]*)")
_PRIORITY = lazy(r"[\w*][\w*,.;=!\ue000]*\.[\w*,.;=!\ue000]+(?=[ \t])")
_PROPERTY = lazy(r":[ \t]*[\w!$.-]+[ \t]*,[ \t]*!?\w+[ \t]*,?[ \t]*\"(?:[^\"\\\n]|\\.)*\"")
_PARAMETER = lazy(r"([\w.$]+)\s*=\s*")
_STRING = lazy(r"\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'|`[^`]*`", re.DOTALL)
_SET = lazy(r"(?:[^;\"'\n]|\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|\n)*;")
_EXPRESSION = lazy(r"(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|`[^`]*`|(?!\bthen\b)[^\"'`])*\bthen\b", re.DOTALL)
_DEEPEST = 40


class ReadingError(Exception):
    """rsyslog gives the file up here; the text says what it expects."""

    def __init__(self, offset: int, expected: str) -> None:
        super().__init__(expected)
        self.offset = offset
        self.expected = expected


class Reader:
    """Reads one file's text from the front."""

    def __init__(self, source: Source, text: str) -> None:
        self._source = source
        self._text = text
        self._lines = Lines(text)
        self._at: int = 0

    def file(self) -> list[Statement]:
        """Return all statements.

        Raises:
            ReadingError: there is something that rsyslog does not take.
        """
        found: list[Statement] = []
        while self._skip():
            self._statement(found, 0)
        return found

    def _skip(self) -> bool:
        match = _SKIPPED.match(self._text, self._at)
        self._at = match.end() if match is not None else self._at
        return self._at < len(self._text)

    def _place(self, start: int) -> Location:
        return self._source.at(*self._lines.place(start), *self._lines.place(max(self._at - 1, start)))

    def _statement(self, found: list[Statement], depth: int) -> None:
        text, start = self._text, self._at
        if depth > _DEEPEST:
            raise ReadingError(start, "expected less nesting")
        if text[start] == "$":
            match = _DIRECTIVE.match(text, start)
            if match is None:
                raise ReadingError(start, "expected the name of a directive")
            self._at = match.end()
            found.append(Directive(match[1].lower(), match[2].strip(), self._place(start)))
        elif text[start] == "&":
            self._at += 1
            self._continued(found, depth)
        elif match := _PROPERTY.match(text, start):
            self._at = match.end()
            found.append(Filter("property", match[0], self._guarded(depth)))
        elif (match := _WORD.match(text, start)) and self._keyword(match[0].lower(), match.end(), found, depth):
            return
        elif match := _PRIORITY.match(text, start):
            self._at = match.end()
            found.append(Filter("priority", match[0], self._guarded(depth)))
        else:
            self._action(found)

    def _continued(self, found: list[Statement], depth: int) -> None:
        actions = self._guarded(depth)
        last = found[-1] if found else None
        if isinstance(last, Filter):
            found[-1] = Filter(last.kind, last.text, (*last.then, *actions), last.otherwise)
        else:
            found.extend(actions)

    def _guarded(self, depth: int) -> tuple[Statement, ...]:
        """Return what stands behind a filter: a block, or one action."""
        if not self._skip():
            raise ReadingError(self._at, "expected an action behind a filter")
        if self._text[self._at] == "{":
            return self._block(depth)
        found: list[Statement] = []
        word = _WORD.match(self._text, self._at)
        if word is None or not self._keyword(word[0].lower(), word.end(), found, depth + 1):
            self._action(found)
        return tuple(found)

    def _block(self, depth: int) -> tuple[Statement, ...]:
        start = self._at
        self._at += 1
        found: list[Statement] = []
        while self._skip():
            if self._text[self._at] == "}":
                self._at += 1
                return tuple(found)
            self._statement(found, depth + 1)
        raise ReadingError(start, "expected the brace that closes a block")

    def _keyword(self, word: str, end: int, found: list[Statement], depth: int) -> bool:
        """Read a statement that starts with a word; False if the word is none of the language."""
        start, text = self._at, self._text
        behind = text[end : end + 200].lstrip(" \t\n")
        if word in OBJECTS and behind.startswith("("):
            self._at = text.index("(", end) + 1
            found.append(self._object(word, start, depth))
        elif word in {"stop", "continue"}:
            self._at = end
            found.append(Stop() if word == "stop" else Other())
        elif word in {"call", "call_indirect"} and (match := re.compile(r"[ \t]+([\w.$-]+)").match(text, end)):
            self._at = match.end()
            found.append(Call(match[1]) if word == "call" else Other())
        elif word in {"set", "unset", "reset"} and (match := _SET.match(text, end)):
            self._at = match.end()
            found.append(Other())
        elif word == "if":
            self._condition(end, found, depth)
        elif word == "foreach" and "{" in text[end:]:
            self._at = text.index("{", end)
            found.append(Other(self._block(depth)))
        elif word == "reload_lookup_table":
            self._at = text.find(")", end) + 1 or len(text)
            found.append(Other())
        else:
            return False
        return True

    def _condition(self, end: int, found: list[Statement], depth: int) -> None:
        match = _EXPRESSION.match(self._text, end)
        if match is None:
            raise ReadingError(self._at, "expected then behind a condition")
        self._at = match.end()
        then = self._guarded(depth)
        otherwise: tuple[Statement, ...] = ()
        place = self._at
        if self._skip() and re.compile(r"else\b").match(self._text, self._at):
            self._at += 4
            otherwise = self._guarded(depth)
        else:
            self._at = place
        found.append(Filter("expression", match[0][:-4].strip(), then, otherwise))

    def _object(self, kind: str, start: int, depth: int) -> Object:
        parameters: dict[str, Parameter] = {}
        while self._skip() and self._text[self._at] != ")":
            match = _PARAMETER.match(self._text, self._at)
            if match is None:
                raise ReadingError(self._at, "expected a name, an equals sign and a value in quotes")
            self._at = match.end()
            parameters[match[1].lower()] = self._values()
        if self._at >= len(self._text):
            raise ReadingError(start, "expected the parenthesis that closes an object")
        self._at += 1
        at, body = self._place(start), tuple[Statement, ...]()
        if self._skip() and kind in {"ruleset", "template"} and self._text[self._at] == "{":
            body = self._block(depth) if kind == "ruleset" else self._passed_over()
        return Object(kind, parameters, at, body)

    def _passed_over(self) -> tuple[Statement, ...]:
        """Skip the block of a template."""
        match = re.compile(r"\{(?:[^{}\"']|\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')*\}").match(self._text, self._at)
        if match is None:
            raise ReadingError(self._at, "expected the brace that closes a template")
        self._at = match.end()
        return ()

    def _values(self) -> Parameter:
        start = self._at
        found: list[str] = []
        is_array = self._text.startswith("[", self._at)
        self._at += is_array
        while True:
            self._skip()
            match = _STRING.match(self._text, self._at)
            if match is None:
                raise ReadingError(self._at, "expected a value in quotes")
            self._at = match.end()
            written = match[1] if match[1] is not None else match[2]
            # Between backticks stands `echo $NAME` or `cat FILE`, which rsyslog puts in when it starts.
            found.append(HOLE if written is None else re.sub(r"\\(.)", r"\1", written))
            if not is_array:
                return Parameter(tuple(found), self._inner(start))
            self._skip()
            sign = self._text[self._at : self._at + 1]
            self._at += 1
            if sign == "]":
                return Parameter(tuple(found), self._inner(start))
            if sign != ",":
                raise ReadingError(start, "expected the bracket that closes an array")

    def _inner(self, start: int) -> Location:
        """Return the place of what the quotes hold."""
        first, last = start + 1, max(self._at - 2, start + 1)
        return self._source.at(*self._lines.place(first), *self._lines.place(last))

    def _action(self, found: list[Statement]) -> None:
        start = self._at
        end = self._text.find("\n", start)
        end = len(self._text) if end < 0 else end
        line = self._text[start:end].rstrip()
        if not re.match(r"[-/|@~^:*>?\w\ue000]", line):
            raise ReadingError(start, "expected an action")
        self._at = start + len(line)
        found.append(Stop() if line == "~" else OldAction(line, self._place(start)))


def read_statements(source: Source) -> tuple[tuple[Statement, ...], tuple[Problem, ...], str]:
    """Return the statements of a file, what rsyslog refuses, and why lines are not known ("" if all are)."""
    text, gap = source.text, ""
    if is_templated(text):
        text = mask(text)[0]
        gap = "a template decides about lines"
    text = _PLACEHOLDER.sub(lambda match: HOLE * len(match[0]), text)
    try:
        return tuple(Reader(source, text).file()), (), gap
    except ReadingError as error:
        if gap or HOLE in text:
            return (), (), "a template decides about lines"
        lines = Lines(text)
        offset = min(error.offset, max(len(text) - 1, 0))
        return (), (Problem(at=source.at(*lines.place(offset)), message=error.expected),), ""
