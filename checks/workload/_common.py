"""What several workload checks share."""

from auditor.api import Mount, MountKind, Role, Workload

_KAFKA = (9092, 9093, 29092)

DATASTORES: dict[str, tuple[int, ...]] = {
    "azure-sql-edge": (1433,),
    "cassandra": (7000, 9042, 9160),
    "clickhouse": (8123, 9000),
    "clickhouse-server": (8123, 9000),
    "couchdb": (5984,),
    "cp-enterprise-kafka": _KAFKA,
    "cp-kafka": _KAFKA,
    "cp-server": _KAFKA,
    "cp-zookeeper": (2181,),
    "elasticsearch": (9200, 9300),
    "etcd": (2379, 2380),
    "hbase": (16000, 16010, 16020),
    "influxdb": (8086,),
    "kafka": _KAFKA,
    "mariadb": (3306,),
    "memcached": (11211,),
    "mongo": (27017,),
    "mongodb": (27017,),
    "mongodb-community-server": (27017,),
    "mongodb-enterprise-server": (27017,),
    "mssql/server": (1433,),
    "mysql": (3306,),
    "mysql-server": (3306,),
    "neo4j": (7474, 7687),
    "opensearch": (9200, 9300),
    "percona": (3306,),
    "postgis": (5432,),
    "postgres": (5432,),
    "postgresql": (5432,),
    "rabbitmq": (5672, 15672, 25672),
    "redis": (6379,),
    "redismod": (6379,),
    "redis-stack": (6379, 8001),
    "redis-stack-server": (6379,),
    "solr": (8983,),
    "timescaledb": (5432,),
    "valkey": (6379,),
    "zookeeper": (2181,),
}
"""Image name without registry and tag, and the ports on which its server listens by default (each product's manual).

Where the name alone says too little, its folder stands before it.
"""


def runs(workload: Workload) -> bool:
    """Tell whether somebody runs the container, so that more than its image is declared."""
    return workload.role is not Role.IMAGE


def datastore_ports(workload: Workload) -> tuple[int, ...]:
    """Return the default ports of the data store that the container runs, none if it runs something else."""
    return DATASTORES.get(workload.image_name or "") or DATASTORES.get(workload.image_repository or "", ())


def host_paths(workload: Workload) -> list[tuple[Mount, str]]:
    """Return the mounts of absolute host paths with the path, without a trailing slash."""
    return [
        (mount, mount.host_path.rstrip("/") or "/")
        for mount in workload.mounts
        if mount.kind is MountKind.BIND and mount.host_path is not None and mount.host_path.startswith(("/", "~"))
    ]
