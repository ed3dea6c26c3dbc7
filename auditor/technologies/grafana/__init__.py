"""Grafana: its settings, the servers that files and containers make, and what they connect to."""

from .connections import GrafanaDataSources, GrafanaLdap
from .service import Grafana
from .technology import GRAFANA

__all__ = ["GRAFANA", "Grafana", "GrafanaDataSources", "GrafanaLdap"]
