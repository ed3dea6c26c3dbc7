"""Hadoop's daemons and HBase as facts: what their effective configuration means to a client."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Final

from auditor.model.exposure import Exposure
from auditor.model.fact import Service
from auditor.model.location import Location
from auditor.model.unknown import HOLE, Unknown
from auditor.model.value import PartlyKnown
from auditor.records import dataclass

from .listening import Purpose
from .scope import Scope

_TEMPORARY: Final = ("/tmp/", "/var/tmp/", "/dev/shm/")  # noqa: S108  # looked for, not used
_AUTHENTICATING: Final = ("AuthenticationFilterInitializer",)
_PASSING: Final = frozenset({"StaticUserWebFilter", "HttpCrossOriginFilterInitializer", "HtmlQuotingFilterInitializer"})
"""Filters that ask nobody who is there."""


@dataclass(frozen=True)
class AuditLog:
    """Where the NameNode's audit log goes, in log4j's words (`INFO,RFAAUDIT`), and the place that decides it."""

    target: str | Unknown
    at: Location

    @property
    def is_off(self) -> bool | Unknown:
        """Whether nothing is kept: entries have the level INFO."""
        if isinstance(self.target, Unknown):
            return self.target
        level, _, appenders = self.target.partition(",")
        names = {name.strip() for name in appenders.split(",")} - {""}
        return level.strip().upper() in {"OFF", "FATAL", "ERROR", "WARN"} or names == {"NullAppender"}


@dataclass(frozen=True, kw_only=True)
class Hadoop(Service):
    """The daemons of one configuration directory or container; a family that does not run is None.

    `daemons` are their names as the start scripts write them (`namenode`). `reaches` is from where the ports of a
    purpose can be reached. `kept` are folders of the container on storage that outlives it.
    """

    hdfs: Scope | None = None
    yarn: Scope | None = None
    mapred: Scope | None = None
    daemons: frozenset[str] = frozenset()
    reaches: Mapping[Purpose, Exposure] = field(default_factory=dict[Purpose, Exposure])
    audit: AuditLog | None = None
    kept: tuple[str, ...] = ()

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """The families that run, those with the data first."""
        return tuple(scope for scope in (self.hdfs, self.yarn, self.mapred) if scope is not None)

    @property
    def deciding(self) -> tuple[Scope, ...]:
        """The families of which a daemon runs that decides who a user is: NameNode, ResourceManager, history server."""
        pairs = ((self.hdfs, "namenode"), (self.yarn, "resourcemanager"), (self.mapred, "historyserver"))
        return tuple(scope for scope, daemon in pairs if scope is not None and daemon in self.daemons)

    def runs(self, *daemons: str) -> bool:
        """Tell whether one of the daemons runs."""
        return not self.daemons.isdisjoint(daemons)


def temporary_folder(value: str | Unknown, kept: Sequence[str]) -> str | Unknown | None:
    """Return the first folder of a list that is emptied at a restart, None if none is.

    `kept` are folders of the container on storage that outlives it. The first part of a path decides, so that a part
    that is not known (`/tmp/hadoop-${user.name}`) need not be.
    """
    text = value.text if isinstance(value, PartlyKnown) else value
    if isinstance(text, Unknown):
        return text
    for item in text.split(","):
        path = item.strip().rpartition("]")[2].removeprefix("file://").removeprefix("file:")
        if path.startswith(_TEMPORARY):
            if not any(f"{path}/".startswith(f"{folder}/") or _may_be(path, folder) for folder in kept):
                return path.replace(HOLE, "…")
        elif HOLE in "/".join(path.split("/")[:2]):
            return Unknown("a part of the path is not known")
    return None


def _may_be(path: str, kept: str) -> bool:
    """Tell whether a path with an unknown part may lie below a mounted folder (`/tmp/hadoop-root`)."""
    return HOLE in path and kept.startswith(path.partition(HOLE)[0])


def titles(scopes: Sequence[Scope]) -> str:
    """Return the names of families as a row of words; there is at least one."""
    *first, last = [scope.title for scope in scopes]
    return f"{', '.join(first)} and {last}" if first else last


def asks_who(scope: Scope) -> bool | Unknown:
    """Return whether web pages ask who is there at all, whatever they take for an answer."""
    words = scope.words("hadoop.http.filter.initializers")
    if isinstance(words, Unknown):
        return words
    names = [word.rpartition(".")[2] for word in words]
    if any(name.endswith(_AUTHENTICATING) for name in names):
        return True
    if set(names) <= _PASSING:
        return False
    return Unknown("a filter of its own may ask who is there")


@dataclass(frozen=True, kw_only=True)
class SiteService(Service):
    """A server with one site file of its own. `kept` are folders of the container on storage that outlives it."""

    scope: Scope
    kept: tuple[str, ...] = ()

    def text(self, name: str) -> str | Unknown:
        """Return a property, "" if it is not set."""
        return self.scope.text(name)

    def flag(self, name: str) -> bool | Unknown:
        """Return a true/false property."""
        return self.scope.flag(name)


@dataclass(frozen=True, kw_only=True)
class Kms(SiteService):
    """The key management server of Hadoop."""


@dataclass(frozen=True, kw_only=True)
class HttpFs(SiteService):
    """The HTTP gateway to HDFS."""


@dataclass(frozen=True, kw_only=True)
class HBase(SiteService):
    """The master and region servers of HBase."""
