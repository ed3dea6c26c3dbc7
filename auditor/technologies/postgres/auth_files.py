"""Read pg_hba.conf and pg_ident.conf with everything they include, as one server sees the files."""

import posixpath
from collections.abc import Iterator
from dataclasses import field

from auditor.formats.template import mask
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.records import dataclass
from auditor.technologies.common.hba.reach import MAX_RULES
from auditor.technologies.common.hba.rule import Gap, HbaRule
from auditor.technologies.document import FileView

from .hba import RefusedError, parse_rule
from .ident import MapLine, parse_map_line
from .tokens import Field, Record, Token, records, without_placeholders

MAX_DEPTH = 10
"""CONF_FILE_MAX_DEPTH of the server (version 16; before, one file could only be named by `@`)."""
INCLUDES = frozenset({"include", "include_if_exists", "include_dir"})


@dataclass
class AuthFile:
    """What one authentication file holds: rules or map lines in order, with gaps, and what the server refuses."""

    rules: list[HbaRule | Gap] = field(default_factory=list[HbaRule | Gap])
    maps: list[MapLine | Gap] = field(default_factory=list[MapLine | Gap])
    problems: list[Problem] = field(default_factory=list[Problem])
    consumed: set[str] = field(default_factory=set[str])

    def unknown(self, reason: str, at: Location, *, first: bool = False) -> None:
        """Note that rules at the end, or anywhere (`first`), are not known."""
        self.rules.insert(0 if first else len(self.rules), Gap(reason, at))


def lines_of(source: Source, *, continuation: bool = True) -> Iterator[Record | Gap]:
    """Yield the records of a file, and a gap for every line that consists of a template expression."""
    text, content_lines = mask(without_placeholders(source.text))
    gaps = sorted(content_lines)
    for record in records(source, text, continuation=continuation):
        while gaps and source.at(gaps[0]).line <= record.at.line:
            yield Gap("a template expression puts lines here", source.at(gaps.pop(0)))
        yield record
    for line in gaps:
        yield Gap("a template expression puts lines here", source.at(line))


def read_hba(source: Source, path: str, view: FileView | None, major: int | None) -> AuthFile:
    """Read pg_hba.conf. `path` is the file's own name as the server knows it; relative includes start there.

    Without a `view`, files that it names are gaps.
    """
    result = AuthFile()
    for item in _Reader(view, major, result).expanded(source, path):
        if len(result.rules) >= MAX_RULES:
            result.rules.append(Gap(f"only the first {MAX_RULES} records are evaluated", item.at))
            break
        if isinstance(item, Gap):
            result.rules.append(item)
            continue
        try:
            result.rules.append(parse_rule(item, major))
        except RefusedError as error:
            result.problems.append(error.problem)
    return result


def read_ident(source: Source, path: str, view: FileView | None, major: int | None) -> AuthFile:
    """Read pg_ident.conf."""
    result = AuthFile()
    for item in _Reader(view, major, result).expanded(source, path):
        line = item if isinstance(item, Gap) else parse_map_line(item)
        if isinstance(line, Problem):
            result.problems.append(line)
        else:
            result.maps.append(line)
    return result


class _Reader:
    """One reading of a file and what it includes."""

    def __init__(self, view: FileView | None, major: int | None, result: AuthFile) -> None:
        self._view = view
        self._major = major
        self._result = result

    def expanded(self, source: Source, path: str, depth: int = 0) -> Iterator[Record | Gap]:
        """Yield records with `@file` words replaced and include lines (version 16 and later) followed."""
        self._result.consumed.add(source.key)
        for item in lines_of(source, continuation=self._major is None or self._major >= 14):
            if isinstance(item, Gap):
                yield item
                continue
            first = item.fields[0][0]
            if len(item.fields) == 2 and first.text in INCLUDES and (self._major is None or self._major >= 16):
                yield from self._include(item, path, depth)
                continue
            fields: list[Field] = []
            missing: Gap | None = None
            for words in item.fields:
                expanded = self._words(words, path, depth)
                if isinstance(expanded, Gap):
                    missing = expanded
                elif expanded:
                    fields.append(expanded)
            if missing is not None:
                yield missing
            elif fields:
                yield Record(tuple(fields), item.at)

    def _include(self, item: Record, path: str, depth: int) -> Iterator[Record | Gap]:
        kind, target = item.fields[0][0].text, item.fields[1][0].text
        full = posixpath.join(posixpath.dirname(path), target)
        if self._view is None or not item.fields[1][0].is_known:
            yield Gap("an included file is not known", item.at)
            return
        if depth >= MAX_DEPTH:
            self._refuse(item.at, "files include each other too deeply")
            return
        names = self._view.glob(posixpath.join(full, "*.conf")) if kind == "include_dir" else [full]
        if isinstance(names, Unknown):
            yield Gap(names.reason, item.at)
            return
        for name in sorted(name for name in names if not posixpath.basename(name).startswith(".")):
            found = self._view.open(name)
            if isinstance(found, Source):
                yield from self.expanded(found, name, depth + 1)
            elif isinstance(found, Unknown):
                yield Gap(found.reason, item.at)
            elif kind != "include_if_exists":
                yield Gap("the included file is not in the scanned files", item.at)

    def _words(self, words: Field, path: str, depth: int) -> Field | Gap:
        """Replace every `@file` by the words of the file, at the place of the reference."""
        found: list[Token] = []
        for token in words:
            name = token.included_file
            if name is None:
                found.append(token)
                continue
            full = posixpath.join(posixpath.dirname(path), name)
            known = self._view is not None and token.is_known
            source = self._view.open(full) if self._view is not None and known else Unknown("a named file is not known")
            if isinstance(source, Unknown):
                return Gap(source.reason, token.at)
            if source is None or depth >= MAX_DEPTH:
                return Gap("the file named by @ is not in the scanned files", token.at)
            self._result.consumed.add(source.key)
            for item in lines_of(source):
                if isinstance(item, Gap):
                    return item
                for inner in item.fields:
                    expanded = self._words(inner, full, depth + 1)
                    if isinstance(expanded, Gap):
                        return expanded
                    found += [Token(word.text, word.quoted, token.at) for word in expanded]
        return tuple(found)

    def _refuse(self, at: Location, message: str) -> None:
        self._result.problems.append(Problem(at=at, message=message))
