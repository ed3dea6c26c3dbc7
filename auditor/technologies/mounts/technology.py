"""Mounts and exports as a technology.

A unit in /etc/systemd/system goes before fstab's line for the same folder, and that before a unit in /usr/lib; the
`Options=` of a drop-in replace those of whichever it is (systemd.mount(5) and systemd-fstab-generator(8) of 252).
"""

import posixpath
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from auditor.model.fact import Fact
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.patterns import lazy
from auditor.technologies.document import Document, RepositoryFiles
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.mounts import recognise

from .exports import ExportTable, NfsExport, read_exports
from .filesystem import FileSystem
from .options import Flags, flags_of
from .tables import Fstab, MountTable, Row, path_of, read_table

_ROOT = lazy(r"(?P<root>(?:.*?/)??)(?P<place>etc/systemd|run/systemd|usr/(?:local/)?lib/systemd|lib/systemd|etc)/")
_FSTAB = lazy(r"fstab(?:\.j2|\.tmpl|\.template|\.erb)?")
"""fstab itself, not one of several in a folder for different machines."""
_RANKS = {"etc/systemd": 0, "run/systemd": 1, "etc": 2}
_PACKAGED = 3


class Mounts:
    """The technology `mounts`."""

    id = "mounts"
    title = "Mounts and exports"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        return recognise(name, path, head)

    def parse(self, source: Source) -> MountTable | ExportTable:
        """Read a file; never raises."""
        is_exports = "exports" in source.file_name.lower() and "fstab" not in source.file_name.lower()
        return read_exports(source) if is_exports else read_table(source)

    def facts(self, documents: Sequence[Document], files: RepositoryFiles) -> Iterator[Fact]:
        """Yield the mounts of each host, the lines that mount(8) passes over, and the exports."""
        del files
        hosts: dict[str, list[tuple[int, MountTable]]] = defaultdict(list)
        for document in documents:
            if isinstance(document, ExportTable):
                yield from _exports(document)
            elif isinstance(document, MountTable):
                root, rank = _place(document)
                hosts[root].append((rank, document))
        for tables in hosts.values():
            yield from _mounts(tables)
            for _, table in tables:
                if table.origin == "fstab":
                    source = table.source
                    yield Fstab(component=source.path, technology="mounts", at=source.at(), skipped=table.skipped)


def _exports(table: ExportTable) -> Iterator[NfsExport]:
    for path, client, options, at in table.rows:
        yield NfsExport(
            component=table.source.path, technology="mounts", at=at, path=path, client=client, options=options
        )


def _place(table: MountTable) -> tuple[str, int]:
    """Return the folder that stands for a host's `/`, and how far from the front a table stands (0 goes first)."""
    path = table.source.path
    match = None if table.source.is_embedded else _ROOT.match(path)
    is_variant = table.origin == "fstab" and _FSTAB.fullmatch(path.rpartition("/")[2]) is None
    if table.origin == "kickstart" or is_variant or (match is None and table.origin == "fstab"):
        return path, 0
    if match is not None:
        return match["root"], _RANKS.get(match["place"], _PACKAGED)
    folder = posixpath.dirname(path)
    return (posixpath.dirname(folder) if table.origin == "drop-in" else folder), 0


def _mounts(tables: Sequence[tuple[int, MountTable]]) -> Iterator[FileSystem]:
    chosen: dict[str, tuple[Row, str]] = {}
    for _, table in sorted(tables, key=lambda item: item[0]):
        if table.origin != "drop-in":
            for row in table.rows:
                key = row.target if row.target.startswith("/") else f"{row.device} {row.target}"
                chosen.setdefault(key, (row, table.source.path))
    drop_ins = [table for _, table in tables if table.origin == "drop-in"]
    for table in sorted(drop_ins, key=lambda item: item.source.file_name):
        for row in table.rows:
            base = chosen[row.target][0] if row.target in chosen else row
            chosen[row.target] = (
                Row(base.device, row.target, base.kind, row.options, row.at, base.is_conditional),
                table.source.path,
            )
    rows = {target: row for target, (row, _) in chosen.items()}
    for row, path in chosen.values():
        yield FileSystem(
            component=path,
            technology="mounts",
            at=row.at,
            device=row.device,
            target=row.target,
            kind=row.kind,
            options=row.options,
            is_conditional=row.is_conditional,
            source_flags=_source_flags(row, rows),
        )


def _source_flags(row: Row, rows: dict[str, Row]) -> Flags | Unknown | None:
    """Return the flags of the mount that a bind mount takes its folder from, None where it is no bind mount."""
    if not any(option.name in {"bind", "rbind"} for option in row.options):
        return None
    path = path_of(row.device)
    for folder in (path, *(str(parent) for parent in PurePosixPath(path).parents)):
        source = rows.get(folder)
        if source is not None and source is not row:
            is_bind = any(option.name in {"bind", "rbind"} for option in source.options)
            return Unknown(f"{folder} is a bind mount itself") if is_bind else flags_of(source.options)
    return Unknown("the mount that the folder is in does not stand in the file")


MOUNTS = Mounts()
