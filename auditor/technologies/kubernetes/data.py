"""The entries of ConfigMaps and Secrets."""

import base64
import binascii
from collections.abc import Iterator
from dataclasses import field

from auditor.formats.tree import Mapping, Scalar
from auditor.formats.yaml import embedded
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.records import dataclass

from .manifest import Manifest
from .reading import value_place


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One key of a ConfigMap or Secret.

    `value` is decoded. `source` is its text as a file of its own, None where it is not known. `problem` says
    why the API server would refuse it.
    """

    key: str
    value: str | Unknown = field(repr=False)
    at: Location
    source: Source | None = field(default=None, repr=False)
    problem: Problem | None = None


def entries_of(manifest: Manifest) -> Iterator[Entry]:
    """Yield the entries of a ConfigMap (`data`) or Secret (`data` decoded, `stringData`); of others nothing.

    `stringData` overwrites `data` (Kubernetes API, Secret v1), so it comes last.
    """
    if manifest.is_a("ConfigMap"):
        yield from _texts(manifest.body.mapping("data"))
    elif manifest.is_a("Secret"):
        yield from _decoded(manifest.body.mapping("data"))
        yield from _texts(manifest.body.mapping("stringData"))


def _texts(data: Mapping | None) -> Iterator[Entry]:
    for key, node in data or ():
        if isinstance(node, Scalar):
            # A text with holes is still a configuration file, in which the other settings are known.
            yield Entry(key=key.text, value=node.value, at=value_place(node), source=embedded(node, key.text))


def _decoded(data: Mapping | None) -> Iterator[Entry]:
    for key, node in data or ():
        if not isinstance(node, Scalar):
            continue
        at = value_place(node)
        value = node.value
        if isinstance(value, Unknown):
            yield Entry(key=key.text, value=value, at=at)
            continue
        try:
            raw = base64.b64decode("".join(value.split()), validate=True)
        except (binascii.Error, ValueError):
            problem = Problem(at=at, message=f"expected base64 in data.{key.text}; plain text belongs into stringData")
            yield Entry(key=key.text, value=Unknown("it is not base64"), at=at, problem=problem)
            continue
        try:
            text = raw.decode()
        except UnicodeDecodeError:
            yield Entry(key=key.text, value=raw.decode("latin-1"), at=at)
            continue
        source = Source(path=at.path, text=text, line=at.line, column=at.column, exact=False, name=key.text)
        yield Entry(key=key.text, value=text, at=at, source=source)
