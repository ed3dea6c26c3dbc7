"""The images that run ZooKeeper: where their configuration is and which environment variables they read.

Sources, read in 2026: `docker-entrypoint.sh` and `Dockerfile` of the Docker Official Image (31z4/zookeeper-docker,
3.8.6 and 3.9.4); `libzookeeper.sh` and `zookeeper-env.sh` of bitnami/containers (3.9); `configure` and
`zookeeper.properties.template` of confluentinc/cp-zookeeper (7.x, the last series).
"""

import re
from enum import Enum

from auditor.model.workload import Workload
from auditor.records import dataclass

from .parameters import Version


class Family(Enum):
    """Whose start script it is."""

    OFFICIAL = "zookeeper"
    BITNAMI = "bitnami/zookeeper"
    CONFLUENT = "confluentinc/cp-zookeeper"
    OTHER = ""


@dataclass(frozen=True)
class Image:
    """`configuration` is the file that the image's script starts the server with."""

    family: Family
    configuration: str
    version: Version | None


_CONFIGURATIONS = {
    Family.OFFICIAL: "/conf/zoo.cfg",
    Family.BITNAMI: "/opt/bitnami/zookeeper/conf/zoo.cfg",
    Family.CONFLUENT: "/etc/kafka/zookeeper.properties",
    Family.OTHER: "/conf/zoo.cfg",
}
_CONFLUENT_SERIES = (((7, 6), (3, 8, 0)), ((7, 0), (3, 6, 3)), ((5, 4), (3, 5, 6)), ((3, 0), (3, 4, 0)))
"""ZooKeeper in the platform's releases from the given one on (`dependencies.gradle` of Kafka 2.4, 3.0 and 3.6)."""


def image_of(workload: Workload) -> Image | None:
    """Return what is known of the workload's image, None if it is not one that runs ZooKeeper by itself."""
    repository, name = workload.image_repository or "", workload.image_name or ""
    namespace = repository.rpartition("/")[0]
    version = parse_version(workload.image_version)
    if repository == "zookeeper":
        return Image(Family.OFFICIAL, _CONFIGURATIONS[Family.OFFICIAL], version)
    if name == "zookeeper" and namespace in {"bitnami", "bitnamilegacy", "bitnamisecure"}:
        return Image(Family.BITNAMI, _CONFIGURATIONS[Family.BITNAMI], version)
    if name in {"cp-zookeeper", "cp-enterprise-zookeeper"}:
        series = next((real for first, real in _CONFLUENT_SERIES if version and version[:2] >= first), None)
        return Image(Family.CONFLUENT, _CONFIGURATIONS[Family.CONFLUENT], series)
    if name == "zookeeper":
        return Image(Family.OTHER, _CONFIGURATIONS[Family.OTHER], None)
    return None


def parse_version(text: str | None) -> Version | None:
    """Return the version that a text begins with; None without a minor number."""
    match = re.match(r"(\d{1,9})\.(\d{1,9})(?:\.(\d{1,9}))?", text or "")
    return (int(match[1]), int(match[2]), int(match[3] or 99)) if match else None
