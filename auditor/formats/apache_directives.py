"""The syntax of Apache HTTPD's configuration: lines, words and sections, each with its place.

It follows `ap_cfg_getline`, `ap_getword_conf` and `ap_build_config_sub` of 2.4 (`server/util.c`, `server/config.c`): a
line that ends with a backslash goes on in the next one, comments too; `#` starts a comment at the start of a line only;
a word may stand in single or double quotes, whose end needs no blank behind it and may be missing.
"""

from collections.abc import Iterator
from dataclasses import field

from auditor.records import dataclass

_BLANK = " \t\v\f\r"
MAX_DEPTH = 64
"""Sections inside each other; real configurations stay below ten."""


@dataclass(frozen=True)
class Word:
    """A word without its quotes; lines and columns from 1, end inclusive, quotes not counted."""

    text: str = field(repr=False)
    line: int
    column: int
    end_line: int
    end_column: int
    offset: int = 0
    """Where the word, with its quote, starts in the text behind the directive's name."""


@dataclass(frozen=True)
class Directive:
    """One directive; `block` is None unless it opens a section (`<Name …>`), whose name has no `<`.

    `rest` is the text behind the name, `end_line` the line of the directive's or the section's end.
    """

    name: Word
    arguments: tuple[Word, ...]
    rest: str = field(repr=False)
    block: tuple["Directive", ...] | None
    end_line: int


@dataclass(frozen=True)
class SyntaxFault:
    """Where the server would stop reading, and what it expects there."""

    line: int
    expected: str


@dataclass(frozen=True)
class Parsed:
    """What could be read; `fault` is the first place where the server stops, None if there is none."""

    directives: tuple[Directive, ...]
    fault: SyntaxFault | None = None


@dataclass(frozen=True)
class _Line:
    """A line after its continuations are put together; `places` has line and column of every character."""

    text: str
    places: tuple[tuple[int, int], ...]
    end_line: int


def _lines(text: str) -> Iterator[_Line]:
    """Yield the lines that say something, without blanks around them."""
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    physical = text.split("\n")
    for number, line in enumerate(physical, 1):
        content = line.removesuffix("\r") if number < len(physical) else line
        goes_on = content.endswith("\\") and number < len(physical)
        kept = content[:-1] if goes_on else content
        parts.append(kept)
        places += [(number, column) for column in range(1, len(kept) + 1)]
        if goes_on:
            continue
        whole = "".join(parts)
        stripped = whole.strip(_BLANK)
        if stripped and not stripped.startswith("#"):
            start = whole.index(stripped)
            yield _Line(stripped, tuple(places[start : start + len(stripped)]), number)
        parts, places = [], []


def _word_end(text: str, start: int) -> tuple[int, int, int]:
    """Return where the word at `start` begins and ends without quotes (exclusive), and where the next one may start."""
    quote = text[start] if text[start] in "\"'" else ""
    place = start + 1 if quote else start
    first = place
    while place < len(text):
        character = text[place]
        if quote and character == "\\" and text[place + 1 : place + 2] in {quote, "\\"}:
            place += 2
            continue
        if character == quote if quote else character in _BLANK:
            break
        place += 1
    after = min(place + 1, len(text)) if quote else place
    while after < len(text) and text[after] in _BLANK:
        after += 1
    return first, place, after


def _unescape(raw: str, quote: str) -> str:
    if "\\" not in raw:
        return raw
    parts: list[str] = []
    place = 0
    while place < len(raw):
        following = raw[place + 1 : place + 2]
        if raw[place] == "\\" and following and following in {"\\", quote}:
            place += 1
        parts.append(raw[place])
        place += 1
    return "".join(parts)


def split(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the words of an argument text as the server splits it: the word, its start and end (exclusive)."""
    place = 0
    while place < len(text) and text[place] in _BLANK:
        place += 1
    while place < len(text):
        quote = text[place] if text[place] in "\"'" else ""
        first, last, place = _word_end(text, place)
        yield _unescape(text[first:last], quote), first, last


def _words(line: _Line, start: int, stop: int) -> Iterator[Word]:
    for value, first, last in split(line.text[start:stop]):
        begin = line.places[min(start + first, len(line.places) - 1)]
        end = line.places[start + last - 1] if last > first else (begin[0], begin[1] - 1)
        quoted = first > 0 and line.text[start + first - 1] in "\"'"
        yield Word(value, *begin, *end, offset=first - quoted)


class _Open:
    """A section whose end has not come yet."""

    def __init__(self, name: Word, arguments: tuple[Word, ...], rest: str) -> None:
        self.name, self.arguments, self.rest = name, arguments, rest
        self.inner: list[Directive] = []


def parse(text: str) -> Parsed:
    """Read a configuration. What stands before the first fault is kept, sections that are open then included."""
    top: list[Directive] = []
    opened: list[_Open] = []
    fault: SyntaxFault | None = None
    last = 1
    for line in _lines(text.removeprefix("\ufeff")):
        last = line.end_line
        fault = _read(line, top, opened)
        if fault is not None:
            break
    if fault is None and opened:
        fault = SyntaxFault(opened[-1].name.line, "a closing line of the section")
    while opened:
        _close(top, opened, last)
    return Parsed(tuple(top), fault)


def _read(line: _Line, top: list[Directive], opened: list[_Open]) -> SyntaxFault | None:
    first, last, after = _word_end(line.text, 0)
    quote = line.text[0] if line.text[0] in "\"'" else ""
    name = _unescape(line.text[first:last], quote)
    number = line.places[0][0]
    if name.startswith("</"):
        if not opened or name[2:].rstrip(">").lower() != opened[-1].name.text.lower():
            return SyntaxFault(number, "the end of the section that was opened last")
        _close(top, opened, line.end_line)
        return None
    if not name.startswith("<"):
        word = _name(line, name, first, last)
        rest = line.text[after:]
        found = Directive(word, tuple(_words(line, after, len(line.text))), rest, None, line.end_line)
        (opened[-1].inner if opened else top).append(found)
        return None
    closing = line.text.rfind(">")
    if closing < 0:
        return SyntaxFault(number, "a closing > at the end of the section's first line")
    if len(opened) >= MAX_DEPTH:
        return SyntaxFault(number, f"at most {MAX_DEPTH} sections inside each other")
    word = _name(line, name[1:].removesuffix(">"), first + 1, last)
    stop = max(closing, after)
    opened.append(_Open(word, tuple(_words(line, after, stop)), line.text[after:stop]))
    return None


def _name(line: _Line, text: str, first: int, last: int) -> Word:
    return Word(text, *line.places[min(first, len(line.places) - 1)], *line.places[max(last - 1, 0)])


def _close(top: list[Directive], opened: list[_Open], end_line: int) -> None:
    done = opened.pop()
    found = Directive(done.name, done.arguments, done.rest, tuple(done.inner), end_line)
    (opened[-1].inner if opened else top).append(found)
