"""Comments in scanned files that set a finding aside: `auditor:ignore CHECK-ID reason`."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field

from auditor.model.report import Finding
from auditor.model.source import Source
from auditor.patterns import lazy
from auditor.records import dataclass

_WORD = "auditor:ignore"
_COMMENT = lazy(
    r"""(?:^|(?<=\s))
    (?:\#+ | //+ | ;+ | -- | !+ | %+ | /\*+ | <!-- | \{\{-?\s*/\* | \{\#)  # what opens a comment in some format
    \s*auditor:ignore(?![\w-])[\s:]*
    (?P<check>(?:\w+(?:-\w+)*)?)
    [\s:]*(?P<reason>.*)""",
    re.VERBOSE,
)
_CLOSING = lazy(r"\s*(?:\*+/(?:\s*-?\}\})?|-->|\#\})\s*$")


@dataclass(frozen=True, kw_only=True)
class Comment:
    """One such comment: `lines` are those whose findings it is for. `reason` is not yet redacted."""

    path: str
    line: int
    lines: frozenset[int]
    check_id: str
    reason: str = field(repr=False)

    @property
    def id(self) -> str:
        """What the comment is listed under; no id in a file of exceptions has a colon."""
        return f"inline:{self.path}:{self.line}"

    def covers(self, finding: Finding) -> bool:
        return finding.path == self.path and finding.line in self.lines


def find_comments(sources: Mapping[str, Source]) -> tuple[Comment, ...]:
    """Return the comments of all texts in the order of their places."""
    return tuple(comment for path in sorted(sources) for comment in _of_file(path, sources[path].text))


def _of_file(path: str, text: str) -> Iterable[Comment]:
    if _WORD not in text:
        return ()
    lines = text.split("\n")
    found = {
        number: match
        for number, line in enumerate(lines, 1)
        if _WORD in line and (match := _COMMENT.search(line)) is not None
    }
    return _comments(path, lines, found)


def _comments(path: str, lines: list[str], found: Mapping[int, re.Match[str]]) -> Iterator[Comment]:
    alone = {number for number, match in found.items() if not lines[number - 1][: match.start()].strip()}
    below: dict[int, int] = {}
    for number in sorted(alone, reverse=True):  # several such comments above one another are for the same line
        below[number] = below.get(number + 1, number + 1)
    for number, match in found.items():
        yield Comment(
            path=path,
            line=number,
            lines=frozenset({number, below.get(number, number)}),
            check_id=match["check"],
            reason=_CLOSING.sub("", match["reason"]).strip(),
        )
