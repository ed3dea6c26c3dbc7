"""A Dockerfile as written: its build stages and the values that end up in layers."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import field, replace
from itertools import accumulate

from auditor.formats.errors import FormatError
from auditor.formats.template import is_templated, mask
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import settle
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.document import Assignment, Document

from .spoken import secrets_of
from .syntax import Heredoc, Instruction, read
from .words import json_words, split, unquote, unquoted_range

_REDIRECT = lazy(r"(?:>>?|\btee(?:[ \t]+-\S+)*)[ \t]*(/[^\s;&|<>\"']+)")
_FLAGS = lazy(r"(?:--\S+[ \t]+)*")

_MAX_COMMAND = 4096
"""How much of a RUN line is searched for the file that its here-document is written to, in characters."""


@dataclass(frozen=True)
class Pair:
    """A name with its value as written (`raw`, quotes included) and the place of the value without quotes."""

    name: str
    raw: str | None = field(repr=False)
    at: Location


@dataclass(frozen=True)
class Stage:
    """A build stage: `FROM base AS name` and the instructions up to the next `FROM`."""

    start: Instruction
    base: str
    base_at: Location
    name: str
    instructions: tuple[Instruction, ...]


@dataclass(frozen=True, kw_only=True)
class DockerfileDocument(Document):
    """A Dockerfile. `arguments` are the ARG instructions before the first FROM."""

    arguments: tuple[Instruction, ...] = field(default=(), repr=False)
    stages: tuple[Stage, ...] = field(default=(), repr=False)
    escape: str = "\\"

    def pairs(self, instruction: Instruction) -> list[Pair]:
        """Return the names and values of an ENV, ARG or LABEL instruction."""
        words = split(instruction.text, self.escape)
        if not words:
            return []
        if instruction.keyword != "ARG" and "=" not in words[0].raw:
            start = words[1].start if len(words) > 1 else len(instruction.text)
            raw = instruction.text[start:]
            return [Pair(words[0].raw, raw, self._value_at(instruction, raw, start))]
        found: list[Pair] = []
        for word in words:
            name, equals, raw = word.raw.partition("=")
            at = self._value_at(instruction, raw, word.start + len(name) + 1) if equals else None
            name_at = instruction.at(self.source, word.start, word.end)
            found.append(Pair(unquote(name, self.escape), raw if equals else None, at or name_at))
        return found

    def _value_at(self, instruction: Instruction, raw: str, start: int) -> Location:
        first, last = unquoted_range(raw, start)
        first = min(first, max(0, len(instruction.text) - 1))
        return instruction.at(self.source, first, last)

    def assignments(self) -> Iterator[Assignment]:
        """Yield what ENV, ARG, LABEL and RUN set in every stage; all of it stays readable in the image's history."""
        stages = [("", self.arguments), *((stage.name, stage.instructions) for stage in self.stages)]
        for name, instructions in stages:
            for instruction in instructions:
                if instruction.keyword == "RUN":
                    yield from self._spoken(name, instruction)
                if instruction.keyword not in {"ENV", "ARG", "LABEL"}:
                    continue
                for pair in self.pairs(instruction):
                    if pair.raw is not None and not (instruction.keyword == "LABEL" and " " in pair.raw):
                        value = settle(unquote(pair.raw, self.escape), "a template expression")
                        path = (name, instruction.keyword)
                        yield Assignment(key=pair.name, value=value, at=pair.at, container="image", path=path)

    def _spoken(self, stage: str, instruction: Instruction) -> Iterator[Assignment]:
        for said in secrets_of(instruction):
            yield Assignment(
                key=said.name,
                value=said.value,
                at=instruction.at(self.source, said.start, said.end),
                container="image",
                path=(stage, "RUN"),
                server_secret=said.is_secret,
                principal=said.account or None,
            )

    def embedded(self) -> Iterator[Source]:
        """Yield the text of here-documents that are written to a file of the image."""
        for stage in self.stages:
            for instruction in stage.instructions:
                for source, _ in self.written_files(instruction):
                    yield _unescaped(source) if instruction.heredocs[0].expanded else source

    def written_files(self, instruction: Instruction) -> list[tuple[Source, str]]:
        """Return the here-documents of a COPY, ADD or RUN with the path, as written, that each is written to."""
        trigger = instruction.trigger() if instruction.keyword == "ONBUILD" else None
        if trigger is not None:
            return self.written_files(trigger)
        if len(instruction.heredocs) != 1:
            return []
        (heredoc,) = instruction.heredocs
        if instruction.keyword == "RUN":
            redirect = _REDIRECT.search(instruction.text[:_MAX_COMMAND])
            return [(self.source_of(heredoc, redirect[1]), redirect[1])] if redirect else []
        words = [word.raw for word in split(instruction.text, self.escape) if not word.raw.startswith("--")]
        target = unquote(words[-1], self.escape) if len(words) > 1 else ""
        return [(self.source_of(heredoc, target), target)] if target and not target.endswith("/") else []

    def source_of(self, heredoc: Heredoc, target: str) -> Source:
        """Return a here-document as a source of its own, named after the file it becomes."""
        line = heredoc.line + self.source.line - 1
        return Source(path=self.source.path, text=heredoc.text, line=line, name=posixpath.basename(target))


def _unescaped(source: Source) -> Source:
    """Return a here-document as it is written to its file: dollar signs without the backslash before them."""
    escaped: dict[int, tuple[int, ...]] = {}
    for number, line in enumerate(source.text.split("\n"), 1):
        before = line.split("\\$")[:-1]
        if before:
            escaped[number] = tuple(accumulate(len(part) + 1 for part in before))
    return replace(source, text=source.text.replace("\\$", "$"), escaped=escaped) if escaped else source


def parse(source: Source) -> DockerfileDocument:
    """Read a Dockerfile.

    Raises:
        FormatError: it has no FROM.
    """
    text, partial = source.text, ""
    if is_templated(text) and re.search(r"\{%|^[ \t]*\{\{[^}]*\}\}[ \t]*$|\{\{-?[ \t]*(?:if|range|end)\b", text, re.M):
        partial = "template expressions"
        text, _ = mask(text)
    syntax = read(source, text)
    arguments: list[Instruction] = []
    stages: list[tuple[Instruction, list[Instruction]]] = []
    problems = list(syntax.problems)
    for instruction in syntax.instructions:
        if instruction.keyword == "FROM":
            stages.append((instruction, []))
        elif stages:
            stages[-1][1].append(instruction)
        elif instruction.keyword == "ARG":
            arguments.append(instruction)
        else:
            at = source.at(instruction.line)
            problems.append(Problem(at=at, message="expected FROM; only ARG may stand before it"))
    if not stages:
        raise FormatError(source.at(), "expected FROM")
    found = [_stage(source, start, instructions, syntax.escape) for start, instructions in stages]
    return DockerfileDocument(
        source=source,
        problems=tuple(problems),
        partial=partial,
        arguments=tuple(arguments),
        stages=tuple(found),
        escape=syntax.escape,
    )


def _stage(source: Source, start: Instruction, instructions: list[Instruction], escape: str) -> Stage:
    words = [word for word in split(start.text, escape) if not word.raw.startswith("--")]
    base = words[0] if words else None
    name = words[2].raw if len(words) == 3 and words[1].raw.upper() == "AS" else ""
    at = start.at(source, base.start, base.end) if base else source.at(start.line)
    return Stage(start, base.raw if base else "", at, name.lower(), tuple(instructions))


def arguments_of(instruction: Instruction, escape: str) -> list[tuple[str, int, int]]:
    """Return the words of an instruction that takes a JSON array or plain words, flags left out."""
    flags = _FLAGS.match(instruction.text)
    behind = flags.end() if flags is not None else 0
    words = json_words(instruction.text[behind:])
    if words is not None:
        return [(word, start + behind, end + behind) for word, start, end in words]
    plain = split(instruction.text, escape)
    return [(word.raw, word.start, word.end) for word in plain if not word.raw.startswith("--")]
