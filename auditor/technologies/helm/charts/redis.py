"""Bitnami's chart `redis`, versions 14 to 23.

Source: values.yaml, `configmap.yaml`, `scripts-configmap.yaml` and the templates in `master`, `replicas` and `sentinel`
of bitnami/charts, chart versions 14.8.11 to 23.1.1. Its start scripts call the server with flags: the files
`redis.conf` and `master.conf` or `replica.conf` as includes, the password, TLS; without a password protected mode is
off. `appVersion` is from the Chart.yaml of all releases.
"""

from collections.abc import Iterator

from auditor.model.fact import Fact
from auditor.model.unknown import Unknown
from auditor.model.workload import Located, Mount, MountKind, Variable
from auditor.technologies.helm.container import (
    Container,
    Image,
    config_mount,
    plain,
    ternary,
    unknown_mounts,
    variables_of,
    written_mount,
)
from auditor.technologies.helm.network import Front, confinement, front, ports_of
from auditor.technologies.helm.release import Release

_FIRST = 14
"""Before it, the values had other names (`usePassword`, `cluster`, `slave`)."""
_TAGS = {14: "6.2", 15: "6.2", 16: "6.2", 18: "7.2", 19: "7.2", 20: "7.4", 21: "8.0", 22: "8.2", 23: "8.2"}
_COMMON = 'appendonly yes\nsave ""\n'
_FOLDER = "/opt/bitnami/redis/etc"


def render(release: Release) -> Iterator[Fact]:
    """Yield the servers of a release: the master and the replicas, or nodes with Sentinel.

    There is a first server in any case; what is not known to be there is left out.
    """
    if release.major is not None and release.major < _FIRST:
        return
    values = release.values
    architecture = values.text("architecture", default="replication")
    sentinel = values.boolean("sentinel", "enabled", default=False)
    is_replicated = architecture.value == "replication"
    if is_replicated and sentinel.value is True:
        block = ("sentinel", "service")
        yield from _server(release, "node", "replica", front(release, release.full_name, *block, datastore="Redis"))
        return
    name = f"{release.full_name}-master"
    yield from _server(release, "master", "master", front(release, name, "master", "service", datastore="Redis"))
    if is_replicated and sentinel.value is False and values.integer("replica", "replicaCount", default=3).value != 0:
        name = f"{release.full_name}-replicas"
        yield from _server(
            release, "replicas", "replica", front(release, name, "replica", "service", datastore="Redis")
        )


def _server(release: Release, part: str, block: str, service: Front) -> Iterator[Fact]:
    values = release.values
    is_master = block == "master"
    auth, tls = values.boolean("auth", "enabled", default=True), values.boolean("tls", "enabled", default=False)
    port = _port(release, block)
    number = Located[str](
        value=port.value if isinstance(port.value, Unknown) else str(port.value),
        at=tls.at if port.at == release.at else port.at,
    )
    secret = "Secret " + (str(values.text("auth", "existingSecret", default="").value) or release.full_name)
    password = _password(auth, secret)
    replicas = values.integer(
        *((block, "count") if is_master else (block, "replicaCount")), default=1 if is_master else 3
    )
    environment = variables_of(
        ternary("ALLOW_EMPTY_PASSWORD", auth, "no", "yes"),
        *((password,) if password is not None else ()),
        ternary("REDIS_TLS_ENABLED", tls),
        ternary("REDIS_TLS_AUTH_CLIENTS", values.boolean("tls", "authClients", default=True)),
        plain("REDIS_PORT_NUMBER", number),
        plain("REDIS_TLS_PORT_NUMBER", number),
        # The chart's script starts the server by itself: nothing but its files and flags sets this.
        Variable(name="REDIS_AOF_ENABLED", value="no", at=release.at),
        Variable(name="REDIS_REPLICATION_MODE", value="master" if is_master else "slave", at=release.at),
        Variable(name="REDIS_MASTER_HOST", value=f"{release.full_name}-master", at=release.at),
        plain("REDIS_MASTER_PORT_NUMBER", number),
    )
    own = f"{_FOLDER}/{'master' if is_master else 'replica'}.conf"
    arguments = ["/opt/bitnami/scripts/redis/run.sh", "--include", f"{_FOLDER}/redis.conf", "--include", own]
    words = [Located[str](value=word, at=release.at) for word in arguments]
    if password is None:
        words += [Located(value="--requirepass", at=auth.at), Located(value="", at=auth.at)]
    for command in values.words(block, "disableCommands", default=("FLUSHDB", "FLUSHALL")):
        words += [Located(value="--rename-command", at=command.at), command, Located(value="", at=command.at)]
    words += values.words(block, "extraFlags")
    container = Container(
        release=release,
        pod=f"{release.full_name}-{part}",
        name="redis",
        image=Image(repository="bitnami/redis", tag=_TAGS.get(release.major or 0)),
        block=(block,),
        entrypoint=tuple(words),
        environment=environment,
        mounts=tuple(_files(release, block, own)),
        ports=ports_of(release, port, [service]),
        confined=confinement(release, "networkPolicy", default=release.since((18, 11), then=True, before=False)),
        replicas=replicas,
    )
    yield container.workload()
    yield service.fact(release)


def _port(release: Release, block: str) -> Located[int]:
    """Return the container's port: `containerPorts.redis`, `containerPort` up to chart 15."""
    values = release.values
    found = values.integer(block, "containerPorts", "redis", default=6379)
    return found if found.at != release.at else values.integer(block, "containerPort", default=6379)


def _password(auth: Located[bool], secret: str) -> Variable | None:
    if auth.value is False:
        return None
    reference = f"{secret}#redis-password"
    return Variable(name="REDIS_PASSWORD", value=Unknown(f"from {reference}"), at=auth.at, reference=reference)


def _files(release: Release, block: str, own: str) -> Iterator[Mount]:
    values = release.values
    common = f"{_FOLDER}/redis.conf"
    if values.is_given("existingConfigmap") is not False:
        yield from unknown_mounts(release, common, [("existingConfigmap",)])
        yield from unknown_mounts(release, own, [("existingConfigmap",)])
        return
    if values.boolean("auth", "acl", "enabled", default=False).value is not False:
        # The users come from values and Secrets together.
        yield Mount(kind=MountKind.UNKNOWN, target=common, at=values.where("auth", "acl", "enabled"))
    for target, path, default in ((common, ("commonConfiguration",), _COMMON), (own, (block, "configuration"), "")):
        mount = config_mount(release, target, *path, default=default)
        yield mount or written_mount(release.at, target, "")
