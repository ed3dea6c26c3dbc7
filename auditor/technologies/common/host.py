"""Programs that a host's service manager starts, outside containers, and the files as they see them."""

import posixpath
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase

from auditor.model.fact import Fact
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.document import RepositoryFiles


@dataclass(frozen=True, kw_only=True)
class HostProgram(Fact):
    """A program that a host starts. `runs` is it as servers see it: a workload `on_host`, without an image."""

    runs: Workload


class ProgramFiles:
    """Files as a program sees them that a unit in the folder `folder` of the tree starts.

    An absolute path is looked up below the folder that stands for `/`: the one in which units lie under their own
    absolute path (`files` of `files/etc/systemd/system`), else the nearest one around the unit that has the path (`web`
    of `web/systemd`, for `web/etc/httpd/httpd.conf`), then the scanned tree itself. Failing that, a file of the
    path's name beside the unit, or a template of it, is taken for the one that is installed there. What is not found is
    not known.
    """

    _ROOT = lazy(r"(?P<root>(?:.*?/)??)(?:etc|run|usr/local/lib|usr/lib|lib)/systemd/(?:system|user)/")
    _TEMPLATES = ("", ".j2", ".tmpl", ".tpl", ".template", ".erb")

    def __init__(self, folder: str, files: RepositoryFiles) -> None:
        self._folder = folder
        self._files = files
        match = self._ROOT.match(f"{folder}/")
        self._roots: tuple[str, ...] = (str(match["root"]), "") if match is not None and match["root"] else ("",)
        if match is None and folder:
            parts = folder.split("/")
            self._roots = (*("/".join(parts[:end]) for end in range(len(parts), 0, -1)), "")

    def open(self, path: str) -> Source | Unknown | None:
        for candidate in self._candidates(path):
            found = self._files.source(candidate)
            if found is not None:
                return found
        return Unknown(f"{path} is not in the scanned files")

    def _candidates(self, path: str) -> Iterator[str]:
        path = posixpath.normpath(path)
        if path.startswith("/"):
            yield from (posixpath.join(root, path.lstrip("/")) for root in self._roots)
        name = posixpath.basename(path)
        yield from (posixpath.join(self._folder, name + ending) for ending in self._TEMPLATES if name)

    def glob(self, pattern: str) -> Sequence[str] | Unknown:
        folder = posixpath.dirname(pattern)
        for root in self._roots if pattern.startswith("/") else ():
            inner = posixpath.join(root, folder.lstrip("/"))
            found = [
                posixpath.join(folder, posixpath.basename(path))
                for path in self._files.paths(inner)
                if posixpath.dirname(path) == inner
                and fnmatchcase(posixpath.basename(path), posixpath.basename(pattern))
            ]
            if found:
                return sorted(found)
        return Unknown(f"{pattern} is not in the scanned files")
