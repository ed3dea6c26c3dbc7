"""Tell configurations of Kafka's brokers, Connect workers and clients, and JAAS files, from other text files."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_VARIANT = r"(?:\.(?:j2|jinja2?|tmpl|tpl|template|sample|example|dist|in|default|erb|bak|orig))*"
_NAME = lazy(rf"(?:.*[._-])?(?:server|broker|controller|kafka|connect|worker)(?:[._-].*)?\.properties{_VARIANT}")
_TEXT_NAME = lazy(rf"[^.]*{_VARIANT}|.*\.(?:properties|conf|cfg|config){_VARIANT}")
_JAAS_NAME = lazy(rf".*jaas.*\.(?:conf|config){_VARIANT}|.*\.jaas{_VARIANT}")
_JAAS = lazy(r"^[ \t]*[\w.]+[ \t]*\{\s*[\w.]+LoginModule\s+(?:required|requisite|sufficient|optional)\b", re.M)
_KEY = lazy(r"^[ \t]*([a-z][\w.-]*)[ \t]*[=:]", re.M)
_REST = lazy(r"^[ \t]*listeners[ \t]*[=:][ \t]*https?://", re.M)
_BROKER = frozenset(
    {
        "broker.id", "node.id", "process.roles", "log.dirs", "log.dir", "advertised.listeners",
        "listener.security.protocol.map", "num.network.threads", "offsets.topic.replication.factor",
        "transaction.state.log.replication.factor", "controller.quorum.voters", "controller.listener.names",
    }
)  # fmt: skip
"""Keys that only a broker or controller has."""
_BROKER_TOO = frozenset(
    {
        "listeners", "zookeeper.connect", "auto.create.topics.enable", "min.insync.replicas", "log.retention.hours",
        "default.replication.factor", "inter.broker.listener.name", "security.inter.broker.protocol", "super.users",
        "authorizer.class.name", "unclean.leader.election.enable", "sasl.enabled.mechanisms", "num.partitions",
    }
)  # fmt: skip
_CONNECT = frozenset(
    {
        "offset.storage.topic", "config.storage.topic", "status.storage.topic", "offset.storage.file.filename",
        "key.converter", "value.converter",
    }
)  # fmt: skip
_CLIENT = frozenset(
    {
        "security.protocol", "sasl.mechanism", "sasl.jaas.config", "ssl.truststore.location",
        "ssl.endpoint.identification.algorithm",
    }
)  # fmt: skip
_PRODUCER = frozenset({"acks", "enable.idempotence", "key.serializer", "value.serializer", "linger.ms", "batch.size"})
_WORDS = (
    "LoginModule", "broker", "bootstrap.servers", "log.dir", "listeners", "converter", "sasl.", "process.roles",
    "security.protocol", "num.network.threads", "zookeeper.connect",
)  # fmt: skip
"""One of these is in every such text; looked for before any pattern."""
BROKER, CONNECT, CLIENT, JAAS = "broker", "connect", "client", "jaas"


def kind_of(name: str, head: str) -> str:
    """Return what a text configures, "" if nothing of Kafka's."""
    if (
        "LoginModule" in head
        and (_JAAS_NAME.fullmatch(name) or "=" not in head.partition("{")[0])
        and _JAAS.search(head)
    ):
        return JAAS
    keys = set(_KEY.findall(head))
    if "connector.class" in keys or "clusters" in keys:
        return ""
    if len(keys & _CONNECT) >= 2 and "bootstrap.servers" in keys:
        return CONNECT
    if _REST.search(head):
        return ""  # Kafka's REST proxy and Schema Registry have keys of the same names
    own, shared = keys & _BROKER, keys & _BROKER_TOO
    if (own and len(own | shared) >= 2) or (_NAME.fullmatch(name) and len(shared) >= 2):
        return BROKER
    if "sasl.jaas.config" in keys or ({"security.protocol"} < (keys & _CLIENT)):
        return CLIENT
    if "acks" in keys and "bootstrap.servers" in keys and len(keys & _PRODUCER) >= 2:
        return CLIENT
    return ""


def recognise(name: str, _path: str, head: str) -> Recognition | None:
    """Return why the file is one of Kafka's, None if it is not."""
    if not _TEXT_NAME.fullmatch(name) and not _JAAS_NAME.fullmatch(name):
        return None
    if not any(word in head for word in _WORDS):
        return None
    kind = kind_of(name, head)
    if kind == JAAS:
        return Recognition("a JAAS file with login modules", 3 if _JAAS_NAME.fullmatch(name) else 2)
    if not kind:
        return None
    return Recognition(f"keys of a Kafka {kind}", 3 if _NAME.fullmatch(name) else 2)


TECHNOLOGY = Registered(
    "kafka",
    "Apache Kafka",
    "auditor.technologies.kafka:KAFKA",
    recognise,
    words=("kafka", "cp-server", "confluent-local", "connect-distributed", "connect-standalone"),
    files="server.properties, Connect worker files, JAAS files",
    versions="2.0 to 4.0",
)
