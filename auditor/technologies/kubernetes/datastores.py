"""Which images are data stores."""

_PRODUCTS = {
    "redis": "Redis",
    "redis-stack": "Redis",
    "redis-stack-server": "Redis",
    "redis-cluster": "Redis",
    "valkey": "Valkey",
    "postgres": "PostgreSQL",
    "postgresql": "PostgreSQL",
    "postgis": "PostgreSQL",
    "timescaledb": "PostgreSQL",
    "mysql": "MySQL",
    "mysql-server": "MySQL",
    "percona": "MySQL",
    "mariadb": "MariaDB",
    "mongo": "MongoDB",
    "mongodb": "MongoDB",
    "mongodb-community-server": "MongoDB",
    "mongodb-enterprise-server": "MongoDB",
    "cassandra": "Cassandra",
    "scylla": "ScyllaDB",
    "cockroach": "CockroachDB",
    "couchdb": "CouchDB",
    "couchbase": "Couchbase",
    "clickhouse-server": "ClickHouse",
    "elasticsearch": "Elasticsearch",
    "opensearch": "OpenSearch",
    "etcd": "etcd",
    "influxdb": "InfluxDB",
    "memcached": "Memcached",
    "neo4j": "Neo4j",
    "rethinkdb": "RethinkDB",
    "solr": "Solr",
    "zookeeper": "ZooKeeper",
    "kafka": "Kafka",
    "cp-kafka": "Kafka",
    "rabbitmq": "RabbitMQ",
    "minio": "MinIO",
}


def datastore_of(image: str) -> str:
    """Return the product if the image's name is a data store's, "" otherwise."""
    name = image.partition("@")[0].rpartition("/")[2].partition(":")[0]
    return _PRODUCTS.get(name.lower(), "")
