"""Prometheus, Alertmanager and exporters: their web interfaces, and what they ask and tell."""

from .clients import Client, Mail
from .service import AlertmanagerConfig, Connections, MonitoringServer, PrometheusConfig
from .technology import PROMETHEUS

__all__ = ["PROMETHEUS", "AlertmanagerConfig", "Client", "Connections", "Mail", "MonitoringServer", "PrometheusConfig"]
