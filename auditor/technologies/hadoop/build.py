"""Make services of a configuration directory and of containers."""

import re
from collections.abc import Iterator

from auditor.model.exposure import Exposure
from auditor.model.fact import Problem, Service
from auditor.model.location import Location
from auditor.model.numbers import whole_number
from auditor.model.setting import Setting, Settings
from auditor.model.unknown import Unknown
from auditor.model.workload import MountKind, Workload
from auditor.records import dataclass
from auditor.technologies.common.configured import exposure_of, is_loopback

from .audit import audit_log
from .folder import Folder
from .listening import listeners, reaches
from .scope import Scope
from .service import Hadoop, HBase, HttpFs, Kms
from .starting import HBASE, HDFS, MAPRED, YARN

_METHODS = frozenset({"simple", "kerberos", "token", "certificate", "kerberos_ssl", "proxy"})
_POLICIES = frozenset({"http_only", "https_only", "http_and_https"})
_HBASE_SERVER = (
    "hbase.rootdir", "hbase.cluster.", "hbase.tmp.", "hbase.wal.", "hbase.coprocessor.", "hbase.master.info",
    "hbase.master.ipc", "hbase.master.keytab", "hbase.master.port", "hbase.regionserver.info",
    "hbase.regionserver.ipc", "hbase.regionserver.keytab", "hbase.regionserver.port", "hbase.regionserver.handler",
)  # fmt: skip
"""Properties of a server; a file without them tells clients where ZooKeeper is and how to log in."""
_HISTORY_SERVER = tuple(
    f"mapreduce.jobhistory.{word}"
    for word in ("http.", "keytab", "webapp.", "bind-host", "admin.", "done-dir", "intermediate-done-dir", "recovery.")
)
"""Properties of the history server; clients know its address and principal."""
_CORE_SERVER = ("hadoop.tmp.", "hadoop.proxyuser.", "hadoop.http.", "hadoop.security.authorization", "fs.trash.")
_OF_HDFS_CLIENTS = (
    "dfs.nameservices", "dfs.ha.", "dfs.client.", "dfs.namenode.rpc-address", "dfs.namenode.http", "dfs.replication",
    "dfs.namenode.kerberos.principal", "dfs.datanode.kerberos.principal", "dfs.blocksize", "dfs.domain.socket.path",
)  # fmt: skip
_OF_YARN_CLIENTS = (
    "yarn.resourcemanager.hostname", "yarn.resourcemanager.address", "yarn.resourcemanager.scheduler.address",
    "yarn.resourcemanager.webapp.", "yarn.resourcemanager.principal", "yarn.resourcemanager.ha.", "yarn.application.",
    "yarn.resourcemanager.admin.address", "yarn.resourcemanager.resource-tracker.address", "yarn.log.server.url",
)  # fmt: skip
"""What clients read; files that say nothing else may be the copy of a client, who need not have the rest."""
_CLIENTS = "the files may be those of a client: nothing in them is for a daemon alone"
_LASTING = frozenset({MountKind.BIND, MountKind.VOLUME, MountKind.UNKNOWN})


@dataclass(frozen=True, kw_only=True)
class Origins:
    """What declares the service: its component's id, its place, the workload if there is one."""

    component: str
    at: Location
    workload: Workload | None = None
    version: str | None = None
    known_image: bool = False


def services(folder: Folder, daemons: frozenset[str] | None, origins: Origins) -> Iterator[Service]:
    """Yield the services that run with a directory's files; `daemons` is None where nothing tells which."""
    running = _implied(folder) if daemons is None else daemons
    if running & (HDFS | YARN | MAPRED):
        yield _hadoop(folder, running, origins, is_implied=daemons is None)
    for kind, title in (("kms", "KMS"), ("httpfs", "HttpFS"), ("hbase", "HBase")):
        if kind in running or (kind == "hbase" and running & HBASE):
            yield _site(folder, kind, title, origins)


def _implied(folder: Folder) -> frozenset[str]:
    """Return the daemons that somebody starts with the files: those for which a site file says something."""
    found: set[str] = set()
    default = folder.scope("HDFS", "core").text("fs.defaultFS")
    if folder.has("hdfs") or (isinstance(default, str) and default.startswith("hdfs://")):
        found |= {"namenode", "datanode"}
    if folder.has("yarn"):
        found |= {"resourcemanager", "nodemanager"}
    if folder.has("mapred", *_HISTORY_SERVER):
        found |= MAPRED
    if folder.has("kms"):
        found.add("kms")
    if folder.has("httpfs"):
        found.add("httpfs")
    if folder.has("hbase", *_HBASE_SERVER):
        found.add("hbase")
    return frozenset(found)


def _hadoop(folder: Folder, daemons: frozenset[str], origins: Origins, *, is_implied: bool) -> Hadoop:
    client = _CLIENTS if is_implied and _may_be_client(folder) else ""
    hdfs = folder.scope("HDFS", "core", "hdfs", incomplete=client) if daemons & HDFS else None
    client = _CLIENTS if is_implied and not folder.has_beside("yarn", *_OF_YARN_CLIENTS) else ""
    yarn = folder.scope("YARN", "core", "yarn", incomplete=client) if daemons & YARN else None
    mapred = folder.scope("the MapReduce history server", "core", "mapred", "yarn") if daemons & MAPRED else None
    scopes = [scope for scope in (hdfs, yarn, mapred) if scope is not None]
    is_old = None if origins.version is None else origins.version.startswith("2")
    found = listeners(daemons, hdfs, yarn, mapred)
    by_purpose, exposure = reaches(found, origins.workload, is_old=is_old)
    workload = origins.workload
    audit = None
    if hdfs is not None and "namenode" in daemons:
        audit = audit_log(hdfs, folder.log, folder.script, workload, known_image=origins.known_image)
    return Hadoop(
        component=origins.component,
        technology="hadoop",
        at=origins.at,
        origin=workload.origin if workload is not None else "file",
        version=origins.version,
        settings=_settings(scopes),
        exposure=exposure,
        consumed=frozenset(folder.consumed),
        refused=(*folder.problems, *_refused(hdfs, scopes)),
        hdfs=hdfs,
        yarn=yarn,
        mapred=mapred,
        daemons=daemons,
        reaches=by_purpose,
        audit=audit,
        kept=_kept(workload),
    )


def _kept(workload: Workload | None) -> tuple[str, ...]:
    if workload is None:
        return ()
    return tuple(mount.target.rstrip("/") for mount in workload.mounts if mount.kind in _LASTING)


def _may_be_client(folder: Folder) -> bool:
    """Tell whether files name HDFS and nothing for its daemons.

    The manual's first cluster sets but `dfs.replication`; only names of a nameservice make such a file a client's.
    """
    if not folder.has("hdfs"):
        return not folder.has("core", *_CORE_SERVER)
    of_client = folder.has("hdfs", "dfs.nameservices", "dfs.client.", "dfs.ha.")
    return of_client and not folder.has_beside("hdfs", *_OF_HDFS_CLIENTS)


def _settings(scopes: list[Scope]) -> Settings:
    """Put the properties of all families together; those of the family with the data count where they differ."""
    found: dict[str, Setting] = {}
    for scope in scopes:
        for setting in scope.settings():
            found.setdefault(setting.name, setting)
    return Settings(found[name] for name in sorted(found))


def _refused(hdfs: Scope | None, scopes: list[Scope]) -> Iterator[Problem]:
    """Yield values that keep a daemon from starting (SecurityUtil.getAuthenticationMethod, DFSUtil.getHttpPolicy)."""
    name = "hadoop.security.authentication"
    for scope in scopes:
        method = scope.text(name)
        if isinstance(method, str) and method and method.lower() not in _METHODS:
            yield Problem(at=scope.where(name), message=f"expected simple or kerberos for {name}")
            break
    if hdfs is not None:
        policy = hdfs.text("dfs.http.policy")
        if isinstance(policy, str) and policy and policy.lower() not in _POLICIES:
            message = "expected HTTP_ONLY, HTTPS_ONLY or HTTP_AND_HTTPS for dfs.http.policy"
            yield Problem(at=hdfs.where("dfs.http.policy"), message=message)


_LISTENING = {
    "kms": (("hadoop.kms.http.host", "hadoop.kms.http.port"),),
    "httpfs": (("httpfs.http.hostname", "httpfs.http.port"),),
    "hbase": (
        ("hbase.master.ipc.address", "hbase.master.port"),
        ("hbase.master.info.bindAddress", "hbase.master.info.port"),
        ("hbase.regionserver.ipc.address", "hbase.regionserver.port"),
        ("hbase.regionserver.info.bindAddress", "hbase.regionserver.info.port"),
    ),
}


def _site(folder: Folder, kind: str, title: str, origins: Origins) -> Service:
    scope = folder.scope(title, "core", kind)
    make = {"kms": Kms, "httpfs": HttpFs, "hbase": HBase}[kind]
    workload = origins.workload
    source = folder.sources.get(kind)
    alone = workload is None and source is not None
    return make(
        component=source.path if alone and source is not None else origins.component,
        technology="hadoop",
        at=folder.places[kind] if alone else origins.at,
        origin=workload.origin if workload is not None else "file",
        version=origins.version,
        settings=_settings([scope]),
        exposure=_site_exposure(scope, kind, workload),
        consumed=frozenset(folder.consumed),
        refused=tuple(folder.problems),
        scope=scope,
        kept=_kept(workload),
    )


def _site_exposure(scope: Scope, kind: str, workload: Workload | None) -> Exposure:
    hosts: list[str] = []
    ports: list[int] = []
    for host_name, port_name in _LISTENING[kind]:
        host, port = scope.text(host_name), scope.text(port_name)
        if isinstance(host, Unknown):
            return exposure_of(host, ports, workload, scope.where(host_name))
        number = whole_number(port) if isinstance(port, str) else None
        if number is not None:
            ports.append(number)
        if port != "-1":
            hosts.append(host)
    at = scope.where(_LISTENING[kind][0][0])
    named = [host for host in hosts if host]
    if len(named) < len(hosts) and all(is_loopback(host) for host in named):
        return exposure_of(Unknown("the name of its host decides where it listens"), ports, workload, at)
    return exposure_of(named, ports, workload, at)


def version_of(workload: Workload) -> str | None:
    """Return the version of Hadoop that an image's tag names: `3.3.6`, or `2.0.0-hadoop3.2.1-java8`."""
    match = re.search(r"hadoop-?(\d+(?:\.\d+)*)", workload.image_tag or "")
    return match[1] if match is not None else workload.image_version
