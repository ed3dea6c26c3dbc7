"""HAProxy as a fact: its listeners, what they answer, and the servers behind it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property

from auditor.model.exposure import Exposure, Reach
from auditor.model.fact import Service
from auditor.model.linking import Upstream
from auditor.model.unknown import Unknown, known
from auditor.records import dataclass
from auditor.technologies.common.configured import Version

from .binds import Bind, addresses_of, binds_of
from .logs import Target, targets_of
from .options import Options
from .outcomes import Outcome, outcomes
from .probes import hosts_of, paths_of
from .proxies import Proxy
from .refusals import global_bind_options
from .requests import Request
from .sections import Line, Section, each
from .servers import Server, servers_of
from .tls import Versions

TLS_DEFAULT_SINCE: Version = (2, 2)

_MOST_REMEMBERED = 20_000
"""Answers kept for further questions; several checks ask for the same requests."""


@dataclass(frozen=True, kw_only=True)
class Haproxy(Service):
    """An HAProxy. `sections` are those of all its files in order; `open` is why there may be others, "" if not.

    `exposures` says from where a port can be reached.
    """

    sections: tuple[Section, ...] = ()
    proxies: tuple[Proxy, ...] = ()
    open: str = ""
    exposures: Mapping[int, Exposure] = field(default_factory=dict[int, Exposure])
    parsed_version: Version | None = None

    def hands_on(self) -> Iterable[Upstream]:
        from .handing import handed_on  # noqa: PLC0415  # it needs this class

        return handed_on(self)

    def started(self) -> Iterator[Proxy]:
        """Yield the proxies that run.

        Raises:
            UndecidedError: proxies may be missing, or HAProxy would not start.
        """
        if self.refused:
            known(Unknown("HAProxy would refuse to start with this configuration"))
        if self.open and not self.proxies:
            known(Unknown(self.open))
        return (proxy for proxy in self.proxies if proxy.is_disabled is not True)

    def frontends(self) -> Iterator[Proxy]:
        """Yield the proxies that take connections."""
        return (proxy for proxy in self.started() if proxy.is_frontend)

    def web(self) -> Iterator[Proxy]:
        """Yield the proxies that take connections and speak HTTP.

        Raises:
            UndecidedError: after them, where of another one the mode is not known.
        """
        modes = [(proxy, proxy.mode) for proxy in self.frontends()]
        yield from (proxy for proxy, mode in modes if mode == "http")
        for _, mode in modes:
            known(mode)

    def listening(self, proxies: Iterable[Proxy]) -> Iterator[Proxy]:
        """Yield `proxies`, for checks that look at their addresses.

        Raises:
            UndecidedError: after them, where an address is not known.
        """
        seen: list[Proxy] = []
        for proxy in proxies:
            seen.append(proxy)
            yield proxy
        for proxy in seen:
            for bind in self.binds(proxy):
                known(bind)

    def backends(self) -> Iterator[Proxy]:
        """Yield the proxies that have servers."""
        return (proxy for proxy in self.started() if proxy.is_backend)

    def globals(self, *words: str) -> Iterator[Line]:
        """Yield the lines of global sections that begin with these words."""
        return (line for section in each(self.sections, "global") for line in section.lines if line.starts(*words))

    def general(self, *words: str) -> str | Unknown | None:
        """Return the word behind a setting of the global section, None where it is not set."""
        found: str | Unknown | None = Unknown(self.open) if self.open else None
        for line in self.globals(*words):
            found = Unknown(line.doubt) if line.doubt else line.word(len(words))
        return found

    @cached_property
    def _binds(self) -> Mapping[Proxy, Sequence[Bind | Unknown]]:
        return {
            proxy: list(binds_of(proxy, global_bind_options(self.sections, proxy.section.order)))
            for proxy in self.proxies
        }

    def binds(self, proxy: Proxy) -> Sequence[Bind | Unknown]:
        """Return the addresses on which a proxy listens."""
        return self._binds[proxy]

    def known_binds(self, proxy: Proxy) -> list[Bind]:
        """Return the addresses that are known."""
        return [bind for bind in self._binds[proxy] if isinstance(bind, Bind)]

    def remote(self, proxy: Proxy, *, tls: bool | None = None) -> list[Bind]:
        """Return the known addresses that other hosts can reach, all or only those with or without TLS."""
        return [bind for bind in self.known_binds(proxy) if not bind.is_local and (tls is None or bind.is_tls is tls)]

    def sockets(self) -> Iterator[Bind]:
        """Yield the sockets of the runtime API (`stats socket`)."""
        for line in self.globals("stats", "socket"):
            if not line.doubt and not line.is_open:
                yield from addresses_of(line, Options(), start=2)

    def servers(self, proxy: Proxy) -> Iterator[Server | Unknown]:
        """Yield the servers of a proxy."""
        return servers_of(proxy)

    def logs(self, proxy: Proxy) -> tuple[Target, ...] | Unknown:
        """Return where the log of a proxy goes."""
        return targets_of(proxy, self.sections)

    def users(self) -> Iterator[Line]:
        """Yield the lines of users in user lists."""
        lists = each(self.sections, "userlist")
        return (line for section in lists for line in section.lines if line.name == "user" and len(line.words) > 2)

    def ciphers(self, proxy: Proxy, bind: Bind) -> str | Unknown | None:
        """Return the cipher list of a listener: its own, or the one for all that stands before it."""
        if "ciphers" in bind.options:
            return bind.options["ciphers"]
        before = [line for one in each(self.sections[: proxy.section.order], "global") for line in one.lines]
        found = [line for line in before if line.name == "ssl-default-bind-ciphers"]
        return found[-1].word(1) if found else None

    def reach(self, bind: Bind) -> Exposure:
        """Return from where an address can be reached."""
        if bind.is_local:
            return Exposure(reach=Reach.LOOPBACK, reason=f"it listens on {bind} only", at=bind.at)
        return self.exposures.get(bind.port, self.exposure) if isinstance(bind.port, int) else self.exposure

    def versions(self, bind: Bind) -> Versions | Unknown:
        """Return the versions of TLS that clients can negotiate."""
        since = self.parsed_version is None or self.parsed_version >= TLS_DEFAULT_SINCE
        return bind.versions(since)

    def answers(self, frontend: Proxy, request: Request) -> Iterator[Outcome | Unknown]:
        """Yield what becomes of a request to a frontend."""
        known_answers = self._answers.get((frontend, request))
        if known_answers is None:
            known_answers = tuple(outcomes(frontend, self.proxies, request))
            if len(self._answers) < _MOST_REMEMBERED:
                self._answers[frontend, request] = known_answers
        return iter(known_answers)

    @cached_property
    def _answers(self) -> dict[tuple[Proxy, Request], tuple[Outcome | Unknown, ...]]:
        return {}

    def paths(self, frontend: Proxy) -> Sequence[str]:
        """Return paths that tell the rules of a frontend and its backends apart."""
        if frontend not in self._paths:
            self._paths[frontend] = paths_of(frontend, self.proxies)
        return self._paths[frontend]

    @cached_property
    def _paths(self) -> dict[Proxy, Sequence[str]]:
        return {}

    def hosts(self, frontend: Proxy) -> Sequence[str]:
        """Return hosts that tell the rules of a frontend apart."""
        if frontend not in self._hosts:
            self._hosts[frontend] = hosts_of(frontend)
        return self._hosts[frontend]

    @cached_property
    def _hosts(self) -> dict[Proxy, Sequence[str]]:
        return {}

    def backends_of(self, frontend: Proxy) -> Iterator[Proxy]:
        """Yield the backends that a frontend names; all where the request names one."""
        names = [line.word(1) for line in frontend.all("use_backend")]
        names.append(frontend.text("default_backend") or "")
        any_one = any(isinstance(name, Unknown) or "%[" in name for name in names)
        return (backend for backend in self.backends() if any_one or backend.name in names)
