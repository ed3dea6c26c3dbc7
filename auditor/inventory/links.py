"""Proxies to what they hand on to: who answers behind them, and who is reached from outside through them."""

import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from auditor.model.exposure import Exposure, Reach
from auditor.model.fact import Service
from auditor.model.linking import HOST_SCOPE, LOOPBACK, Behind, Name, Network, Passage, Upstream
from auditor.model.location import Location
from auditor.model.unknown import UndecidedError
from auditor.model.workload import Workload
from auditor.records import dataclass
from auditor.technologies.common.configured import is_loopback

_MAX_ROUNDS = 20
"""Longest chain of proxies followed."""
_ON_HOST = Network(scopes=(HOST_SCOPE,))


@dataclass(frozen=True)
class Served:
    """The servers that a workload runs; `workload` is None for those of files that no workload loads."""

    workload: Workload | None
    services: tuple[Service, ...]

    @property
    def network(self) -> Network:
        return self.workload.network if self.workload is not None else _ON_HOST


@dataclass(frozen=True)
class _Found:
    """A workload with the port of it that an address means; `is_local` if the way is a loopback interface."""

    index: int
    port: int
    is_local: bool


def linked(served: Sequence[Served], serve: Callable[[Workload], Sequence[Service]]) -> Sequence[Served]:
    """Return the same with the ways in through proxies in the workloads, and with what stands behind each proxy.

    `serve` makes the servers of a workload again, whose exposure the ways in may have changed.
    """
    found = list(served)
    neighbours = _Neighbours([each.workload for each in served])
    for _ in range(_MAX_ROUNDS):
        added: dict[int, list[Passage]] = defaultdict(list)
        for number, client in enumerate(found):
            for service, upstream in _handed_on(client):
                for target in neighbours.at(number, client.network, service.at, upstream):
                    workload = found[target.index].workload
                    if workload is not None and _lets_in(workload, client, target):
                        _add(added[target.index], workload, target, _through(service, upstream, target.port))
        changed = {index: ways for index, ways in added.items() if ways}
        for index, ways in changed.items():
            workload = found[index].workload
            assert workload is not None
            workload = replace(workload, passages=(*workload.passages, *ways))
            found[index] = Served(workload, tuple(serve(workload)))
        if not changed:
            break
    return [_with_behinds(number, found, neighbours) for number in range(len(found))]


def _handed_on(client: Served) -> Iterator[tuple[Service, Upstream]]:
    """Yield what clients from outside are handed on to, whoever they are."""
    for service in client.services:
        for upstream in _upstreams(service):
            if upstream.reach.is_outside and not upstream.guarded:
                yield service, upstream


def _upstreams(service: Service) -> Iterator[Upstream]:
    """Yield what a server hands on to, up to what is not known; nothing of one that would not start."""
    with suppress(UndecidedError):
        yield from service.hands_on() if not service.refused else ()


def _through(service: Service, upstream: Upstream, port: int) -> Exposure:
    """Return the exposure of what a proxy hands on to: that of the proxy, told as a way through it."""
    tls = " with TLS" if upstream.ends_tls else ""
    via = f", {upstream.via}" if upstream.via else ""
    how = "with TLS" if upstream.encrypts else "in clear" if upstream.ends_tls or upstream.relays else "as it comes in"
    return Exposure(
        reach=upstream.reach.reach,
        reason=f"it is reached through {service.technology} ({service.component}), port {upstream.listens}{tls}{via}, "
        f"handed on {how} to port {port}; there, {upstream.reach.reason}",
        at=upstream.at,
        tls_ends=upstream.ends_tls or upstream.reach.tls_ends,
        relayed=upstream.relays or upstream.reach.relayed,
        through=service.component,
    )


def _lets_in(workload: Workload, client: Served, target: _Found) -> bool:
    """Tell whether what confines a workload lets the proxy in."""
    confined = workload.confined
    if confined is None or confined.reach not in {Reach.NAMED_PEERS, Reach.LOOPBACK} or target.is_local:
        return True
    labels: Mapping[str, str] = client.workload.labels if client.workload is not None else {}
    return confined.reach is Reach.NAMED_PEERS and any(
        (peer.ports is None or target.port in peer.ports) and peer.labels.items() <= labels.items()
        for peer in workload.network.peers
    )


def _add(added: list[Passage], workload: Workload, target: _Found, exposure: Exposure) -> None:
    """Add a way in unless there is as wide a one to that port already."""
    known = [way for way in (*workload.passages, *added) if way.port == target.port]
    if any(way.is_local >= target.is_local and way.exposure.ends_before <= exposure.ends_before for way in known):
        return
    own = workload.exposure(target.port)
    if target.is_local or own.widened([exposure]) is exposure:
        added.append(Passage(port=target.port, exposure=exposure, is_local=target.is_local))


def _with_behinds(number: int, all_served: Sequence[Served], neighbours: "_Neighbours") -> Served:
    """Return the servers, each proxy with what stands behind it."""
    client = all_served[number]
    services: list[Service] = []
    for service in client.services:
        behind: dict[Location, dict[str, Behind]] = defaultdict(dict)
        for upstream in _upstreams(service):
            for target in neighbours.at(number, client.network, service.at, upstream):
                workload = all_served[target.index].workload
                if workload is not None and not (target.is_local and not _declares(workload, target.port)):
                    behind[upstream.at].setdefault(
                        workload.component, Behind(component=workload.component, at=workload.at)
                    )
        told = {at: tuple(found.values()) for at, found in behind.items()}
        services.append(replace(service, behind=told) if told else service)
    return Served(client.workload, tuple(services))


def _declares(workload: Workload, port: int) -> bool:
    return any(each.container == port for each in workload.ports)


class _Neighbours:
    """The workloads by the names that others reach them by."""

    def __init__(self, workloads: Iterable[Workload | None]) -> None:
        self._workloads = list(workloads)
        self._names: dict[tuple[str, str], list[tuple[int, Name]]] = defaultdict(list)
        for index, workload in enumerate(self._workloads):
            for name in workload.network.names if workload is not None else ():
                self._names[(name.scope, name.host.lower())].append((index, name))

    def at(self, client: int, network: Network, place: Location, upstream: Upstream) -> Iterator[_Found]:
        """Yield what a proxy at `place` means by an address: what has the name in the nearest scope that knows it."""
        is_local = is_loopback(upstream.host)
        host = LOOPBACK if is_local else upstream.host.lower().rstrip(".")
        for scope in network.scopes:
            named = [
                (index, name)
                for index, name in self._names.get((scope, host), ())
                if index != client and (scope != HOST_SCOPE or _on_one_host(place, self._place(index), name))
            ]
            exact = [(index, name) for index, name in named if name.ports is not None and upstream.port in name.ports]
            whole = [(index, name) for index, name in named if name.ports is None]
            if not exact and not whole:
                continue
            # Whoever of those that share a loopback interface listens on the port: one does.
            if is_local or len({name.at for _, name in (exact or whole)}) == 1:
                unique = len({name.at for _, name in exact}) <= 1
                for index, name in (exact if unique else []) if exact else whole:
                    port = name.ports[upstream.port] if name.ports is not None else upstream.port
                    yield _Found(index, port, is_local and name.ports is None)
            return

    def _place(self, index: int) -> Location:
        workload = self._workloads[index]
        assert workload is not None
        return workload.at


def _on_one_host(one: Location, other: Location, name: Name) -> bool:
    """Tell whether two files are for one host, by the folders that stand for it.

    A port that a container publishes may be meant by a file in a folder above or below, a program by one of its host
    only.
    """
    first, second = _root_of(one.path), _root_of(other.path)
    if name.ports is None or first == second:
        return first == second
    return not first or not second or first.startswith(f"{second}/") or second.startswith(f"{first}/")


_ABSOLUTE = ("etc", "usr", "opt", "var", "srv", "home", "root", "run", "lib")


def _root_of(path: str) -> str:
    """Return the folder that a file's host is told by: the one that stands for `/`, else the file's own."""
    parts = path.split("/")[:-1]
    depth = next((depth for depth, part in enumerate(parts) if part in _ABSOLUTE), len(parts))
    return posixpath.join(*parts[:depth]) if depth else ""
