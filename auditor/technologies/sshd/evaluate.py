"""What is in force, for the whole server and for one client (`process_server_config_line_depth`, OpenSSH 9.2).

sshd reads its configuration twice: at the start, with every Match block switched off but `Match all`, and again for
each connection, when only lines inside matching blocks count. What the second reading set replaces the first.
"""

from collections.abc import Mapping
from dataclasses import field

from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.records import dataclass

from .algorithms import is_accepted
from .document import Directive, Gap
from .keywords import GLOBAL_ALIASES, KEYWORDS, OTHERS, Keyword, Kind, Repeat, Version, keyword_of
from .match import Client
from .program import Include, Match, Program
from .values import ValueRefusedError, normalise

_FIRST_MAXSTARTUPS: Version = (10, 0)


@dataclass(frozen=True)
class Value:
    """A value in force, where it is written, and the values of keywords that add up."""

    text: str | Unknown = field(repr=False)
    at: Location
    parts: tuple[str, ...] = field(default=(), repr=False)
    places: tuple[Location, ...] = ()


Values = dict[str, Value]


@dataclass
class Reading:
    """One reading of the configuration: the first without a client, a later one for a client."""

    client: Client | None
    version: Version | None
    gaps: Mapping[Location, Unknown]
    values: Values = field(default_factory=Values)
    problems: list[Problem] = field(default_factory=list[Problem])
    unrecognised: list[Problem] = field(default_factory=list[Problem])
    ineffective: list[tuple[Keyword, str, Location, Value]] = field(
        default_factory=list[tuple[Keyword, str, Location, Value]]
    )
    """Lines that another value comes before, of the first reading."""
    cloud: Unknown | None = None
    """Why keywords that are not in `values` may be set all the same."""
    _active: bool | Unknown = True

    def run(self, program: Program) -> "Reading":
        """Read all of it."""
        self._active = self.client is None
        self._read(program, only_match=self.client is not None, never=False)
        return self

    def _read(self, program: Program, *, only_match: bool, never: bool) -> None:
        for step in program:
            if isinstance(step, Include):
                before = self._active
                for inner in step.programs:
                    self._read(inner, only_match=only_match, never=not only_match and before is False)
                    self._active = before
            elif isinstance(step, Match):
                only_match = False
                self._active = False if never else self._holds(step)
            elif isinstance(step, Gap):
                self._skip(step.at)
            else:
                self._line(step)

    def _holds(self, step: Match) -> bool | Unknown:
        if self.client is None:
            return step.condition.is_all
        return step.condition.holds(self.client)

    def _skip(self, at: Location) -> None:
        """Lines that are not known may set everything that is not yet set, and hold Match blocks."""
        if self.cloud is None:
            self.cloud = self.gaps[at]

    def _line(self, line: Directive) -> None:
        keyword = keyword_of(line.keyword)
        if keyword is None:
            if self.client is None:
                self._unlisted(line)
            return
        old = self.version is not None and self.version < keyword.in_match_since
        if self._active is False and (not keyword.in_match or old or line.keyword in GLOBAL_ALIASES):
            if self.client is None and not line.conditional:
                message = f"expected {keyword.name} before the first Match block"
                self.problems.append(Problem(at=line.at, message=message))
            return
        value = self._value(keyword, line)
        if keyword.key == "unusedconnectiontimeout" and value == "none":
            self.values[keyword.key] = Value(value, line.at)  # sshd sets it wherever the line stands (`servconf.c`)
        if value is None or self._active is False:
            return
        if isinstance(self._active, Unknown):
            value = self._active
        self._set(keyword, value, line)

    def _unlisted(self, line: Directive) -> None:
        if line.conditional:
            return
        problem = Problem(at=line.at, message="expected a keyword that sshd knows")
        (self.problems if self.version is not None else self.unrecognised).append(problem)

    def _value(self, keyword: Keyword, line: Directive) -> str | Unknown | None:
        """Return the value; None if sshd refuses it."""
        if line.unknown is not None:
            return line.unknown
        if not line.rest or (keyword.kind is Kind.ALGORITHMS and not line.words):
            refusal = f"expected a value for {keyword.name}"
        elif self.version is not None and keyword.since > self.version:
            refusal = f"expected a keyword of OpenSSH {self.version[0]}.{self.version[1]}"
        elif keyword.key == "authenticationmethods" and line.words == ("any",) and keyword.key in self.values:
            # Even inside a block: sshd looks at what the global part has collected.
            refusal = "expected no AuthenticationMethods before the word any"
        elif keyword.kind is Kind.ALGORITHMS and not is_accepted(keyword.key, line.words[0], recent=self._is_recent):
            refusal = f"expected names of algorithms that sshd knows for {keyword.name}"
        else:
            try:
                value = normalise(keyword, line.words, line.rest)
            except ValueRefusedError as error:
                refusal = str(error)
            else:
                return Unknown("a template decides whether it is set") if line.conditional else value
        if self.client is None and not line.conditional:
            self.problems.append(Problem(at=line.at, message=refusal))
        return None

    def _set(self, keyword: Keyword, value: str | Unknown, line: Directive) -> None:
        key = keyword.key
        if keyword.kind is Kind.IGNORED or key in OTHERS:
            return
        before = self.values.get(key)
        if before is None:
            if self.cloud is not None and keyword.repeat is not Repeat.LAST:
                value = self.cloud
            parts = (value,) if isinstance(value, str) else ()
            self.values[key] = Value(value, line.at, parts, (line.at,) if parts else ())
        elif keyword.repeat is Repeat.ADD:
            self._add(key, before, value, line)
        elif keyword.repeat is Repeat.LAST and before.text != value:
            self.values[key] = Value(self._last(before.text, value), line.at)
        elif isinstance(value, str) and isinstance(before.text, str) and self._active is True:
            self.ineffective.append((keyword, value, line.at, before))

    def _add(self, key: str, before: Value, value: str | Unknown, line: Directive) -> None:
        if key == "subsystem" and isinstance(value, str):
            name = value.split()[0]
            if any(part.split()[0] == name for part in before.parts) and self._is_strict_about_subsystems:
                self.problems.append(Problem(at=line.at, message="expected each Subsystem only once"))
                return
        text = value if isinstance(value, Unknown) else before.text
        if isinstance(text, str) and isinstance(value, str):
            text = f"{text} {value}"
        parts = (*before.parts, value) if isinstance(value, str) else before.parts
        places = (*before.places, line.at) if isinstance(value, str) else before.places
        self.values[key] = Value(text, before.at, parts, places)

    @property
    def _is_recent(self) -> bool:
        return self.version is not None and self.version >= (7, 6)

    @property
    def _is_strict_about_subsystems(self) -> bool:
        return self.version is not None and self.version < (9, 5)

    def _last(self, before: str | Unknown, value: str | Unknown) -> str | Unknown:
        if self.version is None:
            return Unknown("whether the first or the last of several lines counts differs between versions")
        return value if self.version < _FIRST_MAXSTARTUPS else before


def in_force(first: Reading, second: Reading) -> Values:
    """Return the values for a client: those of the second reading over those of the first.

    A keyword that no block may hold keeps its first value, even one that `Match all` holds.
    """
    return {**first.values, **{key: value for key, value in second.values.items() if KEYWORDS[key].in_match}}
