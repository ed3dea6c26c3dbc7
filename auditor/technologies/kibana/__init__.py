"""Kibana and OpenSearch Dashboards: their settings files, and the servers that files and containers configure."""

from .service import Kibana
from .technology import KIBANA

__all__ = ["KIBANA", "Kibana"]
