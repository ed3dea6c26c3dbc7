"""The images that run Kafka: whose start script it is, where its configuration lies and what it sets by itself."""

import posixpath
import re
from enum import Enum

from auditor.model.workload import Workload
from auditor.records import dataclass

from .parameters import Version


class Family(Enum):
    """Whose start script it is."""

    APACHE = "apache/kafka"
    CONFLUENT = "confluentinc/cp-kafka"
    BITNAMI = "bitnami/kafka"
    WURSTMEISTER = "wurstmeister/kafka"
    OTHER = ""


@dataclass(frozen=True)
class Image:
    """`is_connect` tells whether it starts a Connect worker when no command is given."""

    family: Family
    version: Version | None
    is_connect: bool = False


_CONFLUENT_BROKERS = frozenset({"cp-kafka", "cp-server", "cp-enterprise-kafka", "confluent-local"})
_CONFLUENT_CONNECT = frozenset(
    {"cp-kafka-connect", "cp-kafka-connect-base", "cp-server-connect", "cp-server-connect-base"}
)


def image_of(workload: Workload) -> Image | None:
    """Return what is known of the workload's image, None if it is not one that runs Kafka by itself."""
    repository, name = workload.image_repository or "", workload.image_name or ""
    namespace = repository.rpartition("/")[0]
    version = parse_version(workload.image_version)
    if repository in {"apache/kafka", "apache/kafka-native"}:
        return Image(Family.APACHE, version)
    if name in _CONFLUENT_BROKERS or name in _CONFLUENT_CONNECT:
        return Image(Family.CONFLUENT, _confluent_version(version), name in _CONFLUENT_CONNECT)
    if name == "kafka" and namespace in {"bitnami", "bitnamilegacy", "bitnamisecure"}:
        return Image(Family.BITNAMI, version)
    if repository == "wurstmeister/kafka":
        tag = re.fullmatch(r"\d\.\d+-(.*)", workload.image_tag or "")
        return Image(Family.WURSTMEISTER, parse_version(tag[1]) if tag else version)
    if name == "kafka":
        return Image(Family.OTHER, None)
    return None


def parse_version(text: str | None) -> Version | None:
    """Return (major, minor) of a version text; a lone major is its last minor as far as that series has ended."""
    match = re.match(r"(\d{1,9})(?:\.(\d{1,9}))?", text or "")
    if match is None:
        return None
    major = int(match[1])
    return (major, int(match[2])) if match[2] else {2: (2, 8), 3: (3, 9)}.get(major)


def _confluent_version(platform: Version | None) -> Version | None:
    """Return Kafka's version in a release of the platform: 5.0 has 2.0, 6.0 has 2.6, 7.0 has 3.0, 8.0 has 4.0.

    Source: "Supported Versions and Interoperability" of the Confluent Platform manual 8.0.
    """
    first = {5: (2, 0), 6: (2, 6), 7: (3, 0), 8: (4, 0)}.get(platform[0]) if platform else None
    return (first[0], first[1] + platform[1]) if first and platform else None


_WRAPPERS = frozenset({"exec", "tini", "dumb-init", "--", "bash", "sh", "-c", "-ec", "/bin/sh", "/bin/bash", "&&"})
_BROKER_STARTERS = frozenset({"kafka-server-start.sh", "kafka-server-start"})
_CONNECT_STARTERS = frozenset(
    {"connect-distributed.sh", "connect-distributed", "connect-standalone.sh", "connect-standalone"}
)
_OWN_STARTERS = frozenset({"run.sh", "run", "start-kafka.sh", "launch", "entrypoint.sh"})


def started(words: list[str]) -> tuple[str, list[str]] | None:
    """Return "broker" or "connect" and what stands behind the program that starts it; None if nothing starts it.

    The images' own start scripts are "own".
    """
    for place, word in enumerate(words):
        name = posixpath.basename(word)
        if name in _BROKER_STARTERS:
            return "broker", words[place + 1 :]
        if name in _CONNECT_STARTERS:
            return "connect", words[place + 1 :]
        if word.strip(";'\"").endswith("/docker/run"):
            return "own", words[place + 1 :]
        if name in _OWN_STARTERS and all(before in _WRAPPERS or before.endswith(".sh") for before in words[:place]):
            return "own", words[place + 1 :]
    return None
