"""Dockerfile text to instructions with the place of every character.

Source: Docker manual, "Dockerfile reference": "Parser directives", "escape", "Here-documents"; comments and empty
lines within a continued instruction are left out.
"""

import re
from bisect import bisect_right
from dataclasses import field

from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.patterns import lazy
from auditor.records import dataclass

KEYWORDS = frozenset(
    "ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME "
    "WORKDIR".split()
)
_DIRECTIVE = lazy(r"#[ \t]*([A-Za-z]+)[ \t]*=[ \t]*(\S.*?)[ \t]*")
_COMMENT = lazy(r"[ \t]*#")
_INSTRUCTION = lazy(r"[ \t]*([A-Za-z]+)(?:[ \t]+|$)")
_HEREDOC = lazy(r"(?<!\S)\d*<<(-?)(?:'([^'\s]+)'|\"([^\"\s]+)\"|([^\s'\"<>|&;()]+))(?=\s|$|[>|&;)])")


@dataclass(frozen=True)
class Heredoc:
    """A here-document: its text (without leading tabs for `<<-`), the line of the text's first character.

    `expanded` is False if the delimiter is quoted, so that `$` in the text is literal.
    """

    text: str = field(repr=False)
    line: int
    expanded: bool


@dataclass(frozen=True)
class Instruction:
    """One instruction. `text` is what follows the keyword, continuation lines joined; `line` the keyword's line."""

    keyword: str
    text: str = field(repr=False)
    line: int
    end_line: int
    pieces: tuple[tuple[int, int, int], ...]
    """Offset in `text`, line and column of each physical line's part."""
    heredocs: tuple[Heredoc, ...] = ()

    def at(self, source: Source, start: int = 0, end: int | None = None) -> Location:
        """Return the place of the characters of `text` from `start` up to `end` (all of it by default)."""
        last = max(start, (len(self.text) if end is None else end) - 1)
        line, column = self._place(start)
        end_line, end_column = self._place(last)
        return source.at(line, column, end_line, end_column)

    def trigger(self) -> "Instruction | None":
        """Return the instruction behind ONBUILD, None if there is none that may stand there."""
        match = _INSTRUCTION.match(self.text)
        keyword = match[1].upper() if match is not None else ""
        if match is None or keyword not in KEYWORDS - {"FROM", "MAINTAINER", "ONBUILD"}:
            return None
        pieces = tuple((offset - match.end(), line, column) for offset, line, column in self.pieces)
        return Instruction(keyword, self.text[match.end() :], self.line, self.end_line, pieces, self.heredocs)

    def _place(self, index: int) -> tuple[int, int]:
        found = bisect_right(self.pieces, index, key=lambda piece: piece[0]) - 1
        offset, line, column = self.pieces[found]
        return line, column + index - offset


@dataclass(frozen=True)
class Syntax:
    """All instructions in order, the escape character, and the lines that are none."""

    instructions: tuple[Instruction, ...]
    escape: str
    problems: tuple[Problem, ...]


def read(source: Source, text: str) -> Syntax:
    """Read `text` (that of `source`, template expressions masked) into instructions."""
    return _Reader(source, text).read()


class _Reader:
    def __init__(self, source: Source, text: str) -> None:
        self.source = source
        self.lines = text.split("\n")
        self.index = 0
        self.escape = "\\"
        self.problems: list[Problem] = []

    def read(self) -> Syntax:
        self._directives()
        found: list[Instruction] = []
        while self.index < len(self.lines):
            line = self.lines[self.index]
            match = _INSTRUCTION.match(line)
            if not line.strip() or _COMMENT.match(line):
                self.index += 1
            elif match is None or match[1].upper() not in KEYWORDS:
                self._problem(self.index, "expected an instruction such as RUN or COPY")
                self.index += 1
            else:
                found.append(self._instruction(match[1].upper(), match.end()))
        return Syntax(tuple(found), self.escape, tuple(self.problems))

    def _problem(self, index: int, message: str) -> None:
        self.problems.append(Problem(at=self.source.at(index + 1), message=message))

    def _directives(self) -> None:
        """Read `# escape=` and other directives, which stand before everything else."""
        while self.index < len(self.lines):
            match = _DIRECTIVE.fullmatch(self.lines[self.index])
            if match is None:
                return
            if match[1].lower() == "escape" and match[2] in {"\\", "`"}:
                self.escape = match[2]
            self.index += 1

    def _instruction(self, keyword: str, column: int) -> Instruction:
        first = self.index
        escape = re.escape(self.escape)
        continuation = re.compile(rf"(?<!{escape}){escape}[ \t]*$")
        parts: list[str] = []
        pieces: list[tuple[int, int, int]] = []
        length = 0
        continued = True
        while continued and self.index < len(self.lines):
            line = self.lines[self.index]
            skipped = parts and (not line.strip() or _COMMENT.match(line))
            if not skipped:
                part = line[column:]
                match = continuation.search(part)
                continued = match is not None
                part = part[: match.start()] if match else part
                pieces.append((length, self.index + 1, column + 1))
                parts.append(part)
                length += len(part)
            column = 0
            self.index += 1
        text = "".join(parts).rstrip()
        end = self.index
        heredocs = self._heredocs(text) if "<<" in text and _takes_heredocs(keyword, text) else ()
        return Instruction(keyword, text, first + 1, max(end, self.index), tuple(pieces), heredocs)

    def _heredocs(self, text: str) -> tuple[Heredoc, ...]:
        found: list[Heredoc] = []
        for match in _HEREDOC.finditer(text):
            delimiter = match[2] or match[3] or match[4]
            first = self.index
            body: list[str] = []
            while self.index < len(self.lines):
                line = self.lines[self.index].lstrip("\t") if match[1] else self.lines[self.index]
                self.index += 1
                if line == delimiter:
                    break
                body.append(line)
            else:
                self._problem(first - 1, "expected the here-document's closing word")
            content = "".join(f"{line}\n" for line in body)
            found.append(Heredoc(content, first + 1, expanded=match[4] is not None))
        return tuple(found)


def _takes_heredocs(keyword: str, text: str) -> bool:
    """Tell whether an instruction may have here-documents: also one behind ONBUILD (buildkit, `canContainHeredoc`)."""
    behind = _INSTRUCTION.match(text) if keyword == "ONBUILD" else None
    return (behind[1].upper() if behind is not None else keyword) in {"RUN", "COPY", "ADD"}
