"""Files that Debian keeps apart from those in force: `sites-available` beside `sites-enabled`."""

import posixpath
from collections.abc import Mapping, Sequence

from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.patterns import lazy
from auditor.technologies.document import Document, FileView

_AVAILABLE = lazy(r"(?:.*/)?(?P<what>sites|conf|mods)-available")


def left_out(documents: Sequence[Document], views: Mapping[str, FileView]) -> frozenset[str]:
    """Return the keys of the sources that a server does not read, because they are not among those enabled beside them.

    Debian's nginx and Apache read `sites-enabled` (Apache also `conf-enabled` and `mods-enabled`), which holds links
    to files of `sites-available` (a2ensite(8)). A file whose link can be read is judged where the link is. Without
    enabled files, or with links under other names that lead nowhere, it is not known which are in force: then none is
    left out.

    Args:
        documents: configuration files.
        views: the files as servers started with each of them see them, by the key of the source.
    """
    folders: dict[tuple[str, str], list[Source]] = {}
    for source in (document.source for document in documents):
        folder = posixpath.dirname(source.path)
        match = _AVAILABLE.fullmatch(folder)
        if match is not None and not source.is_embedded:
            folders.setdefault((folder, f"../{match['what']}-enabled"), []).append(source)
    found: set[str] = set()
    for (_, enabled), sources in folders.items():
        linked = _linked(enabled, views[sources[0].key])
        names = {source.file_name for source in sources}
        if linked and all(is_readable or name in names for name, is_readable in linked.items()):
            found |= {source.key for source in sources if linked.get(source.file_name, True)}
    return frozenset(found)


def _linked(folder: str, view: FileView) -> dict[str, bool]:
    """Return the names of the files in a folder, and whether each can be read; servers pass over hidden ones."""
    paths = view.glob(f"{folder}/*")
    if isinstance(paths, Unknown):
        return {}
    names = {posixpath.basename(path): path for path in paths}
    return {name: isinstance(view.open(path), Source) for name, path in names.items() if not name.startswith(".")}
