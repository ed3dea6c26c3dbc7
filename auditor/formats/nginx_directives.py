"""The syntax of nginx's configuration: words, directives and blocks, each with its place.

It follows `ngx_conf_read_token` (`src/core/ngx_conf_file.c`, nginx 1.22-1.29): quotes count at the start of a word
only, `#` starts a comment there only, `}` inside a word belongs to it, and a backslash keeps the next character.
"""

from dataclasses import field

from auditor.records import dataclass

_BLANK = " \t\r\n"
_ESCAPED = {'"': '"', "'": "'", "\\": "\\", "t": "\t", "r": "\r", "n": "\n"}
_LUA = "_by_lua_block"
MAX_DEPTH = 64
"""Blocks inside each other; real configurations stay below ten."""


@dataclass(frozen=True)
class Word:
    """A word without its quotes; lines and columns from 1, end inclusive, quotes not counted."""

    text: str = field(repr=False)
    line: int
    column: int
    end_line: int
    end_column: int
    quoted: bool = False


@dataclass(frozen=True)
class Directive:
    """A directive; `block` is None for one that ends with a semicolon, `end_line` the line of its end."""

    name: Word
    arguments: tuple[Word, ...]
    block: tuple["Directive", ...] | None
    end_line: int


@dataclass(frozen=True)
class SyntaxFault:
    """Where the server would stop reading, and what it expects there."""

    line: int
    column: int
    expected: str


@dataclass(frozen=True)
class Parsed:
    """What could be read; `fault` is where reading stopped, None at the end of the text."""

    directives: tuple[Directive, ...]
    fault: SyntaxFault | None = None


class _StopError(Exception):
    def __init__(self, fault: SyntaxFault) -> None:
        super().__init__(fault.expected)
        self.fault = fault


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0
        self.line = 1
        self.line_start = 0

    def column(self) -> int:
        return self.place - self.line_start + 1

    def stop(self, expected: str) -> _StopError:
        return _StopError(SyntaxFault(self.line, self.column(), expected))

    def advance(self) -> str:
        character = self.text[self.place]
        self.place += 1
        if character == "\n":
            self.line += 1
            self.line_start = self.place
        return character

    def skip_blank(self) -> None:
        """Skip blanks and comments before a word."""
        while self.place < len(self.text):
            character = self.text[self.place]
            if character == "#":
                end = self.text.find("\n", self.place)
                self.place = end if end >= 0 else len(self.text)
            elif character in _BLANK:
                self.advance()
            else:
                return

    def word(self) -> Word:
        quote = self.text[self.place] if self.text[self.place] in "\"'" else ""
        if quote:
            self.place += 1
        line, column, start = self.line, self.column(), self.place
        end_line, end_column = line, column - 1
        after_dollar = False
        while self.place < len(self.text):
            character = self.text[self.place]
            if character == "\\" and self.place + 1 < len(self.text):
                self.place += 1
                after_dollar = False
            elif character == "{" and after_dollar:
                pass
            elif quote and character == quote:
                raw = self.text[start : self.place]
                self.place += 1
                self._check_after_quote()
                return Word(_unescape(raw), line, column, end_line, end_column, quoted=True)
            elif not quote and (character in _BLANK or character in ";{"):
                break
            else:
                after_dollar = character == "$"
            end_line, end_column = self.line, self.column()
            self.advance()
        if quote:
            raise self.stop("a closing quote")
        return Word(_unescape(self.text[start : self.place]), line, column, end_line, end_column)

    def _check_after_quote(self) -> None:
        following = self.text[self.place : self.place + 1]
        if following and following not in _BLANK and following not in ";{)":
            raise self.stop("a blank, a semicolon or an opening brace after a closing quote")

    def block(self, depth: int) -> tuple[Directive, ...]:
        """Read directives up to the closing brace of this block, or to the end of the text at depth 0."""
        found: list[Directive] = []
        while True:
            directive = self.directive(depth, found)
            if directive is None:
                return tuple(found)
            found.append(directive)

    def directive(self, depth: int, before: list[Directive]) -> Directive | None:
        words: list[Word] = []
        while True:
            self.skip_blank()
            if self.place >= len(self.text):
                if words or depth:
                    raise _StopError(
                        SyntaxFault(
                            words[0].line if words else before[-1].end_line if before else self.line,
                            words[0].column if words else 1,
                            "a semicolon or an opening brace" if words else "a closing brace",
                        )
                    )
                return None
            character = self.text[self.place]
            if character == "}" and not words:
                if not depth:
                    raise self.stop("no closing brace here")
                self.place += 1
                return None
            if character == "}":
                raise self.stop("a semicolon before the closing brace")
            if character in ";{":
                if not words:
                    raise self.stop("the name of a directive")
                self.place += 1
                if character == ";":
                    return Directive(words[0], tuple(words[1:]), None, self.line)
                return self._with_block(words, depth)
            words.append(self.word())

    def _with_block(self, words: list[Word], depth: int) -> Directive:
        if words[0].text.endswith(_LUA):
            self._skip_lua()
            return Directive(words[0], tuple(words[1:]), (), self.line)
        if depth >= MAX_DEPTH:
            raise self.stop(f"at most {MAX_DEPTH} blocks inside each other")
        inner = self.block(depth + 1)
        return Directive(words[0], tuple(words[1:]), inner, self.line)

    def _skip_lua(self) -> None:
        """Skip Lua code up to the brace that closes the block; braces in its strings and comments do not count."""
        depth = 1
        while self.place < len(self.text):
            if self._skip_long_bracket():
                continue
            character = self.advance()
            if character in "\"'":
                self._skip_lua_string(character)
            elif character == "-" and self.text.startswith("-", self.place):
                self.place += 1
                if not self._skip_long_bracket():
                    end = self.text.find("\n", self.place)
                    self.place = end if end >= 0 else len(self.text)
            elif character in "{}":
                depth += 1 if character == "{" else -1
                if not depth:
                    return
        raise self.stop("the closing brace of Lua code")

    def _skip_lua_string(self, quote: str) -> None:
        while self.place < len(self.text):
            character = self.advance()
            if character == "\\" and self.place < len(self.text):
                self.advance()
            elif character in {quote, "\n"}:
                return

    def _skip_long_bracket(self) -> bool:
        """Skip `[[ … ]]` or `[==[ … ]==]` if one starts here."""
        if not self.text.startswith("[", self.place):
            return False
        after = self.place + 1
        while self.text.startswith("=", after):
            after += 1
        if not self.text.startswith("[", after):
            return False
        closing = "]" + "=" * (after - self.place - 1) + "]"
        end = self.text.find(closing, after + 1)
        stop = end + len(closing) if end >= 0 else len(self.text)
        while self.place < stop:
            self.advance()
        return True


def _unescape(raw: str) -> str:
    if "\\" not in raw:
        return raw
    parts: list[str] = []
    place = 0
    while place < len(raw):
        following = raw[place + 1 : place + 2]
        if raw[place] == "\\" and following in _ESCAPED and following:
            parts.append(_ESCAPED[following])
            place += 2
        else:
            parts.append(raw[place])
            place += 1
    return "".join(parts)


def parse(text: str) -> Parsed:
    """Read a configuration. Reading stops at the first fault; what stands before it at the top level is kept."""
    reader = _Reader(text)
    found: list[Directive] = []
    try:
        while (directive := reader.directive(0, found)) is not None:
            found.append(directive)
    except _StopError as stop:
        return Parsed(tuple(found), stop.fault)
    return Parsed(tuple(found))
