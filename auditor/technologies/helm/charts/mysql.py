"""Bitnami's charts `mysql`, versions 8 to 14, and `mariadb`, versions 9 to 23.

Source: values.yaml, `_helpers.tpl` and the templates in `primary` and `secondary` of bitnami/charts, mysql 8.9.6 to
14.0.5 and mariadb 9.8.1 to 23.0.1: `primary.configuration` is the server's whole my.cnf, and the root password always
comes from a Secret. `appVersion` is from the Chart.yaml of all releases.
"""

from collections.abc import Iterator, Mapping

from auditor.model.fact import Fact
from auditor.model.unknown import Unknown
from auditor.model.workload import Located, Mount, MountKind, Variable
from auditor.records import dataclass
from auditor.technologies.helm.container import (
    Container,
    Image,
    config_mount,
    unknown_mounts,
    variables_of,
    written_mount,
)
from auditor.technologies.helm.network import confinement, front, ports_of
from auditor.technologies.helm.release import Release


@dataclass(frozen=True)
class _Product:
    name: str
    title: str
    first: int
    tags: Mapping[int, str]
    policy_since: tuple[int, int]
    tls_since: tuple[int, int]


_MYSQL = _Product(
    "mysql", "MySQL", 8, {8: "8.0", 9: "8.0", 10: "8.0", 11: "8.4", 12: "8.4", 13: "9.3", 14: "9.4"}, (9, 19), (12, 1)
)
_MARIADB = _Product(
    "mariadb",
    "MariaDB",
    9,
    {
        9: "10.5", 10: "10.5", 11: "10.6", 12: "10.11", 13: "11.0", 14: "11.1", 15: "11.2", 16: "11.2", 17: "11.2",
        18: "11.3", 19: "11.4", 20: "11.4", 21: "11.8", 22: "12.0", 23: "12.0",
    },
    (16, 0),
    (20, 1),
)  # fmt: skip

_WITH_POLICY = 11
"""The version of the chart `mysql` from which on my.cnf names an authentication policy instead of a plugin."""


def render(release: Release) -> Iterator[Fact]:
    """Yield the primary and, with `architecture: replication`, the secondary servers."""
    product = _MARIADB if release.chart == "mariadb" else _MYSQL
    if release.major is not None and release.major < product.first:
        return
    is_replicated = release.values.text("architecture", default="standalone").value == "replication"
    yield from _server(release, product, "primary", is_replicated=is_replicated)
    if is_replicated and release.values.integer("secondary", "replicaCount", default=1).value != 0:
        yield from _server(release, product, "secondary", is_replicated=True)


def _server(release: Release, product: _Product, block: str, *, is_replicated: bool) -> Iterator[Fact]:
    values = release.values
    is_primary = block == "primary"
    pod = f"{release.full_name}-{block}" if is_replicated else release.full_name
    service = front(release, pod, block, "service", datastore=product.title)
    port = values.integer(block, "containerPorts", "mysql", default=3306)
    count = Located[int](value=1, at=release.at) if is_primary else values.integer(block, "replicaCount", default=1)
    policy = release.since(product.policy_since, then=True, before=False)
    container = Container(
        release=release,
        pod=pod,
        name=product.name,
        image=Image(repository=f"bitnami/{product.name}", tag=product.tags.get(release.major or 0)),
        block=(block,),
        environment=variables_of(*_variables(release, product, block, is_replicated=is_replicated)),
        mounts=tuple(_files(release, product, block)),
        ports=ports_of(release, port, [service]),
        confined=confinement(release, "networkPolicy", default=policy),
        replicas=count,
    )
    yield container.workload()
    yield service.fact(release)


def _variables(release: Release, product: _Product, block: str, *, is_replicated: bool) -> Iterator[Variable]:
    values, prefix = release.values, product.name.upper()
    given = values.text("auth", "existingSecret", default="")
    secret = given.value if isinstance(given.value, str) and given.value else release.full_name
    reference = f"Secret {secret}#{product.name}-root-password"
    unknown = Unknown(f"from {reference}")
    yield Variable(name=f"{prefix}_ROOT_PASSWORD", value=unknown, at=given.at, reference=reference)
    if is_replicated:
        mode = "master" if block == "primary" else "slave"
        yield Variable(name=f"{prefix}_REPLICATION_MODE", value=mode, at=values.where("architecture"))
    flags = values.text(block, "extraFlags", default="")
    if flags.value != "":
        yield Variable(name=f"{prefix}_EXTRA_FLAGS", value=flags.value, at=flags.at)


def _files(release: Release, product: _Product, block: str) -> Iterator[Mount]:
    target = f"/opt/bitnami/{product.name}/conf/my.cnf"
    if release.values.is_given(block, "existingConfigmap") is not False:
        yield from unknown_mounts(release, target, [(block, "existingConfigmap")])
        return
    mount = config_mount(release, target, block, "configuration")
    if mount is not None:
        yield mount
    elif release.values.node(block, "configuration") is None and not release.values.is_removed(block):
        default = _default(release, product)
        yield (
            written_mount(release.values.where("tls", "enabled"), target, default)
            if default is not None
            else Mount(kind=MountKind.UNKNOWN, target=target, at=release.at)
        )


def _default(release: Release, product: _Product) -> str | None:
    """Return what the chart's own my.cnf sets for the server, as far as a check may look at it; None if not known."""
    lines = ["[mysqld]", "skip-name-resolve", "bind-address=*", "slow_query_log=0", "long_query_time=10.0"]
    has_tls = release.since(product.tls_since, then=True, before=False)
    tls = release.values.boolean("tls", "enabled", default=False).value
    if isinstance(has_tls, Unknown) or isinstance(tls, Unknown):
        return None
    if product is _MYSQL:
        plugin = release.values.text("auth", "defaultAuthenticationPlugin", default="").value
        if isinstance(plugin, Unknown):
            return None
        is_old = release.major is not None and release.major < _WITH_POLICY
        lines += [f"default_authentication_plugin={plugin or 'mysql_native_password'}"] if is_old else []
    else:
        tde = release.values.boolean("tde", "enabled", default=False).value
        if tde is not False and has_tls:
            return None
    if has_tls and tls:
        folder = f"/opt/bitnami/{product.name}/certs"
        lines += [f"ssl_cert={folder}/tls.crt", f"ssl_key={folder}/tls.key", f"ssl_ca={folder}/ca.crt"]
    return "\n".join([*lines, ""])
