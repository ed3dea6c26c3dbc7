"""Apache Cassandra: cassandra.yaml, cassandra-env.sh and cqlshrc, and the servers that files and containers make."""

from .service import Cassandra
from .technology import CASSANDRA, CassandraTechnology

__all__ = ["CASSANDRA", "Cassandra", "CassandraTechnology"]
