"""The chart `grafana` of Grafana's and the community's repository, versions 6 to 10.

Source: values.yaml, `_config.tpl`, `_pod.tpl`, `service.yaml` and `ingress.yaml` of grafana/helm-charts, chart versions
6.16.2 to 10.1: the map `grafana.ini` becomes the file, `env` and its relatives the environment, and the administrator's
password comes from a Secret unless a variable sets it. `appVersion` is from the Chart.yaml of all releases.
"""

from collections.abc import Iterator
from itertools import pairwise

from auditor.formats.tree import Mapping, Node, Scalar
from auditor.model.fact import Fact
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown
from auditor.model.workload import Mount, MountKind, Variable
from auditor.technologies.helm.container import Container, Image, config_mount
from auditor.technologies.helm.network import confinement, front, ports_of, routed_ports
from auditor.technologies.helm.release import Release

_FIRST = 6
_TAGS = {8: "11", 9: "12", 10: "12"}
_INI = "/etc/grafana/grafana.ini"
_LDAP = "/etc/grafana/ldap.toml"
_OWN = "[log]\nmode = console\n"
"""What of the chart's own file differs from Grafana's defaults, as far as a check may look at it."""
_OPENING = ("envFromSecret", "envFromSecrets", "envFromConfigMaps")


def render(release: Release) -> Iterator[Fact]:
    """Yield the server of a release."""
    if release.major is not None and release.major < _FIRST:
        return
    yield from server(release, tag=_TAGS.get(release.major or 0), published=None)


def server(release: Release, *, tag: str | None, published: str | Unknown | None) -> Iterator[Fact]:
    """Yield the server; `published` is the password that the chart gives the administrator by itself."""
    values = release.values
    service = front(release, release.full_name, "service")
    port = values.integer("service", "targetPort", default=3000)
    opened = [name for name in _OPENING if values.is_given(name) is not False]
    container = Container(
        release=release,
        pod=release.full_name,
        name="grafana",
        kind="deployment",
        image=Image(repository="grafana/grafana", tag=tag),
        environment={variable.name: variable for variable in _variables(release, published)},
        environment_open=f"what {' and '.join(opened)} names" if opened else None,
        mounts=tuple(_files(release)),
        ports=(*ports_of(release, port, [service]), *routed_ports(release, port)),
        confined=confinement(release, "networkPolicy", default=False),
        replicas=values.integer("replicas", default=1),
        has_presets=False,
    )
    yield container.workload()
    yield service.fact(release)


def _variables(release: Release, published: str | Unknown | None) -> Iterator[Variable]:
    values = release.values
    yield _administrator(release, published)
    for block in ("env", "envRenderSecret"):
        for key, value in values.entries(block):
            text = value.value if isinstance(value, Scalar) else Unknown("it is not a text")
            yield Variable(name=key.text, value=text, at=value.at)
    for key, value in values.entries("envValueFrom"):
        secret = value.mapping("secretKeyRef") if isinstance(value, Mapping) else None
        source = f"Secret {secret.text('name') or '*'}#{secret.text('key') or '*'}" if secret is not None else None
        yield Variable(name=key.text, value=Unknown("from another source"), at=key.at, reference=source)


def _administrator(release: Release, published: str | Unknown | None) -> Variable:
    values = release.values
    name = "GF_SECURITY_ADMIN_PASSWORD"
    given = values.text("adminPassword", default="")
    existing = values.text("admin", "existingSecret", default="")
    if existing.value == "" and values.node("adminPassword") is None and published is not None:
        return Variable(name=name, value=published, at=release.at)
    secret = existing.value if isinstance(existing.value, str) and existing.value else release.full_name
    reference = f"Secret {secret}#{values.text('admin', 'passwordKey', default='admin-password').value}"
    if existing.value == "" and isinstance(given.value, str) and given.value:
        return Variable(name=name, value=given.value, at=given.at)
    at = existing.at if existing.value != "" else given.at
    return Variable(name=name, value=Unknown(f"from {reference}"), at=at, reference=reference)


def _files(release: Release) -> Iterator[Mount]:
    values = release.values
    node = values.node("grafana.ini")
    if isinstance(node, Unknown):
        yield Mount(kind=MountKind.UNKNOWN, target=_INI, at=release.at)
    elif isinstance(node, Mapping):
        yield Mount(kind=MountKind.CONFIG, target=_INI, at=values.where("grafana.ini"), content=_ini(node, release.at))
    else:
        own = Source(path=release.at.path, text=_OWN, line=release.at.line, exact=False, name="grafana.ini")
        yield Mount(kind=MountKind.CONFIG, target=_INI, at=release.at, content=own)
    ldap = values.boolean("ldap", "enabled", default=False)
    if ldap.value is not False:
        mount = config_mount(release, _LDAP, "ldap", "config")
        yield mount or Mount(kind=MountKind.UNKNOWN, target=_LDAP, at=ldap.at)


def _ini(values: Mapping, at: Location) -> Source:
    """Return the file that the map becomes, each line at the place of its value where they follow one another."""
    rows = list(_rows(values))
    if values.open:
        rows.append((f"{HOLE} = {HOLE}", at))
    places = [place for _, place in rows]
    in_order = all(place.path == places[0].path for place in places) and all(
        before.line < after.line for before, after in pairwise(places)
    )
    if not in_order:
        return Source(path=places[0].path, text=_text(rows), line=places[0].line, exact=False, name="grafana.ini")
    first = places[0].line
    lines = [""] * (places[-1].line - first + 1)
    for text, place in rows:
        lines[place.line - first] = text
    return Source(path=places[0].path, text="\n".join(lines), line=first, name="grafana.ini")


def _text(rows: list[tuple[str, Location]]) -> str:
    return "\n".join(text for text, _ in rows)


def _rows(values: Mapping) -> Iterator[tuple[str, Location]]:
    """Yield the file's lines as the chart writes them: keys without a section first."""
    for key, value in values:
        if not isinstance(value, Mapping):
            yield f"{key.text} = {_written(value)}", key.at
    for key, value in values:
        if isinstance(value, Mapping):
            yield f"[{key.text}]", key.at
            for name, setting in value:
                yield f"{name.text} = {_written(setting)}", name.at


def _written(node: Node) -> str:
    if not isinstance(node, Scalar):
        return HOLE
    if node.is_null:
        return ""
    is_hidden = HOLE in node.text or "\n" in node.text or node.text.startswith("ENC[")
    return HOLE if is_hidden else node.text
