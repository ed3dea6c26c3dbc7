"""The chart `prometheus` of the Prometheus community, versions 14 to 29: its server.

Source: values.yaml and `deploy.yaml` (`server/deploy.yaml` before version 20) of prometheus-community/helm-charts,
chart versions 14.9.2 to 29.27.0: the server's flags are a fixed few, `server.extraFlags` (by default the reload over
HTTP) and `server.extraArgs`.
"""

from collections.abc import Iterator

from auditor.formats.tree import Scalar
from auditor.model.fact import Fact
from auditor.model.unknown import Unknown
from auditor.model.workload import Located
from auditor.technologies.helm.container import Container, Image
from auditor.technologies.helm.network import front, ports_of, routed_ports
from auditor.technologies.helm.release import Release

_FIRST = 14
_TAGS = {19: "v2", 20: "v2", 21: "v2", 22: "v2", 23: "v2", 24: "v2", 25: "v2", 26: "v3", 27: "v3", 28: "v3", 29: "v3"}
_FLAGS = ("--config.file=/etc/config/prometheus.yml", "--storage.tsdb.path=/data")


def render(release: Release) -> Iterator[Fact]:
    """Yield the server."""
    values = release.values
    if release.major is not None and release.major < _FIRST:
        return
    name = f"{release.full_name}-server"
    service = front(release, name, "server", "service")
    port = Located[int](value=9090, at=release.at)
    container = Container(
        release=release,
        pod=name,
        name="prometheus-server",
        kind="deployment",
        image=Image(
            repository="prometheus/prometheus",
            tag=_TAGS.get(release.major or 0),
            registry="quay.io",
            block=("server", "image"),
        ),
        block=("server",),
        command=tuple(_flags(release)),
        ports=(*ports_of(release, port, [service]), *routed_ports(release, port, "server")),
        replicas=values.integer("server", "replicaCount", default=1),
        has_presets=False,
    )
    yield container.workload()
    yield service.fact(release)


def _flags(release: Release) -> Iterator[Located[str]]:
    values = release.values
    if values.is_given("server", "defaultFlagsOverride") is not False:
        yield from values.words("server", "defaultFlagsOverride")
        return
    yield from (Located[str](value=flag, at=release.at) for flag in _FLAGS)
    for flag in values.words("server", "extraFlags", default=("web.enable-lifecycle",)):
        text = flag.value if isinstance(flag.value, Unknown) else f"--{flag.value}"
        yield Located(value=text, at=flag.at)
    node = values.node("server", "extraArgs")
    if isinstance(node, Unknown):
        yield Located(value=node, at=release.at)
    for key, value in values.entries("server", "extraArgs"):
        yield Located(value=_flag(key, value), at=value.at if not _is_empty(value) else key.at)


def _is_empty(value: object) -> bool:
    return isinstance(value, Scalar) and (value.is_null or value.text in {"", "false"})


def _flag(key: Scalar, value: object) -> str | Unknown:
    if not isinstance(value, Scalar):
        return Unknown("it is not a text")
    if _is_empty(value):
        return f"--{key.text}"
    return value.value if isinstance(value.value, Unknown) else f"--{key.text}={value.value}"
