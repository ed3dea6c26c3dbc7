"""grafana.ini as Grafana's library reads it: gopkg.in/ini.v1 with its default options.

Source: `parser.go` of go-ini 1.67 (`readKeyName`, `readValue`, `readContinuationLines`). A comment ends a value at any
`#` or `;`, also without a blank before it, unless the value stands in triple quotes or backticks. A section or key that
is written twice is one; the last value holds.
"""

from collections.abc import Iterator
from dataclasses import field

from auditor.formats.template import conditional_lines, is_templated, mask
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown
from auditor.patterns import lazy
from auditor.records import dataclass

_BLANK = " \t\r"
_LONG = '"""'
_COMMENT = lazy(r"[#;]")
_DELIMITER = lazy(r"[=:]")


@dataclass(frozen=True)
class Entry:
    """One assignment, `section.key`; keys above the first section have their own name only. `at` covers the value."""

    name: str
    value: str | Unknown = field(repr=False)
    at: Location
    is_reference: bool = False
    """Whether it names where a secret is kept: a file, a Secret of Kubernetes."""


@dataclass(frozen=True)
class IniText:
    """What a file says. `opened` is why more may stand there, "" if all is known."""

    entries: tuple[Entry, ...]
    headers: dict[str, Location]
    problems: tuple[Problem, ...]
    opened: str


def read_ini(source: Source) -> IniText:
    """Read a file; what the library refuses becomes a problem."""
    text, inserts, conditional = source.text.removeprefix("\ufeff"), frozenset[int](), frozenset[int]()
    if is_templated(text):
        conditional = conditional_lines(text)
        text, inserts = mask(text)
    entries: list[Entry] = []
    headers: dict[str, Location] = {}
    problems: list[Problem] = []
    section = ""
    lines = enumerate(text.split("\n"), 1)
    for number, line in lines:
        content = line.strip(_BLANK)
        if not content or content[0] in "#;" or number in inserts:
            continue
        if content[0] == "[":
            end = content.rfind("]")
            if end < 0:
                problems.append(Problem(at=source.at(number), message="expected ] at the end of a section's name"))
                break
            section = "" if content[1:end] == "DEFAULT" else content[1:end]
            headers.setdefault(section, source.at(number))
            continue
        delimiter = _DELIMITER.search(line)
        if delimiter is None and HOLE in line:
            continue
        if delimiter is None:
            problems.append(Problem(at=source.at(number), message="expected key = value"))
            break
        key = line[: delimiter.start()].strip(_BLANK).strip('`"')
        value, start, length = _value(line, delimiter.end(), lines)
        at = source.at(number, start + 1, number, start + max(length, 1))
        name = f"{section}.{key}" if section else key
        if number in conditional:
            entries.append(Entry(name, Unknown("a template decides whether it is set"), at))
        elif HOLE in value:
            entries.append(Entry(name, Unknown("the value is filled in by a template"), at))
        elif value:  # an empty value leaves the default in force (loadSpecifiedConfigFile of Grafana)
            entries.append(Entry(name, value, at))
    opened = "a template puts in lines" if inserts else ""
    return IniText(tuple(entries), headers, tuple(problems), opened)


def _value(line: str, start: int, lines: Iterator[tuple[int, str]]) -> tuple[str, int, int]:
    """Return the value behind a delimiter, where its text begins in the line, and its length on that line."""
    start += len(line[start:]) - len(line[start:].lstrip(_BLANK))
    rest = line[start:].rstrip(_BLANK)
    for mark in (_LONG, "`"):
        if rest.startswith(mark) and len(rest) > len(mark):
            inside = rest[len(mark) :]
            end = inside.rfind(mark)
            if end >= 0:
                return inside[:end], start + len(mark), end
            return "\n".join([inside, *_until(mark, lines)]), start + len(mark), len(inside)
    if rest.endswith("\\"):
        joined = rest[:-1]
        for _, following in lines:
            part = following.strip(_BLANK)
            joined += part.removesuffix("\\")
            if not part.endswith("\\"):
                break
        return joined, start, len(rest)
    comment = _COMMENT.search(rest)
    bare = rest[: comment.start()].rstrip(_BLANK) if comment is not None else rest
    if len(bare) > 1 and bare[0] == bare[-1] and bare[0] in "\"'" and bare[0] not in bare[1:-1]:
        return bare[1:-1], start + 1, len(bare) - 2
    return bare, start, len(bare)


def _until(mark: str, lines: Iterator[tuple[int, str]]) -> Iterator[str]:
    for _, line in lines:
        end = line.rfind(mark)
        if end >= 0:
            yield line[:end]
            return
        yield line
