"""Which files configure an OpenTelemetry Collector."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_TOP = lazy(r"^(receivers|processors|exporters|extensions|connectors|service):", re.M)
_PIPELINES = lazy(r"(?:^[ \t]+|[{,][ \t]*)[\"']?pipelines[\"']?:", re.M)
_PIPELINE = lazy(r"(?:^[ \t]+|[{,][ \t]*)[\"']?(?:traces|metrics|logs|profiles)(?:/[\w.-]+)?[\"']?:", re.M)
_FOREIGN = lazy(r"^(?:apiVersion|kind|services|openapi|mode):", re.M)
_NAME = lazy(r".*(?:otel|collector|opentelemetry|relay).*")
OPERATED = "opentelemetrycollector.yaml"
"""What the configuration in a custom resource is named; its operator runs the Collector in a Pod of its own network."""
_NEEDED = frozenset({"receivers", "exporters", "service"})


def recognise(name: str, path: str, head: str) -> Recognition | None:
    """Return why the file is a Collector's, None if it is not; a key of a ConfigMap may have no ending."""
    if "." in name and ".yaml" not in name and ".yml" not in name:
        return None
    if name == OPERATED and "exporters" in head and not _FOREIGN.search(head):
        return Recognition("the configuration of a custom resource OpenTelemetryCollector", 3)
    if "exporters:" not in head or "receivers:" not in head:
        return None
    found = set(_TOP.findall(head))
    if not found >= _NEEDED or _FOREIGN.search(head):
        return None
    if not _PIPELINES.search(head) or not _PIPELINE.search(head):
        return None
    named = _NAME.fullmatch(name) is not None or "otel" in path.lower()
    return Recognition("receivers, exporters and pipelines of an OpenTelemetry Collector", 3 if named else 2)


TECHNOLOGY = Registered(
    "otel",
    "OpenTelemetry Collector",
    "auditor.technologies.otel:OTEL",
    recognise,
    words=("opentelemetry-collector", "otelcol", "otelcontribcol"),
    files="configuration files of the Collector, custom resources OpenTelemetryCollector",
    versions="0.60 and later",
)
