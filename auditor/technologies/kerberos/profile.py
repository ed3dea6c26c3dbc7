"""Several files in one piece: the first value of a name counts, and a name may have several values."""

import posixpath
import re
from collections.abc import Sequence

from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.patterns import lazy
from auditor.technologies.document import FileView

from .document import Include, KrbConf, Relation, read_profile

_MOST_INCLUDED = 500
"""Files that are read because others include them, each time counted; files that include each other multiply."""
_DEEPEST = 10
_DROP_IN = lazy(r"[A-Za-z0-9_-]+|(?!\.).*\.conf", re.DOTALL)
"""Names of an included folder that are read: others are passed over (krb5.conf(5), 1.20)."""
YES = frozenset({"y", "yes", "true", "t", "1", "on"})
NO = frozenset({"n", "no", "false", "nil", "0", "off"})


class Profile:
    """The relations of files with what they include. `gap` is why a name without a value may have one, "" if not."""

    def __init__(self, documents: Sequence[KrbConf], view: FileView | None) -> None:
        self.relations: list[Relation] = []
        self.headers: dict[tuple[str, ...], Location] = {}
        self.problems: list[Problem] = []
        self.consumed: set[str] = set()
        self.gap = ""
        self.included = 0
        for document in documents:
            self._read(document, view, 0)

    def _read(self, document: KrbConf, view: FileView | None, depth: int) -> None:
        self.consumed.add(document.source.key)
        self.problems += document.problems
        self.gap = self.gap or document.gap
        for path, at in document.headers:
            self.headers.setdefault(path, at)
        for step in document.steps:
            if isinstance(step, Relation):
                self.relations.append(step)
            elif depth < _DEEPEST:
                self._include(step, view, depth)

    def _include(self, step: Include, view: FileView | None, depth: int) -> None:
        sources = self._sources(step, view)
        for source in sources:
            self.included += 1
            if self.included > _MOST_INCLUDED:
                self.gap = self.gap or f"more than {_MOST_INCLUDED} files are included"
                return
            if isinstance(source, Source):
                self._read(read_profile(source), view, depth + 1)
            else:
                self.gap = self.gap or "an included file is not in the scanned files"

    @staticmethod
    def _sources(step: Include, view: FileView | None) -> Sequence[Source | Unknown | None]:
        if isinstance(step.target, Unknown) or view is None:
            return (Unknown("which file is included is not known"),)
        if not step.is_folder:
            return (view.open(step.target),)
        names = view.glob(posixpath.join(step.target, "*"))
        if isinstance(names, Unknown):
            return (names,)
        return [view.open(name) for name in sorted(names) if _DROP_IN.fullmatch(posixpath.basename(name))]

    def all(self, *path: str) -> list[Relation]:
        """Return all values of a name, in order."""
        return [relation for relation in self.relations if relation.path == path]

    def first(self, *path: str) -> Relation | None:
        """Return the value in force of a name."""
        return next((relation for relation in self.relations if relation.path == path), None)

    def below(self, *path: str) -> list[str]:
        """Return the names of the subsections and values in a section."""
        names = [header[len(path)] for header in self.headers if len(header) == len(path) + 1 and header[:-1] == path]
        return list(dict.fromkeys(names))


def truth(text: str) -> bool | None:
    """Return what a word says in a boolean place, None where the library refuses it."""
    word = text.lower()
    return True if word in YES else False if word in NO else None


_UNITS = lazy(r"\s*(?:(\d{1,8})d)?\s*(?:(\d{1,8})h)?\s*(?:(\d{1,8})m)?\s*(?:(\d{1,8})s)?\s*")
_CLOCK = lazy(r"\s*(?:(\d{1,8})-)?(\d{1,8}):(\d{1,2})(?::(\d{1,2}))?\s*")


def seconds(text: str) -> int | Unknown:
    """Return a duration in seconds: `10h 30m`, `10:30`, or a number of seconds."""
    if re.fullmatch(r"\s*\d{1,9}\s*", text):
        return int(text)
    match = _CLOCK.fullmatch(text) or (_UNITS.fullmatch(text) if text.strip() else None)
    if match is None:
        return Unknown("a duration is not written as Kerberos expects it")
    days, hours, minutes, rest = (int(part or 0) for part in match.groups())
    return ((days * 24 + hours) * 60 + minutes) * 60 + rest
