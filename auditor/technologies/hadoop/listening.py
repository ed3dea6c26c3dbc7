"""Where the daemons listen, and for what. Sources: hdfs-, yarn- and mapred-default.xml of Hadoop 3.3, `*-bind-host`."""

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum

from auditor.model.exposure import Exposure
from auditor.model.location import Location
from auditor.model.numbers import whole_number
from auditor.model.unknown import HOLE, Unknown
from auditor.model.value import PartlyKnown
from auditor.model.workload import Workload
from auditor.records import dataclass
from auditor.technologies.common.configured import exposure_of, is_any_address, is_loopback

from .scope import Scope


class Purpose(Enum):
    """What a port is for."""

    RPC = "calls"
    DATA = "blocks"
    WEB = "web pages and REST"


@dataclass(frozen=True)
class Listener:
    """A port of a daemon. `host` is Unknown where a part of it is not known; `port` is 0 where it is not known."""

    daemon: str
    purpose: Purpose
    host: str | Unknown
    port: int
    at: Location


_OLD_PORTS = {9870: 50070, 9871: 50470, 9864: 50075, 9865: 50475, 9866: 50010, 9867: 50020, 8020: 9000}
"""Ports of Hadoop 2 beside the ones of Hadoop 3; 9000 is what the manual's examples give the NameNode."""


def listeners(
    daemons: frozenset[str], hdfs: Scope | None, yarn: Scope | None, mapred: Scope | None
) -> Iterator[Listener]:
    """Yield the ports of the daemons."""
    if hdfs is not None:
        yield from _of_hdfs(daemons, hdfs)
    if yarn is not None:
        secure = yarn.text("yarn.http.policy")
        web = "webapp.https.address" if secure == "HTTPS_ONLY" else "webapp.address"
        for daemon in ("resourcemanager", "nodemanager"):
            if daemon in daemons:
                bound = f"yarn.{daemon}.bind-host"
                yield from _listeners(yarn, daemon, Purpose.RPC, f"yarn.{daemon}.address", bound)
                yield from _listeners(yarn, daemon, Purpose.WEB, f"yarn.{daemon}.{web}", bound)
        if "timelineserver" in daemons:
            bound = "yarn.timeline-service.bind-host"
            yield from _listeners(yarn, "timelineserver", Purpose.WEB, f"yarn.timeline-service.{web}", bound)
    if mapred is not None and "historyserver" in daemons:
        bound = "mapreduce.jobhistory.bind-host"
        yield from _listeners(mapred, "historyserver", Purpose.WEB, "mapreduce.jobhistory.webapp.address", bound)


def _of_hdfs(daemons: frozenset[str], hdfs: Scope) -> Iterator[Listener]:
    secure = hdfs.text("dfs.http.policy")
    protocol = "https" if secure == "HTTPS_ONLY" else "http"
    if "namenode" in daemons:
        rpc = list(_listeners(hdfs, "namenode", Purpose.RPC, "dfs.namenode.rpc-address", "dfs.namenode.rpc-bind-host"))
        yield from rpc or _listeners(hdfs, "namenode", Purpose.RPC, "fs.defaultFS", "dfs.namenode.rpc-bind-host")
        bound = f"dfs.namenode.{protocol}-bind-host"
        yield from _listeners(hdfs, "namenode", Purpose.WEB, f"dfs.namenode.{protocol}-address", bound)
    if "datanode" in daemons:
        yield from _listeners(hdfs, "datanode", Purpose.DATA, "dfs.datanode.address", "")
        yield from _listeners(hdfs, "datanode", Purpose.RPC, "dfs.datanode.ipc.address", "")
        yield from _listeners(hdfs, "datanode", Purpose.WEB, f"dfs.datanode.{protocol}.address", "")


def _listeners(scope: Scope, daemon: str, purpose: Purpose, name: str, bound: str) -> Iterator[Listener]:
    """Yield the ports of an address property, or of its forms for the members of a nameservice."""
    members = [each for each in scope.names(f"{name}.") if scope.is_explicit(each)]
    bind = scope.text(bound) if bound else ""
    for each in members or [name]:
        value = scope.text(each)
        if value == "" or (each == "fs.defaultFS" and isinstance(value, str) and not value.startswith("hdfs://")):
            continue
        host, port = _address(value)
        where = scope.where(bound) if bind != "" else scope.where(each)
        yield Listener(daemon, purpose, bind if bind != "" else host, port, where)


def _address(value: str | Unknown) -> tuple[str | Unknown, int]:
    text = value.text if isinstance(value, PartlyKnown) else value
    if isinstance(text, Unknown):
        return text, 0
    host, _, port = (
        text.partition("://")[2].partition("/")[0].rpartition(":") if "://" in text else text.rpartition(":")
    )
    if not host:
        host, port = port, "8020"
    known_host: str | Unknown = Unknown("a variable supplies the host") if HOLE in host else host
    return known_host, whole_number(port) or 0


def reaches(
    found: Iterable[Listener], workload: Workload | None, *, is_old: bool | None
) -> tuple[Mapping[Purpose, Exposure], Exposure]:
    """Return from where the ports of each purpose, and any of them, can be reached.

    `is_old` tells whether the release has the ports of Hadoop 2, None if that is not known.
    """
    ports = list(found)
    by_purpose = {
        purpose: _reach([each for each in ports if each.purpose is purpose], workload, is_old) for purpose in Purpose
    }
    return by_purpose, _reach(ports, workload, is_old)


def _reach(found: list[Listener], workload: Workload | None, is_old: bool | None) -> Exposure:
    outside = [each for each in found if isinstance(each.host, str) and not is_loopback(each.host)]
    doubtful = [each for each in found if isinstance(each.host, Unknown)]
    at = (outside or doubtful or found)[0].at if found else None
    ports = {each.port for each in outside or doubtful if each.port}
    if is_old is not False:
        ports |= {_OLD_PORTS[port] for port in ports if port in _OLD_PORTS}
    if not outside and doubtful:
        return exposure_of(Unknown("the address to listen on is not known"), ports, workload, at)
    hosts = [str(each.host) for each in outside or found]
    everywhere = [host for host in hosts if is_any_address(host)]
    return exposure_of(everywhere or hosts, ports, workload, at)
