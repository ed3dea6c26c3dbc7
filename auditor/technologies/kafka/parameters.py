"""The settings of brokers and of Connect workers that are modelled, and their defaults by version.

Sources: `KafkaConfig`, `SocketServerConfigs`, `ReplicationConfigs` and `ServerLogConfigs` of Kafka 3.9 and the manual's
section Broker Configs of 2.0, 2.8, 3.9 and 4.0 (https://kafka.apache.org/documentation/#brokerconfigs);
`RestServerConfig` and `DistributedConfig` for Connect. What differs within 2.0-4.x is said beside the row.
"""

from typing import Final

from auditor.model.unknown import Unknown

Version = tuple[int, int]

SOURCE: Final = "Broker Configs, Kafka 3.9 manual"
CONNECT_SOURCE: Final = "Kafka Connect Configs, Kafka 3.9 manual"
DEFAULT_MAP: Final = "SASL_SSL:SASL_SSL,PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT"

_BROKER: Final = {
    "listeners": "PLAINTEXT://:9092",
    "advertised.listeners": "",
    "listener.security.protocol.map": DEFAULT_MAP,
    "inter.broker.listener.name": "",
    "security.inter.broker.protocol": "PLAINTEXT",
    "process.roles": "",
    "controller.listener.names": "",
    "controller.quorum.voters": "",
    "controller.quorum.bootstrap.servers": "",
    "zookeeper.connect": "",
    "zookeeper.set.acl": "false",
    "zookeeper.ssl.client.enable": "false",
    "authorizer.class.name": "",
    "allow.everyone.if.no.acl.found": "false",
    "super.users": "",
    "sasl.enabled.mechanisms": "GSSAPI",
    "connections.max.reauth.ms": "0",
    "ssl.client.auth": "none",
    "ssl.endpoint.identification.algorithm": "https",
    "unclean.leader.election.enable": "false",
    "min.insync.replicas": "1",
    "default.replication.factor": "1",
    "offsets.topic.replication.factor": "3",
    "transaction.state.log.replication.factor": "3",
    "transaction.state.log.min.isr": "2",
    "auto.create.topics.enable": "true",
    "log.dirs": "",
    "log.dir": "/tmp/kafka-logs",  # noqa: S108  # the server's own default
}  # fmt: skip

_CONNECT: Final = {
    "listeners": "http://:8083",
    "rest.host.name": "",
    "rest.extension.classes": "",
    "ssl.client.auth": "none",
    "listeners.https.ssl.client.auth": "",
    "config.storage.replication.factor": "3",
    "offset.storage.replication.factor": "3",
    "status.storage.replication.factor": "3",
}


def broker_defaults(version: Version | None) -> dict[str, str | Unknown]:
    """Return what a broker that nothing configures has in force."""
    protocols = "TLSv1.2,TLSv1.3"
    if version is not None and version < (2, 6):  # KIP-573
        protocols = "TLSv1.2" if version >= (2, 5) else "TLSv1.2,TLSv1.1,TLSv1"
    return {**_BROKER, "ssl.enabled.protocols": protocols}


def connect_defaults() -> dict[str, str | Unknown]:
    """Return what a Connect worker that nothing configures has in force."""
    return {**_CONNECT}


BOOLEANS: Final = frozenset(
    {
        "allow.everyone.if.no.acl.found", "unclean.leader.election.enable", "auto.create.topics.enable",
        "zookeeper.set.acl",
        "zookeeper.ssl.client.enable",
    }
)  # fmt: skip
INTEGERS: Final = frozenset(
    {
        "min.insync.replicas", "default.replication.factor", "offsets.topic.replication.factor",
        "transaction.state.log.replication.factor", "transaction.state.log.min.isr", "connections.max.reauth.ms",
        "config.storage.replication.factor", "offset.storage.replication.factor",
        "status.storage.replication.factor",
    }
)  # fmt: skip


def refused(name: str, value: str) -> str:
    """Return what Kafka expects instead of `value` (`ConfigDef.parseType`), "" if it accepts it."""
    if name in BOOLEANS and value.lower() not in {"true", "false"}:
        return f"expected true or false for {name}"
    if name in INTEGERS and not value.removeprefix("-").removeprefix("+").isdigit():
        return f"expected a whole number for {name}"
    return ""
