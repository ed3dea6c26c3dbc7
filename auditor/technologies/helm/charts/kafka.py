"""Bitnami's chart `kafka`, versions 12 to 23 (variables) and 24 to 32 (a generated server.properties).

Source: values.yaml, `_helpers.tpl` and `statefulset.yaml` of bitnami/charts, chart versions 12.20.0 to 23.0.7: up to
version 23 the chart gives the image variables, with listeners by `auth.clientProtocol` and `auth.interBrokerProtocol`;
24 and later are in `kafka_listeners`. `appVersion` is from the Chart.yaml of all releases.
"""

from collections.abc import Iterable, Iterator

from auditor.model.fact import Fact
from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.model.workload import Located, Mount, MountKind, Variable
from auditor.technologies.helm.container import Container, Image, config_mount, plain, unknown_mounts, variables_of
from auditor.technologies.helm.network import confinement, front, ports_of
from auditor.technologies.helm.release import Release

_FIRST, _WITH_LISTENERS = 12, 24
_TAGS = {
    13: "2.8", 14: "2.8", 17: "3.2", 18: "3.2", 19: "3.3", 21: "3.4", 22: "3.4", 23: "3.5", 24: "3.5", 25: "3.5",
    26: "3.6", 27: "3.7", 28: "3.7", 29: "3.7", 30: "3.8", 31: "3.9", 32: "4.0",
}  # fmt: skip
_PROTOCOLS = {
    "plaintext": "PLAINTEXT",
    "tls": "SSL",
    "mtls": "SSL",
    "sasl": "SASL_PLAINTEXT",
    "sasl_tls": "SASL_SSL",
}
PROPERTIES = "/opt/bitnami/kafka/config/server.properties"
_OLD = {
    "autoCreateTopicsEnable": ("KAFKA_CFG_AUTO_CREATE_TOPICS_ENABLE", "true"),
    "defaultReplicationFactor": ("KAFKA_CFG_DEFAULT_REPLICATION_FACTOR", "1"),
    "offsetsTopicReplicationFactor": ("KAFKA_CFG_OFFSETS_TOPIC_REPLICATION_FACTOR", "1"),
    "transactionStateLogReplicationFactor": ("KAFKA_CFG_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1"),
    "transactionStateLogMinIsr": ("KAFKA_CFG_TRANSACTION_STATE_LOG_MIN_ISR", "1"),
}
_PORTS = {"INTERNAL": 9093, "CLIENT": 9092, "EXTERNAL": 9094}


def render(release: Release) -> Iterator[Fact]:
    """Yield the nodes that clients connect to; a version that is not known leaves nothing to judge."""
    if release.major is None or release.major < _FIRST:
        return
    if release.major >= _WITH_LISTENERS:
        from . import kafka_listeners  # noqa: PLC0415  # it builds on this module

        yield from kafka_listeners.render(release)
    else:
        yield from _old(release)


def _old(release: Release) -> Iterator[Fact]:
    values = release.values
    is_kraft = values.boolean("kraft", "enabled", default=release.major == _WITH_LISTENERS - 1)
    listeners = ["INTERNAL", "CLIENT"]
    if values.boolean("externalAccess", "enabled", default=False).value is not False:
        listeners.append("EXTERNAL")
    client = values.text("auth", "clientProtocol", default="plaintext")
    inner = values.text("auth", "interBrokerProtocol", default="plaintext")
    chosen = {
        "INTERNAL": inner,
        "CLIENT": client,
        "EXTERNAL": values.text("auth", "externalClientProtocol", default=""),
    }
    if chosen["EXTERNAL"].value == "":
        chosen["EXTERNAL"] = client
    protocols = {name: _protocol(chosen[name]) for name in listeners}
    variables = [
        plain("KAFKA_CFG_LISTENERS", _listening(release, listeners, client)),
        plain("KAFKA_CFG_LISTENER_SECURITY_PROTOCOL_MAP", _map(protocols, client, release.at)),
        plain("KAFKA_CFG_INTER_BROKER_LISTENER_NAME", values.text("interBrokerListenerName", default="INTERNAL")),
        plain("KAFKA_TLS_CLIENT_AUTH", _client_auth(client)),
        plain("KAFKA_CFG_AUTHORIZER_CLASS_NAME", values.text("authorizerClassName", default="")),
        plain("KAFKA_CFG_ALLOW_EVERYONE_IF_NO_ACL_FOUND", values.text("allowEveryoneIfNoAclFound", default="true")),
        plain(
            "KAFKA_CFG_SASL_ENABLED_MECHANISMS",
            values.text("auth", "sasl", "mechanisms", default="plain,scram-sha-256,scram-sha-512"),
        ),
        *(plain(variable, values.text(name, default=default)) for name, (variable, default) in _OLD.items()),
    ]
    if is_kraft.value is False:
        variables.append(
            Variable(name="KAFKA_CFG_ZOOKEEPER_CONNECT", value=f"{release.full_name}-zookeeper", at=release.at)
        )
    else:
        variables += _kraft(release.at)
    count = values.integer("replicaCount", default=1)
    yield from node(release, "", count, external="9094", environment=variables, mounts=replaced(release))


def _protocol(chosen: Located[str]) -> str | Unknown:
    value = chosen.value
    if isinstance(value, Unknown):
        return value
    return _PROTOCOLS.get(value.lower(), Unknown("expected a protocol that the chart knows"))


def _client_auth(client: Located[str]) -> Located[str]:
    value = client.value
    return Located[str](
        value=value if isinstance(value, Unknown) else "required" if value == "mtls" else "none", at=client.at
    )


def _map(protocols: dict[str, str | Unknown], decisive: Located[str], at: Location) -> Located[str]:
    unknown = next((value for value in protocols.values() if isinstance(value, Unknown)), None)
    text = ",".join(f"{name}:{value}" for name, value in protocols.items())
    return Located[str](value=unknown if unknown is not None else text, at=decisive.at if decisive.at != at else at)


def _listening(release: Release, names: Iterable[str], client: Located[str]) -> Located[str]:
    """Return where the broker listens: `listeners` of the values, else a port for each name."""
    given = release.values.words("listeners")
    known = [word.value for word in given if isinstance(word.value, str)]
    if given:
        return Located[str](
            value=",".join(known) if len(known) == len(given) else Unknown("a listener is not known"), at=given[0].at
        )
    return Located(value=",".join(f"{name}://:{_PORTS[name]}" for name in names), at=client.at)


def _kraft(at: Location) -> list[Variable]:
    """Return what makes a node one of a cluster without ZooKeeper; its number and peers come with the Pod."""
    peers = Unknown("the chart names the controllers when it is installed")
    return [
        Variable(name="KAFKA_CFG_PROCESS_ROLES", value="controller,broker", at=at),
        Variable(name="KAFKA_CFG_CONTROLLER_LISTENER_NAMES", value="CONTROLLER", at=at),
        Variable(name="KAFKA_CFG_CONTROLLER_QUORUM_VOTERS", value=peers, at=at),
    ]


def node(
    release: Release,
    part: str,
    replicas: Located[int],
    *,
    external: str,
    environment: Iterable[Variable] = (),
    mounts: Iterable[Mount] = (),
) -> Iterator[Fact]:
    """Yield one kind of node with its Services; `external` is the port for clients outside the cluster."""
    values = release.values
    name = f"{release.full_name}-{part}" if part else release.full_name
    service = front(release, release.full_name, "service", datastore="Kafka")
    ports = ports_of(release, values.integer("listeners", "client", "containerPort", default=9092), [service])
    fronts = [service]
    outside = values.boolean("externalAccess", "enabled", default=False)
    if outside.value is not False:
        kind = "LoadBalancer" if outside.value is True else outside.value
        path = ("externalAccess", part, "service") if part else ("externalAccess", "service")
        fronts.append(front(release, f"{name}-external", *path, datastore="Kafka", default=kind).placed(outside.at))
        number = values.integer("listeners", "external", "containerPort", default=int(external))
        ports = (*ports, *ports_of(release, number, fronts[1:]))
    container = Container(
        release=release,
        pod=name,
        name="kafka",
        image=Image(repository="bitnami/kafka", tag=_TAGS.get(release.major or 0)),
        block=(part,) if part else (),
        environment=variables_of(*environment),
        mounts=tuple(mounts),
        ports=ports,
        confined=confinement(release, "networkPolicy", default=release.since((28, 0), then=True, before=False)),
        replicas=replicas,
    )
    yield container.workload()
    for each in fronts if part != "broker" else fronts[1:]:
        yield each.fact(release)


def replaced(release: Release) -> Iterator[Mount]:
    """Yield the file that values give in place of the chart's own."""
    if release.values.is_given("config") is not False:
        mount = config_mount(release, PROPERTIES, "config")
        yield mount or Mount(kind=MountKind.UNKNOWN, target=PROPERTIES, at=release.values.where("config"))
    else:
        yield from unknown_mounts(release, PROPERTIES, [("existingConfigmap",), ("existingSecretConfig",)])
