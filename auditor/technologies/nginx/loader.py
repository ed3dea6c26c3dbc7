"""Put a configuration together: the main file with its includes in place (`ngx_conf_include`, nginx 1.22-1.29)."""

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import field

from auditor.formats.nginx_directives import Directive, Word
from auditor.model.fact import Problem
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.document import FileView

from .document import NginxConfig, read
from .known_files import CONTENTS, HARMLESS
from .levels import Level, Line

MAX_INCLUDES = 500
MAX_CHARACTERS = 10_000_000
"""Of all included files together: configurations with thousands of servers stay below two million."""
_TOO_MANY = f"expected at most {MAX_INCLUDES} included files with {MAX_CHARACTERS} characters"
_GLOB = lazy(r"[*?\[]")
_TEMPLATE_VARIABLE = lazy(r"\$\{(\w+)\}|\$(\w+)")


@dataclass(frozen=True)
class _Text:
    """A file being read: `values` stand in for its variables, `stack` are the files that include it."""

    document: NginxConfig
    values: Mapping[str, str | Unknown]
    stack: tuple[str, ...]


@dataclass
class Loader:
    """Reads files as a server does whose main configuration stands in `folder`.

    `conventional` is the folder that absolute includes name while the tree holds its content beside the main file.
    """

    view: FileView
    folder: str = ""
    conventional: str = "/etc/nginx"
    values: Mapping[str, Mapping[str, str | Unknown]] = field(default_factory=dict[str, Mapping[str, str | Unknown]])
    """By a template's key, the variables that the image's start script puts into it (envsubst)."""
    consumed: set[str] = field(default_factory=set[str])
    problems: list[Problem] = field(default_factory=list[Problem])
    opened: int = 0
    characters: int = 0

    def load(self, document: NginxConfig, level: Level, stack: tuple[str, ...] = ()) -> None:
        """Add a file's directives to `level`; `stack` are the files that include it."""
        values = self.values.get(document.source.key, {})
        self.consumed.add(document.source.key)
        self.problems += document.problems
        if document.cut:
            level.open = level.open or "a template fills in parts of the file"
        self._add(document.directives, _Text(document, values, (*stack, document.source.key)), level)
        if any(not _inside(line, document.directives) for line in document.inserts):
            level.open = level.open or "a template puts lines in"

    def _add(self, directives: Iterable[Directive], text: _Text, level: Level) -> None:
        for directive in directives:
            line = _line(directive, text)
            if line.name == "include" and directive.block is None:
                self._include(line, text, level)
            elif directive.block is None:
                level.lines.append(line)
            else:
                inner = Level(line.name, line.words, line.at, level, conditional=line.conditional)
                level.blocks.append(inner)
                self._add(directive.block, text, inner)
                span = range(directive.name.line, directive.end_line + 1)
                if any(number in span and not _inside(number, directive.block) for number in text.document.inserts):
                    inner.open = inner.open or "a template puts lines in"

    def _include(self, line: Line, text: _Text, level: Level) -> None:
        path = line.word
        if level.kind in {"map", "geo", "types"}:
            return
        if isinstance(path, Unknown) or line.conditional:
            level.open = level.open or "which file is included is not known"
            return
        if posixpath.basename(path) in HARMLESS or "/modules" in path or path.startswith("modules"):
            return
        paths = self._matching(path) if _GLOB.search(path) else [path]
        if isinstance(paths, Unknown):
            level.open = level.open or f"the included files {path} are not in the scanned files"
            return
        for each in paths:
            self._include_one(each, line, text, level)

    def _include_one(self, path: str, line: Line, text: _Text, level: Level) -> None:
        self.opened += 1
        found = self._open(path)
        self.characters += len(found.text) if isinstance(found, Source) else 0
        too_many = self.opened > MAX_INCLUDES or self.characters > MAX_CHARACTERS
        if too_many or (isinstance(found, Source) and found.key in text.stack):
            message = _TOO_MANY if too_many else "expected no file that includes itself"
            self.problems.append(Problem(at=line.at, message=message))
        elif isinstance(found, Source):
            self.load(read(found), level, text.stack)
        elif posixpath.basename(path) in CONTENTS:
            for name, *words in CONTENTS[posixpath.basename(path)]:
                level.lines.append(Line(name, tuple(words), line.at))
        else:
            level.open = level.open or f"the included file {path} is not in the scanned files"

    def _resolved(self, path: str) -> str:
        return path if posixpath.isabs(path) else posixpath.join(self.folder, path)

    def _beside(self, path: str) -> str | None:
        """Return the path relative to the main file for one in the folder where packages put it."""
        prefix = self.conventional.rstrip("/") + "/"
        return path.removeprefix(prefix) if not self.folder and path.startswith(prefix) else None

    def _open(self, path: str) -> Source | Unknown | None:
        found = self.view.open(self._resolved(path))
        beside = self._beside(path)
        if not isinstance(found, Source) and beside is not None:
            other = self.view.open(beside)
            return other if isinstance(other, Source) else found
        return found

    def _matching(self, pattern: str) -> list[str] | Unknown:
        found = self.view.glob(self._resolved(pattern))
        beside = self._beside(pattern)
        if (isinstance(found, Unknown) or not found) and beside is not None:
            other = self.view.glob(beside)
            if not isinstance(other, Unknown) and other:
                return list(other)
        return found if isinstance(found, Unknown) else list(found)


def _inside(line: int, directives: Iterable[Directive]) -> bool:
    return any(
        directive.block is not None and directive.name.line <= line <= directive.end_line for directive in directives
    )


def _line(directive: Directive, text: _Text) -> Line:
    last = directive.arguments[-1] if directive.arguments else directive.name
    document = text.document
    at = document.source.at(directive.name.line, directive.name.column, last.end_line, last.end_column)
    words = tuple(_settled(word, text.values) for word in directive.arguments)
    return Line(directive.name.text, words, at, directive.name.line in document.conditional)


def _settled(word: Word, values: Mapping[str, str | Unknown]) -> str | Unknown:
    text = word.text
    if values and "$" in text:
        text = _TEMPLATE_VARIABLE.sub(lambda match: _value(match, values), text)
    return Unknown("the value is a template expression") if HOLE in text else text


def _value(match: re.Match[str], values: Mapping[str, str | Unknown]) -> str:
    value = values.get(match[1] or match[2])
    if value is None:
        return match[0]
    return HOLE if isinstance(value, Unknown) else value
