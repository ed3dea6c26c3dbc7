"""Environment variables as the start scripts of the images turn them into properties.

Sources, read in 2026: `KafkaDockerWrapper.getServerConfigsFromEnv` and `docker/resources/common-scripts/configure` of
apache/kafka 3.9; `configure` and `kafka.properties.template` of confluentinc/kafka-images 8.0; `libkafka.sh` of
bitnami/containers (4.0); `start-kafka.sh` of wurstmeister/kafka-docker (2022, the last release).
"""

import re
from collections.abc import Iterator

from auditor.model.workload import Variable, Workload

_JAVA = frozenset(
    {
        "KAFKA_VERSION", "KAFKA_HOME", "KAFKA_DEBUG", "KAFKA_HEAP_OPTS", "KAFKA_LOG4J_OPTS", "KAFKA_OPTS",
        "KAFKA_JMX_OPTS",
        "KAFKA_JVM_PERFORMANCE_OPTS", "KAFKA_GC_LOG_OPTS", "KAFKA_LOG4J_ROOT_LOGLEVEL", "KAFKA_LOG4J_LOGGERS",
        "KAFKA_TOOLS_LOG4J_LOGLEVEL", "KAFKA_JMX_HOSTNAME", "KAFKA_JMX_PORT", "KAFKA_LOG", "KAFKA_CREATE_TOPICS",
    }
)  # fmt: skip
"""Variables that are for Java or the script and no property."""
_BITNAMI_OLD = frozenset(
    {
        "ADVERTISED_LISTENERS", "BROKER_ID", "NODE_ID", "CONTROLLER_QUORUM_VOTERS", "PROCESS_ROLES",
        "DEFAULT_REPLICATION_FACTOR", "DELETE_TOPIC_ENABLE", "INTER_BROKER_LISTENER_NAME", "LISTENERS",
        "LISTENER_SECURITY_PROTOCOL_MAP", "LOG_DIRS", "OFFSETS_TOPIC_REPLICATION_FACTOR",
        "SSL_ENDPOINT_IDENTIFICATION_ALGORITHM", "TRANSACTION_STATE_LOG_MIN_ISR",
        "TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "ZOOKEEPER_CONNECT", "AUTO_CREATE_TOPICS_ENABLE",
    }
)  # fmt: skip
"""Names that Bitnami's script takes without the prefix `CFG_` as well."""


def dotted(name: str) -> str:
    """Return the property of a variable without its prefix: `_` is a dot, `__` an underscore, `___` a dash."""
    parts = re.split(r"(_+)", name.lower())
    return "".join({"_": ".", "__": "_", "___": "-"}.get(part, part) for part in parts)


def prefixed(workload: Workload, prefix: str) -> Iterator[tuple[str, Variable]]:
    """Yield the properties that variables with `prefix` set, in the images of Apache and Confluent."""
    for name, variable in workload.environment.items():
        if name.startswith(prefix) and name not in _JAVA:
            yield dotted(name.removeprefix(prefix)), variable


def wurstmeister(workload: Workload) -> Iterator[tuple[str, Variable]]:
    """Yield properties; every underscore is a dot."""
    for name, variable in workload.environment.items():
        if name.startswith("KAFKA_") and name not in _JAVA:
            yield name.removeprefix("KAFKA_").lower().replace("_", "."), variable


def bitnami(workload: Workload) -> Iterator[tuple[str, Variable]]:
    """Yield properties; an old name without `CFG_` beats the new one."""
    for name, variable in workload.environment.items():
        if name.startswith("KAFKA_CFG_"):
            yield _bitnami_name(name.removeprefix("KAFKA_CFG_")), variable
    for name, variable in workload.environment.items():
        if name.removeprefix("KAFKA_") in _BITNAMI_OLD and name.startswith("KAFKA_"):
            yield _bitnami_name(name.removeprefix("KAFKA_")), variable


def _bitnami_name(name: str) -> str:
    return name.lower().replace("_", ".").replace("sasl.ssl", "sasl_ssl").replace("sasl.plaintext", "sasl_plaintext")
