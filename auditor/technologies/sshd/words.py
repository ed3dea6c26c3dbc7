"""Split a line of sshd_config as sshd does (`strdelim` and `argv_split` in `misc.c`, OpenSSH 9.2)."""

from dataclasses import field

from auditor.records import dataclass

BLANK = " \t\r\n"
_LINE_END = BLANK + "\f"


class QuoteError(Exception):
    """A quote is not closed."""


@dataclass(frozen=True)
class Line:
    """A line that says something: its keyword in lower case and what stands behind it.

    `rest` is the raw text behind the keyword, `column` where it starts, `start` and `end` the columns of the whole.
    """

    keyword: str
    rest: str = field(repr=False)
    column: int
    start: int
    end: int


def split_line(text: str) -> Line | None:
    """Return the keyword and the rest of a line; None for an empty line or a comment.

    Blanks and at most one `=` stand between them.
    """
    end = len(text.rstrip(_LINE_END))
    start = len(text) - len(text.lstrip(" \t\r"))
    if start >= end or text[start] == "#":
        return None
    keyword, place = next_word(text[:end], start)
    if not keyword or keyword.startswith("#"):
        return None
    return Line(keyword.lower(), text[place:end], place + 1, start + 1, end)


def next_word(text: str, place: int) -> tuple[str, int]:
    """Return the word at `place` and where the next one starts, as `strdelim` does.

    Raises:
        QuoteError: a double quote is not closed.
    """
    stop = next((index for index in range(place, len(text)) if text[index] in BLANK or text[index] in '"='), len(text))
    if stop == len(text):
        return text[place:], len(text)
    if text[stop] == '"':
        closing = text.find('"', stop + 1)
        if closing < 0:
            raise QuoteError
        return text[place:stop] + text[stop + 1 : closing], _skip(text, closing + 1)
    following = _skip(text, stop + 1)
    if text[stop] != "=" and text[following : following + 1] == "=":
        following = _skip(text, following + 1)
    return text[place:stop], following


def _skip(text: str, place: int) -> int:
    while place < len(text) and text[place] in BLANK:
        place += 1
    return place


def split_arguments(text: str) -> list[str]:
    """Return the words of what stands behind a keyword; a `#` at the start of a word ends them.

    Raises:
        QuoteError: a quote is not closed.
    """
    words: list[str] = []
    place = 0
    while place < len(text):
        if text[place] in " \t":
            place += 1
            continue
        if text[place] == "#":
            break
        word, place = _argument(text, place)
        words.append(word)
    return words


def _argument(text: str, place: int) -> tuple[str, int]:
    word: list[str] = []
    quote = ""
    while place < len(text):
        character = text[place]
        following = text[place + 1 : place + 2]
        if character == "\\" and following and (following in "'\"\\" or (not quote and following == " ")):
            word.append(following)
            place += 1
        elif not quote and character in " \t":
            return "".join(word), place
        elif not quote and character in "\"'":
            quote = character
        elif quote and character == quote:
            quote = ""
        else:
            word.append(character)
        place += 1
    if quote:
        raise QuoteError
    return "".join(word), place
