"""An env file: `NAME=value` lines by python-dotenv's parser, with the place of every value."""

import io
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from functools import cached_property
from itertools import accumulate

from dotenv.parser import Binding, parse_stream

from auditor.formats.interpolation import Lookup, interpolate
from auditor.formats.template import is_templated, mask
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE, settle
from auditor.model.workload import Variable
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.document import Assignment, Document

_BEFORE_VALUE = lazy(r"\s*(?:export[^\S\r\n]+)?(?:'[^']+'|[^=#\s]+)[^\S\r\n]*=[^\S\r\n]*")
_QUOTED = lazy(r"'((?:\\.|[^'\\])*)'|\"((?:\\.|[^\"\\])*)\"", re.S)


@dataclass(frozen=True)
class Entry:
    """One line. `text` is the value without quotes and escapes, None for a name alone; `quote` is `'`, `"` or ""."""

    name: str
    text: str | None = field(repr=False)
    quote: str
    at: Location


@dataclass(frozen=True, kw_only=True)
class DotenvDocument(Document):
    """An env file. `entries` holds every line in order, also those that a later one overrides."""

    entries: tuple[Entry, ...] = field(default=(), repr=False)

    @cached_property
    def variables(self) -> Mapping[str, Variable]:
        """The file's variables as a program reads them that loads this file alone; the last line of a name wins.

        `${NAME}` stands for a variable of the file itself. Single-quoted text is literal. `$NAME` without braces
        is left as written, because most readers of env files (python-dotenv, Node's dotenv) do so.
        """
        return evaluate(self.entries, lambda _: None, _only_braced)

    def assignments(self) -> Iterator[Assignment]:
        """Yield every line with its value as written, references included."""
        for entry in self.entries:
            if entry.text is not None:
                value = settle(entry.text, "a template expression")
                yield Assignment(key=entry.name, value=value, at=entry.at, container="env-file")


def evaluate(
    entries: tuple[Entry, ...], outer: Lookup, protect: Callable[[str], str] = lambda text: text
) -> dict[str, Variable]:
    """Return the variables that `entries` set, by Compose's rules for an `env_file`.

    Args:
        entries: the lines of the file.
        outer: what the environment of Compose itself sets (the project's `.env`); it is asked before the file.
        protect: applied to a text before interpolation.
    """
    found: dict[str, Variable] = {}
    known: dict[str, str] = {}

    def lookup(name: str) -> str | None:
        value = outer(name)
        return value if value is not None else known.get(name)

    for entry in entries:
        reference = None
        if entry.text is None:
            text = lookup(entry.name)
            reference = f"variable {entry.name}"
            text = HOLE if text is None else text
            reason = f"{entry.name} is passed on from the shell"
        elif entry.quote == "'":
            text, reason = entry.text, "a template expression"
        else:
            result = interpolate(protect(entry.text), lookup)
            text = result.text
            reason = f"variable {result.missing[0]} is not set in the file" if result.missing else "a template"
            if result.names:
                reference = f"variable {result.names[0]}"
        known[entry.name] = text
        found[entry.name] = Variable(name=entry.name, value=settle(text, reason), at=entry.at, reference=reference)
    return found


def _only_braced(text: str) -> str:
    """Double every dollar sign that does not begin `${NAME}`, so that it stays literal."""
    return re.sub(r"\$(?!\{[A-Za-z_])", "$$", text)


def parse(source: Source) -> DotenvDocument:
    """Read an env file; lines that are none become problems."""
    text = source.text
    partial = ""
    if is_templated(text):
        text, _ = mask(text)
        partial = "template expressions"
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]

    def at(start: int, end: int) -> Location:
        line = bisect_right(starts, start) - 1
        last = max(start, end - 1)
        end_line = bisect_right(starts, last) - 1
        return source.at(line + 1, start - starts[line] + 1, end_line + 1, last - starts[end_line] + 1)

    entries: list[Entry] = []
    problems: list[Problem] = []
    offset = len(text) - len(text.removeprefix("\ufeff"))
    for binding in parse_stream(io.StringIO(text, newline="")):
        written = binding.original.string
        if binding.error:
            start = offset + len(written) - len(written.lstrip())
            where = at(start, start)
            problems.append(Problem(at=where, message="expected NAME=value, quotes closed"))
        elif binding.key is not None:
            entries.append(_entry(binding, offset, at))
        offset += len(written)
    return DotenvDocument(source=source, problems=tuple(problems), partial=partial, entries=tuple(entries))


def _entry(binding: Binding, offset: int, at: Callable[[int, int], Location]) -> Entry:
    key = binding.key or ""
    written = binding.original.string
    before = _BEFORE_VALUE.match(written)
    if before is None or binding.value is None:
        start = offset + len(written) - len(written.lstrip())
        return Entry(key, None, "", at(start, start + len(key)))
    quoted = _QUOTED.match(written, before.end())
    if quoted is not None:
        start, end = quoted.start() + 1, quoted.end() - 1
        quote = written[quoted.start()]
    else:
        start, quote = before.end(), ""
        end = start + len(binding.value)
    return Entry(key, binding.value, quote, at(offset + start, offset + end))
