"""The scanned tree as the inventory sees it: text by path, each file read at most once."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from auditor.discovery import MAX_BYTES, Examined, decode
from auditor.model.source import Source
from auditor.sources.tree import ReadError, Tree


class Files:
    """Text of the tree's files. `opened` collects paths of files read only because something refers to them."""

    def __init__(self, tree: Tree, examined: Iterable[Examined]) -> None:
        self._tree = tree
        self._sources: dict[str, Source | None] = {}
        paths: list[str] = []
        for item in examined:
            paths.append(item.entry.path)
            if item.documents:
                self._sources[item.entry.path] = item.documents[0][1].source
            elif item.text is not None:
                self._sources[item.entry.path] = item.text
            elif item.entry.skipped or item.status == "unreadable":
                self._sources[item.entry.path] = None
        self._paths = sorted(paths)
        self._known = frozenset(paths)
        self.opened: set[str] = set()

    def source(self, path: str) -> Source | None:
        """Return the text of the file at `path`, None if there is none or it is not text."""
        if path not in self._sources:
            self._sources[path] = self._read(path) if path in self._known else None
        return self._sources[path]

    def paths(self, folder: str) -> Sequence[str]:
        """Return the paths of all files below `folder` ("" is the root), sorted."""
        prefix = folder.rstrip("/") + "/" if folder else ""
        start = bisect_left(self._paths, prefix)
        found: list[str] = []
        for path in self._paths[start:]:
            if not path.startswith(prefix):
                break
            found.append(path)
        return found

    def read_sources(self) -> dict[str, Source]:
        """Return every text that was read, by path."""
        return {path: source for path, source in self._sources.items() if source is not None}

    def _read(self, path: str) -> Source | None:
        try:
            data = self._tree.read(path, MAX_BYTES + 1)
        except ReadError:
            return None
        text, problem = decode(data)
        if problem or len(data) > MAX_BYTES:
            return None
        self.opened.add(path)
        return Source(path=path, text=text)
