"""A Collector with what runs in it."""

from auditor.model.fact import Service
from auditor.model.location import Location
from auditor.records import dataclass

from .components import Listener, Sender


@dataclass(frozen=True)
class Pipeline:
    """A pipeline. `limits_memory` tells whether a `memory_limiter` is among its processors."""

    name: str
    limits_memory: bool
    at: Location


@dataclass(frozen=True)
class Logged:
    """An exporter that writes whole records to the log."""

    name: str
    at: Location


@dataclass(frozen=True, kw_only=True)
class Collector(Service):
    """A Collector: only components that run. `incomplete` is why more may run, "" if all is known."""

    receivers: tuple[Listener, ...] = ()
    scraped: tuple[Listener, ...] = ()
    diagnostics: tuple[Listener, ...] = ()
    senders: tuple[Sender, ...] = ()
    logged: tuple[Logged, ...] = ()
    pipelines: tuple[Pipeline, ...] = ()
    incomplete: str = ""
