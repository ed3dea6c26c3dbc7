"""Ports and address ranges of firewall rules, and hosts of addresses."""

import ipaddress
import re

from auditor.patterns import lazy

from .unknown import Unknown, known

_SERVICES = {
    21: "FTP",
    22: "SSH",
    23: "Telnet",
    445: "SMB",
    1433: "SQL Server",
    1521: "Oracle",
    2181: "ZooKeeper",
    2375: "the Docker API",
    2376: "the Docker API",
    2379: "etcd",
    3306: "MySQL",
    3389: "RDP",
    5432: "PostgreSQL",
    5601: "Kibana",
    5672: "RabbitMQ",
    5900: "VNC",
    5985: "WinRM",
    5986: "WinRM",
    6379: "Redis",
    6443: "the Kubernetes API",
    7000: "Cassandra",
    7001: "Cassandra",
    8086: "InfluxDB",
    9042: "Cassandra",
    9092: "Kafka",
    9200: "Elasticsearch",
    9300: "Elasticsearch",
    10250: "the kubelet",
    11211: "Memcached",
    15672: "RabbitMQ",
    27017: "MongoDB",
    27018: "MongoDB",
    27019: "MongoDB",
    28015: "RethinkDB",
    50070: "HDFS",
}
"""Ports for administration and of data stores, by IANA's registry and the products' manuals."""


def services_in(first: int, last: int) -> tuple[str, ...]:
    """Return administration and data services whose port is in a range, each once, in order of ports."""
    return tuple(dict.fromkeys(name for port, name in _SERVICES.items() if first <= port <= last))


def is_everywhere(network: str) -> bool:
    """Tell whether a CIDR block or address word means the whole internet (`0.0.0.0/0`, `::/0`, `*`, `Internet`)."""
    if network.strip().lower() in {"*", "any", "internet"}:
        return True
    try:
        return ipaddress.ip_network(network.strip(), strict=False).prefixlen == 0
    except ValueError:
        return False


_HTTP = lazy(r"http://(?P<host>\[[^\]]*\]|[^/:?#]+)", re.IGNORECASE)
_LOCAL = frozenset({"localhost", "::1"})


def http_host(address: str | Unknown) -> str | None:
    """Return the host of a plain HTTP address, None for other addresses and the user's own machine.

    Raises:
        UndecidedError: the address is not known.
    """
    found = _HTTP.match(known(address))
    if found is None:
        return None
    host = found["host"].strip("[]").lower()
    return None if host in _LOCAL or host.startswith("127.") else host


def is_neighbour(host: str) -> bool:
    """Tell whether a host is, by its name of one word, another container of the same network."""
    return "." not in host and ":" not in host
