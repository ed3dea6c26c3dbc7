"""The OpenTelemetry Collector: what runs in it, where it listens and what it sends."""

from .components import Listener, Sender, version_limit
from .service import Collector
from .technology import OTEL

__all__ = ["OTEL", "Collector", "Listener", "Sender", "version_limit"]
