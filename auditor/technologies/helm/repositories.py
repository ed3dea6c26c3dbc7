"""Which charts are known here, by the repositories that publish them."""

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import cast

from auditor.model.fact import Fact
from auditor.patterns import lazy

from .release import Release

Render = Callable[[Release], Iterator[Fact]]

_PUBLISHERS = {
    "bitnami": lazy(
        r"(?:https?://charts\.bitnami\.com/bitnami|oci://(?:registry-1\.)?docker\.io/bitnamicharts"
        r"|(?:registry-1\.)?docker\.io/bitnamicharts"
        r"|https?://raw\.githubusercontent\.com/bitnami/charts/[\w./-]+|[@:]bitnami|alias:bitnami)"
        r"(?:/[\w-]+)?/?"
    ),
    "prometheus-community": lazy(
        r"(?:https?://prometheus-community\.github\.io/helm-charts|oci://ghcr\.io/prometheus-community/charts"
        r"|ghcr\.io/prometheus-community/charts|@prometheus-community|alias:prometheus-community)(?:/[\w-]+)?/?"
    ),
    "grafana": lazy(
        r"(?:https?://grafana(?:-community)?\.github\.io/helm-charts|oci://ghcr\.io/grafana/helm-charts"
        r"|ghcr\.io/grafana/helm-charts|oci://ghcr\.io/grafana-community/helm-charts|@grafana|alias:grafana)"
        r"(?:/[\w-]+)?/?"
    ),
}
_CHARTS = {
    ("bitnami", "redis"): "redis",
    ("bitnami", "postgresql"): "postgresql",
    ("bitnami", "mongodb"): "mongodb",
    ("bitnami", "mysql"): "mysql",
    ("bitnami", "mariadb"): "mysql",
    ("bitnami", "rabbitmq"): "rabbitmq",
    ("bitnami", "kafka"): "kafka",
    ("grafana", "grafana"): "grafana",
    ("prometheus-community", "prometheus"): "prometheus",
    ("prometheus-community", "kube-prometheus-stack"): "kube_prometheus_stack",
}


def renderer(chart: str, repository: str) -> Render | None:
    """Return what makes workloads of a release of the chart, None for a chart that is not known here."""
    for publisher, pattern in _PUBLISHERS.items():
        module = _CHARTS.get((publisher, chart))
        if module is not None and pattern.fullmatch(repository.strip()):
            return cast("Render", import_module(f"auditor.technologies.helm.charts.{module}").render)
    return None
