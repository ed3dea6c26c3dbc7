"""Proxies to what they hand on to: who answers behind them, and who is reached from outside through them."""

import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from auditor.model.exposure import Exposure, Reach
from auditor.model.fact import Service
from auditor.model.linking import HOST_SCOPE, LOOPBACK, Behind, Network, Passage, Upstream
from auditor.model.location import Location
from auditor.model.unknown import UndecidedError
from auditor.model.workload import Workload
from auditor.records import dataclass
from auditor.technologies.common.configured import is_loopback

_MAX_ROUNDS = 20
"""Longest chain of proxies followed."""
_MAX_BESIDE = 40
"""Most programs that share a loopback interface and are looked at; hosts and Pods of real repositories have fewer."""
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


@dataclass(frozen=True)
class _Named:
    """The holder of a name; `port` is its own port that the name's leads to, `root` tells its host."""

    index: int
    at: Location
    root: str
    port: int = 0


Ask = Callable[[Service], Sequence[Upstream]]
"""Asks a proxy what it hands on to."""


def linked(served: Sequence[Served], serve: Callable[[Workload], Sequence[Service]], ask: Ask) -> Sequence[Served]:
    """Return the same with the ways in through proxies in the workloads, and with what stands behind each proxy.

    `serve` makes the servers of a workload again, whose exposure the ways in may have changed.
    """
    found = list(served)
    handed = [_handed_on(each, ask) for each in found]
    neighbours = _Neighbours([each.workload for each in served])
    ways: dict[tuple[int, int], list[Passage]] = defaultdict(list)  # by the workload's number and the port
    for _ in range(_MAX_ROUNDS):
        changed: dict[int, list[Passage]] = defaultdict(list)
        for number, client in enumerate(found):
            for service, upstream in handed[number]:
                if upstream.guarded or not upstream.reach.is_outside:
                    continue
                for target in neighbours.at(number, client.network, service.at, upstream):
                    workload = found[target.index].workload
                    if workload is not None and _lets_in(workload, client, target):
                        way = _through(service, upstream, target)
                        known = ways[(target.index, target.port)]
                        if _is_wider(way, known, workload):
                            known.append(way)
                            changed[target.index].append(way)
        for index, added in changed.items():
            workload = found[index].workload
            assert workload is not None
            workload = replace(workload, passages=(*workload.passages, *added))
            found[index] = Served(workload, tuple(serve(workload)))
            handed[index] = _handed_on(found[index], ask)
        if not changed:
            break
    return [_with_behinds(number, found, handed[number], neighbours) for number in range(len(found))]


def upstreams_of(service: Service) -> Iterator[Upstream]:
    """Yield what a server hands on to, up to what is not known; nothing of one that would not start."""
    with suppress(UndecidedError):
        yield from service.hands_on() if not service.refused else ()


def _handed_on(client: Served, ask: Ask) -> list[tuple[Service, Upstream]]:
    return [(service, upstream) for service in client.services for upstream in ask(service)]


def _through(service: Service, upstream: Upstream, target: _Found) -> Passage:
    """Return the way to what a proxy hands on to: as exposed as the proxy is."""
    tls = " with TLS" if upstream.ends_tls else ""
    via = f", {upstream.via}" if upstream.via else ""
    how = "with TLS" if upstream.encrypts else "in clear" if upstream.ends_tls or upstream.relays else "as it comes in"
    exposure = Exposure(
        reach=upstream.reach.reach,
        reason=f"it is reached through {service.technology} ({service.component}), port {upstream.listens}{tls}{via}, "
        f"handed on {how} to port {target.port}; there, {upstream.reach.reason}",
        at=upstream.at,
        tls_ends=upstream.ends_tls or upstream.reach.tls_ends,
        relayed=upstream.relays or upstream.reach.relayed,
        through=service.component,
    )
    return Passage(port=target.port, exposure=exposure, is_local=target.is_local)


def _lets_in(workload: Workload, client: Served, target: _Found) -> bool:
    """Tell whether what confines a workload lets the proxy in."""
    confined = workload.confined
    if confined is None or confined.reach not in {Reach.NAMED_PEERS, Reach.LOOPBACK} or target.is_local:
        return True
    labels: Mapping[str, str] = client.workload.labels if client.workload is not None else {}
    return confined.reach is Reach.NAMED_PEERS and any(
        peer.scope in client.network.scopes
        and (peer.ports is None or target.port in peer.ports)
        and peer.labels.items() <= labels.items()
        for peer in workload.network.peers
    )


def _is_wider(way: Passage, known: Sequence[Passage], workload: Workload) -> bool:
    """Tell whether a way in adds to those that are known to its port, and to the workload's own reach."""
    if any(each.is_local >= way.is_local and each.exposure.ends_before <= way.exposure.ends_before for each in known):
        return False
    return way.is_local or workload.exposure(way.port).widened([way.exposure]) is way.exposure


def _with_behinds(
    number: int,
    all_served: Sequence[Served],
    handed: Sequence[tuple[Service, Upstream]],
    neighbours: "_Neighbours",
) -> Served:
    """Return the servers, each proxy with what stands behind it."""
    client = all_served[number]
    behind: dict[int, dict[Location, dict[str, Behind]]] = defaultdict(lambda: defaultdict(dict))
    for service, upstream in handed:
        for target in neighbours.at(number, client.network, service.at, upstream):
            workload = all_served[target.index].workload
            if workload is not None and (not target.is_local or _declares(workload, target.port)):
                answering = Behind(component=workload.component, at=workload.at)
                behind[id(service)][upstream.at].setdefault(workload.component, answering)
    if not behind:
        return client
    services = [
        replace(service, behind={at: tuple(found.values()) for at, found in behind[id(service)].items()})
        if id(service) in behind
        else service
        for service in client.services
    ]
    return Served(client.workload, tuple(services))


def _declares(workload: Workload, port: int) -> bool:
    return any(each.container == port for each in workload.ports)


class _Neighbours:
    """The workloads by the names that others reach them by; a name for certain ports is kept by port."""

    def __init__(self, workloads: Iterable[Workload | None]) -> None:
        self._whole: dict[tuple[str, str], list[_Named]] = defaultdict(list)
        self._exact: dict[tuple[str, str, int], list[_Named]] = defaultdict(list)
        for index, workload in enumerate(workloads):
            for name in workload.network.names if workload is not None else ():
                host, root = name.host.lower(), _root_of(name.at.path) if name.scope == HOST_SCOPE else ""
                if name.ports is None:
                    self._whole[(name.scope, host)].append(_Named(index, name.at, root))
                else:
                    for port, inner in name.ports.items():
                        self._exact[(name.scope, host, port)].append(_Named(index, name.at, root, inner))

    def at(self, client: int, network: Network, place: Location, upstream: Upstream) -> Iterator[_Found]:
        """Yield what a proxy at `place` means by an address: what has the name in the nearest scope that knows it."""
        is_local = is_loopback(upstream.host)
        host = LOOPBACK if is_local else upstream.host.lower().rstrip(".")
        for scope in network.scopes:
            exact = [each for each in self._exact.get((scope, host, upstream.port), ()) if each.index != client]
            whole = [each for each in self._whole.get((scope, host), ()) if each.index != client]
            if scope == HOST_SCOPE:
                root = _root_of(place.path)
                exact = [each for each in exact if _are_related(root, each.root)]
                whole = [each for each in whole if root == each.root]
            if exact or whole:
                yield from _meant(exact, whole, upstream.port, is_local=is_local)
                return


def _meant(exact: Sequence[_Named], whole: Sequence[_Named], port: int, *, is_local: bool) -> Iterator[_Found]:
    """Yield who is meant of those with a name: a name that two declare is nobody's.

    Of those that share a loopback interface, the one that listens on the port is: whoever that is.
    """
    if exact:
        if len({each.at for each in exact}) == 1:
            yield from (_Found(each.index, each.port, is_local=False) for each in exact)
    elif (is_local and len(whole) <= _MAX_BESIDE) or len({each.at for each in whole}) == 1:
        yield from (_Found(each.index, port, is_local) for each in whole)


def _are_related(first: str, second: str) -> bool:
    """Tell whether two folders that stand for hosts may stand for one: one of them holds the other."""
    return not first or not second or f"{first}/".startswith(f"{second}/") or f"{second}/".startswith(f"{first}/")


_ABSOLUTE = ("etc", "usr", "opt", "var", "srv", "home", "root", "run", "lib")


def _root_of(path: str) -> str:
    """Return the folder that a file's host is told by: the one that stands for `/`, else the file's own."""
    parts = path.split("/")[:-1]
    depth = next((depth for depth, part in enumerate(parts) if part in _ABSOLUTE), len(parts))
    return posixpath.join(*parts[:depth]) if depth else ""
