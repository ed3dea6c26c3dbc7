"""Read postgresql.conf with its includes in place, as one server sees the files.

Source: PostgreSQL manual, "Managing Configuration File Contents"; ParseConfigFp of guc-file.l.
"""

import posixpath
from collections.abc import Iterator
from dataclasses import field

from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.setting import Origin
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.records import dataclass
from auditor.technologies.document import FileView

from .conf import Entry, parse_conf

MAX_DEPTH = 10


@dataclass(frozen=True)
class Assigned:
    """One assignment in the order in which the server applies them; `spelled` is the name as a file writes it."""

    name: str
    value: str | Unknown = field(repr=False)
    at: Location
    origin: Origin
    spelled: str = ""


@dataclass
class ConfFiles:
    """Assignments of a file and all it includes. `open_reason` says why others may exist, None if all are known."""

    assignments: list[Assigned] = field(default_factory=list[Assigned])
    problems: list[Problem] = field(default_factory=list[Problem])
    consumed: set[str] = field(default_factory=set[str])
    open_reason: str | None = None


def read_conf(source: Source, path: str, view: FileView | None) -> ConfFiles:
    """Read the file `source`, which the server knows as `path`; without a `view`, includes are not known."""
    result = ConfFiles()
    _read(source, path, view, result, 0)
    return result


def _read(source: Source, path: str, view: FileView | None, result: ConfFiles, depth: int) -> None:
    origin = Origin.INCLUDE if depth else Origin.FILE
    result.consumed.add(source.key)
    parsed = parse_conf(source)
    result.problems += parsed.problems
    if parsed.holes:
        result.open_reason = result.open_reason or f"a template expression puts settings into {source.path}"
    for entry in parsed.entries:
        if not entry.is_include:
            result.assignments.append(Assigned(entry.name, entry.value, entry.at, origin, entry.spelled))
            continue
        for name in _targets(entry, path, view, result):
            _follow(entry, name, view, result, depth)


def _targets(entry: Entry, path: str, view: FileView | None, result: ConfFiles) -> Iterator[str]:
    if isinstance(entry.value, Unknown) or view is None:
        result.open_reason = result.open_reason or "an included file is not known"
        return
    if not entry.value.strip():
        result.problems.append(Problem(at=entry.at, message="expected a file name"))
        return
    full = posixpath.join(posixpath.dirname(path), entry.value)
    if entry.name != "include_dir":
        yield full
        return
    names = view.glob(posixpath.join(full, "*.conf"))
    if isinstance(names, Unknown):
        result.open_reason = result.open_reason or names.reason
        return
    yield from sorted(name for name in names if not posixpath.basename(name).startswith("."))


def _follow(entry: Entry, name: str, view: FileView | None, result: ConfFiles, depth: int) -> None:
    assert view is not None
    if depth >= MAX_DEPTH:
        result.problems.append(Problem(at=entry.at, message="files include each other too deeply"))
        return
    found = view.open(name)
    if isinstance(found, Source):
        _read(found, name, view, result, depth + 1)
    elif isinstance(found, Unknown):
        result.open_reason = result.open_reason or found.reason
    elif entry.name == "include":
        result.open_reason = result.open_reason or f"the included {name} is not in the scanned files"
