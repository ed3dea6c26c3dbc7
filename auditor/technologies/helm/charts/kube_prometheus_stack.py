"""The chart `kube-prometheus-stack`, versions 12 to 88: Prometheus, Alertmanager and Grafana.

Source: values.yaml and the templates in `prometheus` and `alertmanager` of prometheus-community/helm-charts, chart
versions 12.0.0 to 88.5.3 (before version 79, Grafana's administrator has the password that the chart publishes), and
`pkg/prometheus/server` and `pkg/alertmanager` of prometheus-operator 0.43 to 0.93 for the flags of the Pods it makes:
the reload over HTTP always, the rest as the custom resource says.
"""

from collections.abc import Iterator
from dataclasses import replace

from auditor.formats.tree import Mapping
from auditor.model.fact import Fact
from auditor.model.unknown import Unknown
from auditor.model.workload import Located, Mount, MountKind
from auditor.technologies.helm.container import Container, Image, written_mount
from auditor.technologies.helm.network import front, ports_of, routed_ports
from auditor.technologies.helm.release import Release
from auditor.technologies.helm.values import below

from . import grafana

_FIRST = 12
_PUBLISHED = "prom-operator"
_WITHOUT_PUBLISHED = (79, 0)
_WEB = "/etc/prometheus/web_config/web-config.yaml"


def render(release: Release) -> Iterator[Fact]:
    """Yield the servers that are switched on."""
    values = release.values
    if release.major is not None and release.major < _FIRST:
        return
    for program, number in (("prometheus", 9090), ("alertmanager", 9093)):
        if values.boolean(program, "enabled", default=True).value is True:
            yield from _server(release, program, number)
    if values.boolean("grafana", "enabled", default=True).value is True:
        published = release.since(_WITHOUT_PUBLISHED, then=None, before=_PUBLISHED)
        part = replace(release, called="grafana", chart="grafana", tree=below(release.tree, "grafana"))
        yield from grafana.server(part, tag=None, published=published)


def _server(release: Release, program: str, number: int) -> Iterator[Fact]:
    values, spec = release.values, (program, f"{program}Spec")
    name = f"{release.full_name}-{program}"
    service = front(release, name, program, "service")
    port = Located[int](value=number, at=release.at)
    local = values.boolean(*spec, "listenLocal", default=False)
    command = [Located[str](value=f"--config.file=/etc/{program}/{program}.yml", at=release.at)]
    if program == "prometheus":
        command.append(Located(value="--web.enable-lifecycle", at=release.at))
        admin = values.boolean(*spec, "enableAdminAPI", default=False)
        if admin.value is not False:
            text = admin.value if isinstance(admin.value, Unknown) else "--web.enable-admin-api"
            command.append(Located(value=text, at=admin.at))
    else:
        command += _cluster(release)
    if local.value is not False:
        text = local.value if isinstance(local.value, Unknown) else f"--web.listen-address=127.0.0.1:{number}"
        command.append(Located(value=text, at=local.at))
    command.append(Located(value=f"--web.config.file={_WEB}", at=values.where(*spec, "web")))
    container = Container(
        release=release,
        pod=name,
        name=program,
        image=Image(repository=f"prometheus/{program}", tag=None, registry="quay.io", block=(*spec, "image")),
        block=spec,
        command=tuple(command),
        mounts=tuple(_web(release, *spec)),
        ports=(*ports_of(release, port, [service]), *routed_ports(release, port, program)),
        replicas=values.integer(*spec, "replicas", default=1),
        security=("securityContext",),
        has_presets=False,
    )
    yield container.workload()
    yield service.fact(release)


def _cluster(release: Release) -> Iterator[Located[str]]:
    """Yield the flag that keeps a single Alertmanager from listening for others; several of them need it."""
    spec = ("alertmanager", "alertmanagerSpec")
    replicas = release.values.integer(*spec, "replicas", default=1)
    forced = release.values.boolean(*spec, "forceEnableClusterMode", default=False)
    unknown = next((value for value in (replicas.value, forced.value) if isinstance(value, Unknown)), None)
    if unknown is not None:
        yield Located(value=unknown, at=replicas.at)
    elif replicas.value == 1 and forced.value is False:
        yield Located(value="--cluster.listen-address=", at=release.at)


def _web(release: Release, *spec: str) -> Iterator[Mount]:
    """Yield the web configuration that the operator writes: TLS as the resource says, never a password."""
    node = release.values.node(*spec, "web")
    tls = node.get("tlsConfig") if isinstance(node, Mapping) else None
    if isinstance(node, Unknown) or isinstance(tls, Mapping) or (isinstance(node, Mapping) and node.open):
        yield Mount(kind=MountKind.UNKNOWN, target=_WEB, at=release.values.where(*spec, "web"))
    else:
        yield written_mount(release.values.where(*spec, "web"), _WEB, "{}\n")
