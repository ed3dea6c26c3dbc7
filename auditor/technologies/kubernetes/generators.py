"""ConfigMaps and Secrets that a kustomization generates."""

import posixpath
from collections.abc import Iterator, Sequence

from auditor.formats.tree import Mapping, Scalar
from auditor.model.location import Location
from auditor.technologies.document import Assignment, RepositoryFiles

from .catalogue import Data
from .data import Entry
from .reading import value_place

_GENERATORS = (("configMapGenerator", "ConfigMap"), ("secretGenerator", "Secret"))


def generators(kustomization: Mapping) -> Iterator[tuple[str, Mapping]]:
    """Yield the kind and the description of every object the kustomization generates."""
    for field, kind in _GENERATORS:
        listed = kustomization.sequence(field)
        for generator in listed.mappings() if listed is not None else ():
            yield kind, generator


def generated_data(
    kustomization: Mapping, path: str, namespace: str, files: RepositoryFiles, below: Sequence[Data]
) -> Iterator[Data]:
    """Yield what the kustomization at `path` generates; `behavior: merge` adds to the object of that name `below`."""
    folder = posixpath.dirname(path)
    for kind, generator in generators(kustomization):
        name = generator.text("name") or ""
        entries: list[Entry] = []
        if generator.text("behavior") == "merge":
            base = next((data for data in below if data.kind == kind and data.name == name), None)
            entries.extend(base.entries if base is not None else ())
        entries.extend(_literals(generator))
        has_files = _from_files(generator, folder, files, entries)
        has_envs = _from_envs(generator, folder, files, entries)
        yield Data(
            kind=kind,
            name=name,
            namespace=generator.text("namespace") or namespace,
            folder=folder,
            path=path,
            entries=tuple(entries),
            open=not (has_files and has_envs),
        )


def literal_assignments(kustomization: Mapping) -> Iterator[Assignment]:
    """Yield the values that the kustomization itself writes."""
    for kind, generator in generators(kustomization):
        for entry in _literals(generator):
            yield Assignment(
                key=entry.key,
                value=entry.value,
                at=entry.at,
                container="kubernetes-secret" if kind == "Secret" else "configmap",
                path=(generator.text("name") or "",),
                server_secret=kind == "Secret",
            )


def _scalars(generator: Mapping, *fields: str) -> Iterator[Scalar]:
    for field in fields:
        listed = generator.sequence(field)
        if listed is not None:
            yield from listed.scalars()
        elif (single := generator.scalar(field)) is not None:
            yield single


def _literals(generator: Mapping) -> Iterator[Entry]:
    for item in _scalars(generator, "literals"):
        key, equals, value = item.text.partition("=")
        if not equals:
            continue
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        at = value_place(item)
        if at.line == at.end_line and item.plain and at.end_column - at.column + 1 == len(item.text):
            at = Location(at.path, at.line, at.column + len(key) + 1, at.line, at.end_column)
        yield Entry(key=key, value=Scalar(value, at).value, at=at)


def _from_files(generator: Mapping, folder: str, files: RepositoryFiles, entries: list[Entry]) -> bool:
    """Add an entry for each file; return whether all of them are in the tree."""
    complete = True
    for item in _scalars(generator, "files"):
        key, equals, name = item.text.rpartition("=")
        path = posixpath.normpath(posixpath.join(folder, name))
        source = files.source(path)
        if source is None:
            complete = False
            continue
        key = key if equals else posixpath.basename(path)
        entries.append(Entry(key=key, value=source.text, at=source.at(), source=source))
    return complete


def _from_envs(generator: Mapping, folder: str, files: RepositoryFiles, entries: list[Entry]) -> bool:
    """Add an entry for each `NAME=value` line of env files; return whether all of these are in the tree."""
    complete = True
    for item in _scalars(generator, "envs", "env"):
        source = files.source(posixpath.normpath(posixpath.join(folder, item.text)))
        if source is None:
            complete = False
            continue
        for number, line in enumerate(source.text.split("\n"), 1):
            name, equals, value = line.partition("=")
            if equals and not line.lstrip().startswith("#"):
                at = source.at(number, len(name) + 2, number, len(line))
                entries.append(Entry(key=name.strip(), value=value, at=at))
    return complete
