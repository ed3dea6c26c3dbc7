"""Bitnami's chart `kafka`, versions 24 to 32: the server.properties that the chart writes.

Source: values.yaml, `_helpers.tpl` (`kafka.listeners`, `kafka.securityProtocolMap`, `kafka.commonConfig`) and the
ConfigMaps of bitnami/charts, chart versions 24.0.14 to 32.4.4: listeners by `listeners.client`, `.interbroker`,
`.controller` and `.external`, all of them with SASL over plain text unless values say otherwise.
"""

from collections.abc import Iterable, Iterator

from auditor.model.fact import Fact
from auditor.model.unknown import HOLE, Unknown
from auditor.model.workload import Located, Mount
from auditor.technologies.helm.container import unknown_mounts, written_mount
from auditor.technologies.helm.release import Release

from . import kafka

_WITHOUT_ZOOKEEPER = 32
_PORTS = {"client": "9092", "interbroker": "9094", "controller": "9093", "external": "9095"}
_CERTIFICATES = "/opt/bitnami/kafka/config/certs"
_ADDED = (("extraConfig",), ("overrideConfiguration",))
"""Values that add to the file, by text or by keys."""


def render(release: Release) -> Iterator[Fact]:
    """Yield the nodes that clients connect to: controllers that are brokers, and brokers."""
    values = release.values
    names = ["client", "interbroker"]
    if values.boolean("externalAccess", "enabled", default=False).value is not False:
        names.append("external")
    if values.boolean("controller", "controllerOnly", default=False).value is False:
        count = values.integer("controller", "replicaCount", default=3)
        files = _files(release, [*names, "controller"], "controller,broker")
        yield from kafka.node(release, "controller", count, external=_PORTS["external"], mounts=files)
    brokers = values.integer("broker", "replicaCount", default=0)
    if brokers.value != 0:
        files = _files(release, names, "broker")
        yield from kafka.node(release, "broker", brokers, external=_PORTS["external"], mounts=files)


def _files(release: Release, listeners: list[str], roles: str) -> Iterator[Mount]:
    given = list(kafka.replaced(release)) or list(unknown_mounts(release, kafka.PROPERTIES, _ADDED))
    if given:
        yield from given
        return
    lines = [
        f"{name}={HOLE if isinstance(value, Unknown) else value}" for name, value in _lines(release, listeners, roles)
    ]
    at = release.values.where("listeners", "client", "protocol")
    yield written_mount(at, kafka.PROPERTIES, "\n".join([*lines, ""]))


def _lines(release: Release, listeners: list[str], roles: str) -> Iterator[tuple[str, str | Unknown]]:
    values = release.values
    names = {each: _upper(values.text("listeners", each, "name", default=each)) for each in _PORTS}
    ports = {each: values.text("listeners", each, "containerPort", default=port).value for each, port in _PORTS.items()}
    protocols = {each: _upper(values.text("listeners", each, "protocol", default="SASL_PLAINTEXT")) for each in _PORTS}
    has_more = values.is_given("listeners", "extraListeners")
    listed = [(names[each], ports[each]) for each in listeners]
    mapped = [*dict.fromkeys([*listeners, "controller"])]
    spoken = [(names[each], protocols[each]) for each in mapped]
    override = values.text("listeners", "overrideListeners", default="").value
    yield "listeners", override if override != "" else _joined(listed, "://:", has_more)
    override = values.text("listeners", "securityProtocolMap", default="").value
    yield "listener.security.protocol.map", override if override != "" else _joined(spoken, ":", has_more)
    yield "inter.broker.listener.name", names["interbroker"]
    used = [protocols[each] for each in mapped]
    if any(isinstance(each, Unknown) or each.endswith("SSL") for each in used):
        yield "ssl.keystore.location", f"{_CERTIFICATES}/kafka.keystore.jks"
        yield "ssl.truststore.location", f"{_CERTIFICATES}/kafka.truststore.jks"
        yield "ssl.client.auth", values.text("tls", "sslClientAuth", default="required").value
        own = values.text("listeners", "client", "sslClientAuth", default="").value
        if own != "" and isinstance(names["client"], str):
            yield f"listener.name.{names['client'].lower()}.ssl.client.auth", own
    if any(isinstance(each, Unknown) or each.startswith("SASL") for each in used):
        mechanisms = values.text("sasl", "enabledMechanisms", default="PLAIN,SCRAM-SHA-256,SCRAM-SHA-512")
        yield "sasl.enabled.mechanisms", _upper(mechanisms)
        yield (
            "sasl.mechanism.inter.broker.protocol",
            _upper(values.text("sasl", "interBrokerMechanism", default="PLAIN")),
        )
    yield "log.dirs", "/bitnami/kafka/data"
    yield from _cluster(release, names["controller"], roles)


def _cluster(release: Release, controller: str | Unknown, roles: str) -> Iterator[tuple[str, str | Unknown]]:
    kraft = release.values.boolean("kraft", "enabled", default=True).value
    if kraft is False and release.major is not None and release.major < _WITHOUT_ZOOKEEPER:
        yield "zookeeper.connect", f"{release.full_name}-zookeeper"
        return
    yield "process.roles", roles
    yield "controller.listener.names", controller
    yield "controller.quorum.voters", Unknown("the chart names the controllers when it is installed")
    yield "node.id", Unknown("the Pod's number")


def _joined(
    pairs: Iterable[tuple[str | Unknown, str | Unknown]], between: str, has_more: bool | Unknown
) -> str | Unknown:
    """Return a list of listeners, Unknown where values add listeners (`has_more`), which are not looked at."""
    if has_more is not False:
        return Unknown("extraListeners add listeners")
    found: list[str] = []
    for name, part in pairs:
        if isinstance(name, Unknown) or isinstance(part, Unknown):
            return name if isinstance(name, Unknown) else part
        found.append(f"{name}{between}{part}")
    return ",".join(found)


def _upper(text: Located[str]) -> str | Unknown:
    return text.value if isinstance(text.value, Unknown) else text.value.upper()
