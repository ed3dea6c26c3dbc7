"""The programs that take the same web flags, with their names, images and default addresses.

Sources: `--help` of prometheus 2.42 and alertmanager 0.25; README.md of node_exporter, blackbox_exporter, pushgateway,
mysqld_exporter, postgres_exporter, snmp_exporter and memcached_exporter (default ports, `--web.config.file` of the
exporter toolkit); manual pages of prometheus-elasticsearch-exporter and prometheus-haproxy-exporter (Ubuntu
22.04).
"""

from typing import Final

from auditor.records import dataclass


@dataclass(frozen=True)
class Program:
    """A program: its title, the names of its binary and image, where it listens and which file it reads by default."""

    title: str
    names: frozenset[str]
    address: str
    config: str = ""
    is_exporter: bool = False


PROMETHEUS: Final = Program("Prometheus", frozenset({"prometheus"}), "0.0.0.0:9090", "/etc/prometheus/prometheus.yml")
ALERTMANAGER: Final = Program(
    "Alertmanager",
    frozenset({"alertmanager", "prometheus-alertmanager"}),
    ":9093",
    "/etc/alertmanager/alertmanager.yml",
)


def _exporter(stem: str, title: str, port: int, ending: str = "exporter") -> Program:
    names = {f"{stem}_{ending}", f"{stem}-{ending}", f"prometheus-{stem}-{ending}"}
    return Program(title, frozenset(names), f":{port}", is_exporter=True)


PUSHGATEWAY: Final = Program(
    "Pushgateway", frozenset({"pushgateway", "prometheus-pushgateway"}), ":9091", is_exporter=True
)
PROGRAMS: Final = (
    PROMETHEUS,
    ALERTMANAGER,
    PUSHGATEWAY,
    _exporter("node", "The node exporter", 9100),
    _exporter("blackbox", "The blackbox exporter", 9115),
    _exporter("mysqld", "The MySQL exporter", 9104),
    _exporter("postgres", "The PostgreSQL exporter", 9187),
    _exporter("snmp", "The SNMP exporter", 9116),
    _exporter("memcached", "The memcached exporter", 9150),
    _exporter("elasticsearch", "The Elasticsearch exporter", 9114),
    _exporter("haproxy", "The HAProxy exporter", 9101),
)
ANY: Final = Program("The server", frozenset(), "")
"""Whatever is started with a web configuration that stands alone."""
