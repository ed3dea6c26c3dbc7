"""`command` and `entrypoint`: the words of the string form and of the list form.

Sources: Compose Specification, "command": the string form is split as a shell would split it, after interpolation,
and no shell runs it. Compose v2 ends the command at an unquoted `;`, `&`, `|`, `<` or `>` without a word
(mattn/go-shellwords, which it splits with; github.com/docker/docs pull request 13265).
"""

from auditor.formats.tree import Node, Scalar, Sequence
from auditor.model.unknown import HOLE, Unknown
from auditor.model.value import PartlyKnown
from auditor.model.workload import Located

from .text import Places, Text

OPERATORS = frozenset(";&|<>")
"""Unquoted characters at which Compose v2 ends a command."""


def split(line: str, ends: frozenset[str] = frozenset()) -> list[tuple[str, int, int]]:
    """Split a command line into words without quotes and backslashes, up to an unquoted character of `ends`.

    Returns:
        Each word with the indices in `line` of its first character and behind its last one, quotes left out
        where they enclose the whole word. An open quote ends with the line.
    """
    words: list[tuple[str, int, int]] = []
    word: list[str] = []
    start = -1
    quote = ""
    index = 0
    while index < len(line):
        char = line[index]
        if quote:
            if char == quote:
                quote = ""
            elif char == "\\" and quote == '"' and index + 1 < len(line):
                index += 1
                word.append(line[index])
            else:
                word.append(char)
        elif char in ends:
            break
        elif char.isspace():
            if start >= 0:
                words.append(_word(line, word, start, index))
                word, start = [], -1
        else:
            start = index if start < 0 else start
            if char in {"'", '"'}:
                quote = char
            elif char == "\\" and index + 1 < len(line):
                index += 1
                word.append(line[index])
            else:
                word.append(char)
        index += 1
    if start >= 0:
        words.append(_word(line, word, start, index))
    return words


def _word(line: str, word: list[str], start: int, end: int) -> tuple[str, int, int]:
    text = "".join(word)
    if end - start == len(text) + 2 and line[start] in {"'", '"'} and line[end - 1] == line[start]:
        return text, start + 1, end - 1
    return text, start, end


def words(node: Node | None, places: Places) -> tuple[Located[str], ...] | None:
    """Return the words of a command with their places, None if the image's own runs."""
    if isinstance(node, Sequence):
        return tuple(Located(value=_known(item.text, item.value), at=item.at) for item in node.scalars())
    if not isinstance(node, Scalar) or node.is_null:
        return None
    reason = Unknown(node.reason if isinstance(node, Text) else "a template expression")
    return tuple(
        Located(value=_known(word, reason if HOLE in word else word), at=places.part(node, start, end))
        for word, start, end in split(node.text, OPERATORS)
    )


def _known(text: str, value: str | Unknown) -> str | Unknown:
    """Return a word, with its known parts where it is not known whole (`--level=${LEVEL}`)."""
    return PartlyKnown(value.reason, text) if isinstance(value, Unknown) else value
