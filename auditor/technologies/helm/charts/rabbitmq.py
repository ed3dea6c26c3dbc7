"""Bitnami's chart `rabbitmq`, versions 7 to 16.

Source: values.yaml, `config-secret.yaml` (`configuration.yaml` before version 11) and `statefulset.yaml` of
bitnami/charts, chart versions 7.8.0 to 16.0.16: `configuration` is the broker's whole rabbitmq.conf, of which the
chart's own holds `extraConfiguration` and TLS as `auth.tls` says; the user and its password come from variables.
"""

from collections.abc import Iterator

from auditor.formats.tree import Scalar
from auditor.model.fact import Fact
from auditor.model.unknown import HOLE, Unknown
from auditor.model.workload import Mount, MountKind, Variable
from auditor.technologies.helm.container import (
    Container,
    Image,
    config_mount,
    plain,
    unknown_mounts,
    variables_of,
    written_mount,
)
from auditor.technologies.helm.network import confinement, front, ports_of
from auditor.technologies.helm.release import Release

_FIRST = 7
_TAGS = {
    7: "3.8", 9: "3.9", 10: "3.10", 11: "3.11", 12: "3.12", 13: "3.12", 14: "3.13", 15: "4.0", 16: "4.1",
}  # fmt: skip
_FOLDER = "/bitnami/rabbitmq/conf"
_CERTIFICATES = "/opt/bitnami/rabbitmq/certs"


def render(release: Release) -> Iterator[Fact]:
    """Yield the broker."""
    values = release.values
    if release.major is not None and release.major < _FIRST:
        return
    service = front(release, release.full_name, "service", datastore="RabbitMQ")
    port = values.integer("containerPorts", "amqp", default=5672)
    container = Container(
        release=release,
        pod=release.full_name,
        name="rabbitmq",
        image=Image(repository="bitnami/rabbitmq", tag=_TAGS.get(release.major or 0)),
        environment=variables_of(*_variables(release)),
        mounts=tuple(_files(release)),
        ports=ports_of(release, port, [service]),
        confined=confinement(release, "networkPolicy", default=release.since((12, 9), then=True, before=False)),
        replicas=values.integer("replicaCount", default=1),
    )
    yield container.workload()
    yield service.fact(release)


def _variables(release: Release) -> Iterator[Variable]:
    values = release.values
    user = values.text("auth", "username", default="user")
    given = values.text("auth", "existingPasswordSecret", default="")
    secret = given.value if isinstance(given.value, str) and given.value else release.full_name
    reference = f"Secret {secret}#rabbitmq-password"
    yield plain("RABBITMQ_DEFAULT_USER", user)
    yield Variable(name="RABBITMQ_DEFAULT_PASS", value=Unknown(f"from {reference}"), at=given.at, reference=reference)


def _files(release: Release) -> Iterator[Mount]:
    values = release.values
    target = f"{_FOLDER}/rabbitmq.conf"
    plugins = _plugins(release)
    at = values.where("plugins")
    if isinstance(plugins, Unknown):
        yield Mount(kind=MountKind.UNKNOWN, target=f"{_FOLDER}/enabled_plugins", at=at)
    else:
        yield written_mount(at, f"{_FOLDER}/enabled_plugins", f"[{','.join(plugins)}].\n")
    advanced = config_mount(release, f"{_FOLDER}/advanced.config", "advancedConfiguration")
    if advanced is not None:
        yield advanced
    if values.is_given("configurationExistingSecret") is not False:
        yield from unknown_mounts(release, target, [("configurationExistingSecret",)])
        return
    mount = config_mount(release, target, "configuration")
    if mount is not None:
        yield mount
        return
    yield from _own(release, target)


def _own(release: Release, target: str) -> Iterator[Mount]:
    """Yield the chart's own file: what it sets itself, then `extraConfiguration` at its lines as a part of it."""
    values = release.values
    tls = values.boolean("auth", "tls", "enabled", default=False)
    ldap = values.boolean("ldap", "enabled", default=False)
    definitions = values.boolean("loadDefinition", "enabled", default=False)
    lines = ["loopback_users.guest = false"]
    if tls.value is True:
        verify = values.text("auth", "tls", "sslOptionsVerify", default="verify_peer").value
        demand = values.text("auth", "tls", "failIfNoPeerCert", default="true").value
        lines += [
            "listeners.ssl.default = 5671",
            f"ssl_options.verify = {HOLE if isinstance(verify, Unknown) else verify}",
            f"ssl_options.fail_if_no_peer_cert = {HOLE if isinstance(demand, Unknown) else demand}",
            f"ssl_options.cacertfile = {_CERTIFICATES}/ca_certificate.pem",
            f"ssl_options.certfile = {_CERTIFICATES}/server_certificate.pem",
            f"ssl_options.keyfile = {_CERTIFICATES}/server_key.pem",
        ]
    if isinstance(tls.value, Unknown) or ldap.value is not False or definitions.value is not False:
        yield Mount(kind=MountKind.UNKNOWN, target=target, at=tls.at)
        return
    yield written_mount(tls.at, target, "\n".join([*lines, ""]))
    extra = values.node("extraConfiguration")
    if isinstance(extra, Scalar) and not extra.is_null and extra.text.strip():
        part = config_mount(release, f"{_FOLDER}/conf.d/extra.conf", "extraConfiguration")
        if part is not None:
            yield part
    elif extra is not None and not isinstance(extra, Scalar):
        yield Mount(kind=MountKind.UNKNOWN, target=f"{_FOLDER}/conf.d", at=release.at)


def _plugins(release: Release) -> list[str] | Unknown:
    """Return the plugins that the chart switches on."""
    values = release.values
    texts = [
        values.text("plugins", default="rabbitmq_management rabbitmq_peer_discovery_k8s").value,
        values.text("extraPlugins", default="rabbitmq_auth_backend_ldap").value,
    ]
    metrics = values.boolean("metrics", "enabled", default=False).value
    if isinstance(metrics, Unknown):
        return metrics
    if metrics:
        texts.append(values.text("metrics", "plugins", default="rabbitmq_prometheus").value)
    names: list[str] = []
    for text in texts:
        if isinstance(text, Unknown):
            return text
        names += text.replace(",", " ").split()
    return names
