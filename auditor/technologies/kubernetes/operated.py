"""Configuration in custom resources, as the files that their operators write of it.

Source: opentelemetry-operator 0.113, README.md and docs/api (OpenTelemetryCollector: `spec.config` is a text of YAML in
v1alpha1 and a mapping in v1beta1; the operator hands it to the Collector that it starts in a Pod); Traefik 3.7,
Kubernetes CRD (each object is a part of its dynamic configuration).
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Final

from auditor.formats import yaml
from auditor.formats.tree import Mapping, Scalar
from auditor.model.source import Source
from auditor.technologies.recognition.otel import OPERATED
from auditor.technologies.recognition.traefik import GROUPS, KINDS, RESOURCE

from .manifest import Manifest
from .reading import is_true

_NAMES: Final = {False: OPERATED, True: "collector.yaml"}
"""Names of the file, by whether the Collector has its host's network instead of a Pod's."""


def files_of(manifest: Manifest) -> Iterator[Source]:
    """Yield the files that the operator of a custom resource makes of it."""
    if manifest.group in GROUPS and manifest.kind in KINDS and manifest.source.exact:
        yield _written(manifest.body, manifest.source, RESOURCE)
    if not manifest.is_a("OpenTelemetryCollector", "opentelemetry.io"):
        return
    config, name = manifest.body.get("spec", "config"), _NAMES[is_true(manifest.body.scalar("spec", "hostNetwork"))]
    if isinstance(config, Scalar):
        yield yaml.embedded(config, name)
    elif isinstance(config, Mapping) and manifest.source.exact:
        yield _written(config, manifest.source, name)


@lru_cache(maxsize=1)
def _lines(text: str) -> tuple[str, ...]:
    """Return the lines of a file, which may hold thousands of objects."""
    return tuple(text.split("\n"))


def _written(config: Mapping, outer: Source, name: str) -> Source:
    """Return the lines of a mapping as a file of its own.

    In the block style, what stands left of it is a comment. In the flow style lines begin anywhere: all keep their
    columns.
    """
    at, shift = config.at, config.at.column - outer.column
    lines = list(_lines(outer.text)[at.line - outer.line : at.end_line - outer.line + 1])
    if lines[0][shift:].startswith("{"):
        lines[-1] = lines[-1][: at.end_column - outer.column + 1]
        if len(lines) > 1:
            return replace(outer, text="\n".join((" " * shift + lines[0][shift:], *lines[1:])), line=at.line, name=name)
    texts = [line[shift:] if number == 0 or not line[:shift].strip() else "" for number, line in enumerate(lines)]
    return replace(outer, text="\n".join(texts), line=at.line, column=at.column, name=name)
