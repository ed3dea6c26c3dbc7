"""`ports` and `expose` of a compose service.

Source: Compose Specification, "ports": `[HOST:]CONTAINER[/PROTOCOL]`, where HOST is `[IP:](port | range)`; without
a host port Compose binds one at random; without an IP it binds all network interfaces.
"""

from collections.abc import Iterator

from auditor.formats.tree import Mapping, Node, Scalar, Sequence
from auditor.model.location import Location
from auditor.model.unknown import HOLE, Unknown
from auditor.model.workload import Port
from auditor.patterns import lazy

from .text import integer, text

MAX_RANGE = 256
"""Longest range of ports that is taken apart; a longer one is one port that is not known."""

_SHORT = lazy(
    r"(?:(?:(?P<ip>\[[0-9A-Fa-f:.]+\]|[^:/\[\]]*):)?(?P<host>[^:/]*):)?(?P<container>[^:/]+)(?:/(?P<protocol>\w+))?"
)
_RANGE = lazy(r"(\d{1,5})(?:-(\d{1,5}))?")


def ports(node: Node | None) -> Iterator[Port]:
    """Yield the published ports."""
    for item in node if isinstance(node, Sequence) else ():
        if isinstance(item, Scalar):
            yield from _short(item)
        elif isinstance(item, Mapping):
            yield from _long(item)


def exposed(node: Node | None) -> Iterator[Port]:
    """Yield the ports of `expose`, which only other containers reach."""
    for item in node.scalars() if isinstance(node, Sequence) else ():
        number, _, protocol = item.text.partition("/")
        for container in _numbers(number, item):
            yield Port(container=container, at=item.at, protocol=protocol.lower() or "tcp", via="expose")


def port_key(node: Node) -> object:
    """Return what makes an entry of `ports` unique: address, container port, host port, protocol."""
    if isinstance(node, Mapping):
        return (
            node.text("host_ip") or "",
            node.text("published") or "",
            node.text("target") or "",
            node.text("protocol") or "tcp",
        )
    match = _SHORT.fullmatch(node.text) if isinstance(node, Scalar) else None
    if match is None:
        return None
    return (match["ip"] or "").strip("[]"), match["host"] or "", match["container"], match["protocol"] or "tcp"


def _short(item: Scalar) -> Iterator[Port]:
    match = _SHORT.fullmatch(item.text.strip())
    if match is None:
        return
    containers = _numbers(match["container"], item)
    hosts: list[int | Unknown] = _numbers(match["host"], item) if match["host"] else []
    host_ip = (match["ip"] or "").strip("[]")
    unknown_ip = HOLE in host_ip
    for index, container in enumerate(containers):
        host = hosts[index] if len(hosts) == len(containers) else (hosts[0] if hosts else None)
        yield _port(
            _unknown(item) if unknown_ip else container,
            item.at,
            host_ip="" if unknown_ip else host_ip,
            host=host,
            protocol=match["protocol"],
        )


def _long(item: Mapping) -> Iterator[Port]:
    target = integer(item.get("target"))
    if target is None:
        return
    host_ip = text(item.get("host_ip"))
    published = item.scalar("published")
    hosts = _numbers(published.text, published) if published is not None else []
    container = target.value
    address = ""
    if host_ip is not None:
        address = "" if isinstance(host_ip.value, Unknown) else host_ip.value.strip("[]")
        container = host_ip.value if isinstance(host_ip.value, Unknown) else container
    protocol = item.text("protocol")
    yield _port(container, item.at, host_ip=address, host=hosts[0] if hosts else None, protocol=protocol)


def _port(
    container: int | Unknown, at: Location, *, host_ip: str, host: int | Unknown | None, protocol: str | None
) -> Port:
    address = "" if host_ip in {"0.0.0.0", "::"} else host_ip  # noqa: S104  # the text of a published port
    return Port(
        container=container,
        at=at,
        published=True,
        host_ip=address,
        host=host,
        protocol=(protocol or "tcp").lower(),
        via="ports",
    )


def _numbers(written: str, item: Scalar) -> list[int | Unknown]:
    """Return the ports of `6379` or `6379-6381`."""
    match = _RANGE.fullmatch(written.strip())
    if match is None:
        return [_unknown(item)]
    first, last = int(match[1]), int(match[2] or match[1])
    if last - first >= MAX_RANGE:
        return [Unknown(f"the range holds more than {MAX_RANGE} ports")]
    return list(range(first, last + 1))


def _unknown(item: Scalar) -> Unknown:
    value = item.value
    return value if isinstance(value, Unknown) else Unknown("the port is not a number")
