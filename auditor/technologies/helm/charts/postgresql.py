"""Bitnami's chart `postgresql`, versions 11 to 17.

Source: values.yaml and the templates in `primary` and `read` of bitnami/charts, chart versions 11.9.13 to 17.1.0: the
image's variables carry the settings; `primary.configuration`, `primary.pgHbaConfiguration` and
`primary.extendedConfiguration` become files in /bitnami/postgresql/conf. `appVersion` is from the Chart.yaml of all
releases.
"""

from collections.abc import Iterator

from auditor.model.fact import Fact
from auditor.model.unknown import Unknown
from auditor.model.workload import Located, Mount, Variable
from auditor.technologies.helm.container import (
    Container,
    Image,
    config_mount,
    plain,
    ternary,
    unknown_mounts,
    variables_of,
)
from auditor.technologies.helm.network import confinement, front, ports_of
from auditor.technologies.helm.release import Release

_FIRST = 11
"""Before it, the values had other names (`postgresqlPassword`, `replication.enabled`)."""
_TAGS = {11: "14", 12: "15", 13: "16", 14: "16", 15: "16", 16: "17", 17: "17"}
_FOLDER = "/bitnami/postgresql/conf"
_AUDIT = {
    "logHostname": "POSTGRESQL_LOG_HOSTNAME",
    "logConnections": "POSTGRESQL_LOG_CONNECTIONS",
    "logDisconnections": "POSTGRESQL_LOG_DISCONNECTIONS",
}


def render(release: Release) -> Iterator[Fact]:
    """Yield the primary and, with `architecture: replication`, the read replicas."""
    if release.major is not None and release.major < _FIRST:
        return
    is_replicated = release.values.text("architecture", default="standalone").value == "replication"
    yield from _server(release, "primary", is_replicated=is_replicated)
    if is_replicated and release.values.integer("readReplicas", "replicaCount", default=1).value != 0:
        yield from _server(release, "readReplicas", is_replicated=True)


def _server(release: Release, block: str, *, is_replicated: bool) -> Iterator[Fact]:
    values = release.values
    is_primary = block == "primary"
    pod = release.full_name
    if is_replicated:
        part = values.text(block, "name", default="primary" if is_primary else "read").value
        pod = f"{pod}-{part if isinstance(part, str) else block}"
    service = front(release, pod, block, "service", datastore="PostgreSQL")
    port = values.integer("containerPorts", "postgresql", default=5432)
    replicas = values.integer(block, "replicaCount", default=1)
    policy = (block, "networkPolicy")
    container = Container(
        release=release,
        pod=pod,
        name="postgresql",
        image=Image(repository="bitnami/postgresql", tag=_TAGS.get(release.major or 0)),
        block=(block,),
        environment=variables_of(*_variables(release, is_primary=is_primary, is_replicated=is_replicated)),
        mounts=tuple(_files(release, block)),
        ports=ports_of(release, port, [service]),
        confined=confinement(release, *policy, default=release.since((14, 0), then=True, before=False)),
        replicas=Located(value=1, at=release.at) if is_primary and not is_replicated else replicas,
    )
    yield container.workload()
    yield service.fact(release)


def _variables(release: Release, *, is_primary: bool, is_replicated: bool) -> Iterator[Variable]:
    values = release.values
    port = values.integer("containerPorts", "postgresql", default=5432)
    yield plain("POSTGRESQL_PORT_NUMBER", values.text("containerPorts", "postgresql", default=str(5432)))
    yield from _login(release)
    if is_replicated:
        yield Variable(name="POSTGRES_REPLICATION_MODE", value="master" if is_primary else "slave", at=port.at)
    yield ternary("POSTGRESQL_ENABLE_TLS", values.boolean("tls", "enabled", default=False))
    yield ternary("POSTGRESQL_ENABLE_LDAP", values.boolean("ldap", "enabled", default=False))
    for name, variable in _AUDIT.items():
        yield ternary(variable, values.boolean("audit", name, default=False), "true", "false")
    prefix = values.text("audit", "logLinePrefix", default="")
    if prefix.value != "":
        yield plain("POSTGRESQL_LOG_LINE_PREFIX", prefix)
    yield plain(
        "POSTGRESQL_SHARED_PRELOAD_LIBRARIES", values.text("postgresqlSharedPreloadLibraries", default="pgaudit")
    )
    arguments = values.text("primary", "initdb", "args", default="")
    if arguments.value != "" and is_primary:
        yield plain("POSTGRES_INITDB_ARGS", arguments)


def _login(release: Release) -> Iterator[Variable]:
    """Yield the superuser's password, which the chart makes up where nothing gives one; none where it is waived."""
    values = release.values
    name = values.text("global", "postgresql", "auth", "username", default="")
    if name.value == "":
        name = values.text("auth", "username", default="")
    superuser = values.boolean("auth", "enablePostgresUser", default=True)
    if name.value in {"", "postgres"} and superuser.value is False:
        yield Variable(name="ALLOW_EMPTY_PASSWORD", value="true", at=superuser.at)
        return
    given = values.text("global", "postgresql", "auth", "existingSecret", default="")
    if given.value == "":
        given = values.text("auth", "existingSecret", default="")
    secret = given.value if isinstance(given.value, str) and given.value else release.full_name
    reference = f"Secret {secret}#{'postgres-password' if name.value in {'', 'postgres'} else 'password'}"
    yield Variable(name="POSTGRES_PASSWORD", value=Unknown(f"from {reference}"), at=given.at, reference=reference)
    if name.value not in {"", "postgres"}:
        yield plain("POSTGRES_USER", name)


def _files(release: Release, block: str) -> Iterator[Mount]:
    """Yield the files; the read replicas take their main file from the primary's values."""
    values = release.values
    if values.is_given("primary", "existingConfigmap") is not False:
        yield from unknown_mounts(release, _FOLDER, [("primary", "existingConfigmap")])
    else:
        for name, key in (("postgresql.conf", "configuration"), ("pg_hba.conf", "pgHbaConfiguration")):
            mount = config_mount(release, f"{_FOLDER}/{name}", "primary", key)
            if mount is not None:
                yield mount
    key = "existingExtendedConfigmap"
    if values.is_given(block, key) is not False:
        yield from unknown_mounts(release, f"{_FOLDER}/conf.d", [(block, key)])
    else:
        mount = config_mount(release, f"{_FOLDER}/conf.d/override.conf", block, "extendedConfiguration")
        if mount is not None:
            yield mount
    for script, _ in values.entries("primary", "initdb", "scripts"):
        mount = config_mount(
            release, f"/docker-entrypoint-initdb.d/{script.text}", "primary", "initdb", "scripts", script.text
        )
        if mount is not None:
            yield mount
