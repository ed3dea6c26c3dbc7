"""Proxies: `frontend`, `backend` and `listen` with what they take over from `defaults`.

Configuration manual 2.6, section 4: a proxy starts from the defaults section that it names behind `from`, else from the
latest one before it; a `defaults` section takes over nothing unless it names another one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.records import dataclass

from .acl import Acls
from .sections import Line, Section

PROXIES = ("frontend", "backend", "listen")
_MOST_INHERITED = 200_000
"""Lines that all proxies take over together; a proxy behind them may have any."""
_DEEPEST = 16
"""Defaults sections that take over from one another; real files have two or three."""


@dataclass(frozen=True, eq=False)
class Proxy:
    """A proxy: `inherited` are the lines of its defaults, outermost first, `parent` the nearest of them.

    `open` is why it may have further lines, "" if it has not.
    """

    section: Section
    inherited: tuple[Line, ...] = ()
    inherited_acls: Acls | None = None
    open: str = ""
    parent: Section | None = None

    @property
    def name(self) -> str:
        return self.section.name

    @property
    def at(self) -> Location:
        return self.section.at

    def __str__(self) -> str:
        return f"{self.section.kind} {self.name}"

    @property
    def is_frontend(self) -> bool:
        """Whether it takes connections."""
        return self.section.kind in {"frontend", "listen"}

    @property
    def is_backend(self) -> bool:
        """Whether it has servers."""
        return self.section.kind in {"backend", "listen"}

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines, inherited ones first."""
        return (*self.inherited, *self.section.lines)

    @cached_property
    def _own_by_name(self) -> Mapping[str, Sequence[Line]]:
        return _by_name(self.section.lines)

    @cached_property
    def _all_by_name(self) -> Mapping[str, Sequence[Line]]:
        return _by_name(self.lines)

    def own(self, *words: str) -> Iterator[Line]:
        """Yield the lines of the section itself that begin with these words, of which there is one at least."""
        return (line for line in self._own_by_name.get(words[0], ()) if line.starts(*words))

    def all(self, *words: str) -> Iterator[Line]:
        """Yield inherited and own lines that begin with these words, of which there is one at least."""
        return (line for line in self._all_by_name.get(words[0], ()) if line.starts(*words))

    def last(self, *words: str) -> Line | Unknown | None:
        """Return the line in force of a setting of which the last one counts."""
        found: Line | None = None
        doubt = self.open
        for line in self.inherited:
            if line.starts(*words):
                found, doubt = line, line.doubt or self.open
        for line in self.own(*words):
            found, doubt = line, line.doubt or self.section.open
        return Unknown(doubt) if doubt else found

    def text(self, *words: str) -> str | Unknown | None:
        """Return the word behind a setting in force, None where it is not set."""
        line = self.last(*words)
        return line.word(len(words)) if isinstance(line, Line) else line

    def option(self, name: str) -> bool | Unknown:
        """Return whether an `option` is on: `no option` and `default option` take it back."""
        answer: bool | Unknown = Unknown(self.open) if self.open else False
        for line in self.lines:
            takes_back = line.name in {"no", "default"}
            if line.words[int(takes_back) : int(takes_back) + 2] == ("option", name):
                answer = Unknown(line.doubt) if line.doubt else not takes_back
        return answer

    def option_line(self, name: str) -> Location:
        """Return the place of the last line of an option, or of the proxy."""
        return next((line.at for line in reversed(self.lines) if line.words[-2:] == ("option", name)), self.at)

    @property
    def mode(self) -> str | Unknown:
        """The mode; tcp where nothing is said."""
        return "tcp" if (found := self.text("mode")) is None else found

    @property
    def is_disabled(self) -> bool | Unknown:
        """Whether `disabled` keeps it from starting."""
        answer: bool | Unknown = False
        for line in self.lines:
            if line.words in {("disabled",), ("enabled",)}:
                answer = Unknown(line.doubt) if line.doubt else line.name == "disabled"
        return answer

    @cached_property
    def _own_acls(self) -> Acls:
        return acls_of(self.section.lines)

    @cached_property
    def _own_lines(self) -> frozenset[int]:
        return frozenset(map(id, self.section.lines))

    @cached_property
    def has_doubtful_acls(self) -> bool:
        """Whether a list of its own may not be there."""
        return any(line.name == "acl" and line.doubt for line in self.section.lines)

    @cached_property
    def default_servers(self) -> tuple[Line, ...]:
        """The `default-server` lines, inherited ones first."""
        return tuple(self.all("default-server"))

    def is_own(self, line: Line) -> bool:
        """Tell whether a line of it stands in its section, not in one it takes over from."""
        return id(line) in self._own_lines

    def acls(self, line: Line) -> Acls:
        """Return the lists that a rule sees: those of its own section."""
        return self._own_acls if self.is_own(line) else self.inherited_acls or {}


def _by_name(lines: Iterable[Line]) -> Mapping[str, Sequence[Line]]:
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.name, []).append(line)
    return found


def acls_of(lines: Sequence[Line]) -> Acls:
    """Return the declared lists with their tests."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for line in lines:
        if line.name == "acl" and len(line.words) > 2:
            found.setdefault(line.words[1], []).append(("it is not known",) if line.doubt else line.words[2:])
    return found


def proxies_of(sections: Sequence[Section], open_reason: str = "") -> Iterator[Proxy]:
    """Yield the proxies with what they take over; `open_reason` says why sections before them may be missing."""
    named: dict[str, Section] = {}
    latest: Section | None = None
    taken = 0
    for section in sections:
        if section.kind == "defaults":
            latest = section
            named[section.name] = section
        elif section.kind in PROXIES:
            start = named.get(section.parent) if section.parent is not None else latest
            chain = _chain(start, named)
            taken += sum(len(each_one.lines) for each_one in chain)
            followed = chain if taken <= _MOST_INHERITED else []
            lines = tuple(line for each_one in reversed(followed) for line in each_one.lines)
            reasons = [] if followed or not chain else ["more lines are taken over from defaults than are followed"]
            reasons += [reason for one in (section, *chain) for reason in (one.open, one.doubt) if reason]
            if open_reason and start is None:
                reasons.append(open_reason)
            yield Proxy(section, lines, acls_of(lines), reasons[0] if reasons else "", start)


def _chain(start: Section | None, named: Mapping[str, Section]) -> list[Section]:
    found: list[Section] = []
    while start is not None and start not in found and len(found) < _DEEPEST:
        found.append(start)
        start = named.get(start.parent) if start.parent is not None else None
    return found
