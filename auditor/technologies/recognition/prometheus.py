"""Which files configure Prometheus, Alertmanager, and the web interface of their servers and exporters."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_JOBS = lazy(r"(?:^[ \t]*-?[ \t]*|[{,][ \t]*)[\"']?job_name[\"']?:", re.M)
_FOREIGN = lazy(r"^(?:positions|clients|kind|integrations|metrics|service|services|receivers|openapi):", re.M)
_WEB = lazy(r"^(tls_server_config|basic_auth_users|http_server_config|rate_limit):", re.M)
_ROUTE = lazy(r"^route:", re.M)
_RECEIVERS = lazy(r"^receivers:", re.M)
_RECEIVER = lazy(r"(?:^[ \t]*-?[ \t]+|[{,][ \t]*)[\"']?(?:name|\w+_configs)[\"']?:", re.M)
_KIND = lazy(r"^(?:kind|apiVersion|service|exporters):", re.M)


def recognise(name: str, _path: str, head: str) -> Recognition | None:
    """Return why the file is one of theirs, None if it is not."""
    if ".yml" not in name and ".yaml" not in name:
        return None
    if "scrape_configs:" in head or "remote_write:" in head:
        return _prometheus(name, head)
    if "basic_auth_users:" in head or "tls_server_config:" in head:
        if _WEB.search(head) and not _KIND.search(head):
            named = "web" in name
            return Recognition("a web configuration of Prometheus and its exporters", 3 if named else 2)
        return None
    if "receivers:" in head and "route:" in head and _ROUTE.search(head) and _RECEIVERS.search(head):
        if _KIND.search(head) or not _RECEIVER.search(head):
            return None
        return Recognition("routes and receivers of Alertmanager", 3 if "alertmanager" in name else 2)
    return None


def _prometheus(name: str, head: str) -> Recognition | None:
    has_jobs = head.startswith("scrape_configs:") or "\nscrape_configs:" in head
    sends = head.startswith("remote_write:") or "\nremote_write:" in head
    if not (has_jobs or sends) or _FOREIGN.search(head):
        return None
    if "prometheus" in name:
        return Recognition("named after Prometheus, with its jobs", 3)
    return Recognition("scrape jobs of Prometheus", 2) if has_jobs and _JOBS.search(head) else None


TECHNOLOGY = Registered(
    "prometheus",
    "Prometheus and Alertmanager",
    "auditor.technologies.prometheus:PROMETHEUS",
    recognise,
    words=("prometheus", "alertmanager", "exporter", "pushgateway"),
    files="prometheus.yml, alertmanager.yml, web configuration files",
    versions="Prometheus 2.24 to 3, Alertmanager 0.22 and later, exporters with the same web configuration",
    compared_with="prometheus 2.42",
)
