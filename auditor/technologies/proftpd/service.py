"""A ProFTPD server: its hosts, who gets in, and what anonymous users may do.

Sources: ProFTPD 1.3.8, tried; https://www.proftpd.org/docs/howto/Limit.html and TLS.html. Of several equal directives
the first counts, and one of the host itself before one of `<Global>`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Final

from auditor.model.fact import Service
from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.records import dataclass

from .document import Directive
from .loader import GAP

_TRUE: Final = frozenset({"on", "yes", "true", "1"})
_CONTROL: Final = frozenset({"on", "yes", "true", "1", "ctrl", "control", "auth", "both"})
_DATA: Final = frozenset({"on", "yes", "true", "1", "data", "both"})


@dataclass(frozen=True, kw_only=True)
class Block:
    """The directives of a section or a host, in the order in which they count."""

    directives: tuple[Directive, ...] = field(repr=False)
    gaps: Mapping[Directive, Unknown] = field(default_factory=dict[Directive, Unknown], repr=False)

    def first(self, *names: str) -> Directive | Unknown | None:
        """Return the directive that counts, None if there is none."""
        for each in self.directives:
            if each.name == GAP:
                return self.gaps.get(each, Unknown("lines are not known"))
            if each.name in names:
                return Unknown("a condition or a template decides whether it counts") if each.is_open else each
        return None

    def sections(self, name: str) -> Iterator[Directive]:
        """Yield the sections of a name."""
        return (each for each in self.directives if each.name == name and each.children is not None)

    def text(self, name: str, default: str) -> str | Unknown:
        """Return the words of the directive that counts, `default` without one."""
        found = self.first(name.lower())
        if found is None:
            return default
        return found if isinstance(found, Unknown) else found.text

    def flag(self, name: str, *, default: bool) -> bool | Unknown:
        """Return whether a directive is on."""
        value = self.text(name, "on" if default else "off")
        return value if isinstance(value, Unknown) else value.lower() in _TRUE

    def where(self, name: str, default: Location) -> Location:
        """Return the place of the directive that counts."""
        found = self.first(name.lower())
        return found.at if isinstance(found, Directive) else default

    def limit(self, command: str) -> bool | Unknown | None:
        """Return whether `<Limit>` allows a command or group here, None if nothing is said."""
        for section in self.sections("limit"):
            if command in {word.upper() for word in section.words}:
                return Unknown("a condition decides about a Limit") if section.is_open else _verdict(section)
        return None


def _verdict(section: Directive) -> bool | Unknown:
    names = {each.name for each in section.children or ()}
    if names <= {"denyall"} and names:
        return False
    if names <= {"allowall"}:
        return True
    return Unknown("a Limit depends on who connects")


@dataclass(frozen=True, kw_only=True)
class Anonymous(Block):
    """A section `<Anonymous>` of a host."""

    at: Location
    host: Block

    @property
    def lets_in(self) -> bool | Unknown:
        """Whether somebody logs in without a password of his own."""
        password = self.flag("AnonRequirePassword", default=False)
        if password is not False:
            return password if isinstance(password, Unknown) else False
        limit = self.limit("LOGIN")
        if limit is None:
            limit = self.host.limit("LOGIN")
        if limit is False or isinstance(limit, Unknown):
            return limit
        named_here = self.first("requirevalidshell") is not None
        if (self if named_here else self.host).flag("RequireValidShell", default=True) is not False:
            return Unknown("RequireValidShell is on, and whether the account has a valid shell is not known")
        return True

    @property
    def upload(self) -> Location | Unknown | None:
        """The place that lets anonymous users upload; None if none does."""
        entered = self.lets_in
        if entered is not True:
            return entered if isinstance(entered, Unknown) else None
        folders = [(each, Block(directives=each.children or ())) for each in self.sections("directory")]
        everywhere = [folder for each, folder in folders if each.text in {"*", "/*"}]
        for each, folder in [(None, None), *folders]:
            answer = _upload([*([folder] if folder is not None else []), *everywhere, self, self.host])
            if answer is not False:
                return answer if isinstance(answer, Unknown) else each.at if each is not None else self.at
        return None


def _upload(blocks: list[Block]) -> bool | Unknown:
    """Tell whether files are taken, by blocks from the innermost on: STOR's own limits count before those of groups."""
    if next((answer for each in blocks if (answer := each.limit("ALL")) is not None), None) is False:
        return False  # ALL holds the commands that open a connection for data
    for name in ("STOR", "WRITE"):
        for each in blocks:
            if (answer := each.limit(name)) is not None:
                return answer
    return True


@dataclass(frozen=True, kw_only=True)
class Host(Block):
    """The main server or a `<VirtualHost>`; `label` is "" for the main server."""

    label: str
    at: Location
    anonymous: tuple[Anonymous, ...] = ()

    @property
    def who(self) -> str:
        return f"the virtual host {self.label}" if self.label else "the server"

    @property
    def has_tls(self) -> bool | Unknown:
        """Whether TLS is offered."""
        return self.flag("TLSEngine", default=False)

    def requires_tls(self, part: str) -> bool | Unknown:
        """Return whether TLS is required for `control` (the log-in) or `data` (the files)."""
        engine, value = self.has_tls, self.text("TLSRequired", "off")
        if engine is not True:
            return engine
        if isinstance(value, Unknown):
            return value
        words = set(value.lower().split("+"))
        return bool(words & (_CONTROL if part == "control" else _DATA)) and f"!{part}" not in words

    @property
    def is_closed(self) -> bool:
        """Whether it listens on no port, or takes no log-in at all."""
        if self.limit("LOGIN") is False:
            return not any(each.limit("LOGIN") is True for each in self.anonymous)
        return self.text("Port", "21") == "0"


@dataclass(frozen=True, kw_only=True)
class Proftpd(Service):
    """A ProFTPD server. `hosts` are the main server and the virtual ones."""

    hosts: tuple[Host, ...] = ()
