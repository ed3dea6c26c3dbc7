"""The files of a server in one piece: lines, Match blocks and included files in their order."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import field

from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.records import dataclass
from auditor.technologies.document import FileView

from .document import Directive, Gap, read_document
from .match import Condition, MatchRefusedError, read_condition

FOLDER = "/etc/ssh"
"""Where names in Include that are not absolute are looked up (`SSHDIR`)."""
_MAX_DEPTH = 16
_MAX_FILES = 200
_HOSTS_FILES = frozenset({"ssh_config", "moduli"})
"""Files that stand in /etc/ssh of a host: beside them, what is not there does not exist."""


@dataclass(frozen=True, kw_only=True)
class Match:
    """A Match line."""

    condition: Condition
    at: Location


@dataclass(frozen=True, kw_only=True)
class Include:
    """The files that one Include line reads."""

    programs: tuple["Program", ...]


Step = Directive | Match | Include | Gap
Program = tuple[Step, ...]


@dataclass
class Loader:
    """Reads files with what they include.

    `problems` are what sshd refuses, `gaps` why lines are not known. `drop_ins` are folders of additions that are not
    scanned with a file that stands alone; they are taken as empty, as they mostly are (git keeps no empty folder).
    """

    view: FileView
    main: str = ""
    problems: list[Problem] = field(default_factory=list[Problem])
    consumed: set[str] = field(default_factory=set[str])
    gaps: dict[Location, Unknown] = field(default_factory=dict[Location, Unknown])
    drop_ins: dict[Location, str] = field(default_factory=dict[Location, str])
    files: int = 0

    def load(self, source: Source, depth: int = 0) -> Program:
        """Return the steps of a file."""
        self.consumed.add(source.key)
        self.files += 1
        document = read_document(source)
        self.problems.extend(document.problems)
        return tuple(self._step(line, depth) for line in document.lines)

    def _step(self, line: Directive | Gap, depth: int) -> Step:
        if isinstance(line, Gap):
            return self._gap(line.at, Unknown("a template puts in lines here"))
        if line.keyword in {"match", "include"} and (line.unknown is not None or line.conditional):
            conditional = Unknown("a template decides about a Match or an Include")
            return self._gap(line.at, conditional if line.unknown is None else line.unknown)
        if line.keyword == "match":
            return self._match(line)
        if line.keyword == "include":
            return self._include(line, depth)
        return line

    def _gap(self, at: Location, reason: Unknown) -> Gap:
        self.gaps[at] = reason
        return Gap(at=at)

    def _match(self, line: Directive) -> Step:
        try:
            return Match(condition=read_condition(line.rest), at=line.at)
        except MatchRefusedError as error:
            self.problems.append(Problem(at=line.at, message=str(error)))
            return Match(condition=Condition((), unknown=Unknown("the criteria are refused")), at=line.at)

    def _include(self, line: Directive, depth: int) -> Step:
        if not line.words or "" in line.words:
            self.problems.append(Problem(at=line.at, message="expected files behind Include"))
            return Include(programs=())
        if depth >= _MAX_DEPTH:
            self.problems.append(Problem(at=line.at, message="expected at most 16 files that include each other"))
            return Include(programs=())
        found: list[Program] = []
        for word in line.words:
            paths = self._paths(word)
            if isinstance(paths, Unknown):
                if self.main and len(line.words) == 1 and _is_drop_in(word):
                    self.drop_ins[line.at] = word
                    return Include(programs=())
                return self._gap(line.at, paths)
            for path in paths:
                source = self.view.open(path)
                if isinstance(source, Unknown) or self.files > _MAX_FILES:
                    return self._gap(line.at, source if isinstance(source, Unknown) else Unknown("too many files"))
                if source is not None:
                    found.append(self.load(source, depth + 1))
        return Include(programs=tuple(found))

    def _paths(self, word: str) -> list[str] | Unknown:
        """Return the files that a word of Include stands for, as far as they are scanned."""
        path = word if word.startswith(("/", "~")) else posixpath.join(FOLDER, word)
        if path.startswith("~"):
            return Unknown("an Include refers to a home folder")
        found = self.view.glob(path) if re.search(r"[*?\[]", path) else self._single(path)
        inside = path.removeprefix(f"{FOLDER}/")
        if (isinstance(found, Unknown) or not found) and self.main and inside != path:
            beside = self.view.glob(inside)  # sshd_config's own folder stands for /etc/ssh
            if isinstance(beside, Unknown) or beside:
                return sorted(beside) if not isinstance(beside, Unknown) else beside
            siblings = self.view.glob("*")
            if not isinstance(siblings, Unknown) and _HOSTS_FILES & set(siblings):
                return []
        return sorted(found) if not isinstance(found, Unknown) else found

    def _single(self, path: str) -> list[str] | Unknown:
        opened = self.view.open(path)
        if isinstance(opened, Unknown):
            return opened
        return [path] if opened is not None else []


def _is_drop_in(word: str) -> bool:
    """Tell whether an Include means the folder that distributions have for additions."""
    return posixpath.join(FOLDER, word) == f"{FOLDER}/sshd_config.d/*.conf"


def conditions(program: Program) -> Iterator[tuple[Condition, Location]]:
    """Yield the conditions of all Match lines in order, included files in place."""
    for step in program:
        if isinstance(step, Match):
            yield step.condition, step.at
        elif isinstance(step, Include):
            for inner in step.programs:
                yield from conditions(inner)
