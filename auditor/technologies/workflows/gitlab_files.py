"""Which files make up GitLab's pipelines: a root file and what it includes from its own repository."""

import posixpath
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase

from auditor.formats import yaml
from auditor.formats.errors import FormatError
from auditor.formats.tree import Mapping as Tree
from auditor.formats.tree import Node
from auditor.technologies.document import RepositoryFiles

from .document import Workflow
from .gitlab import GitlabPipeline, includes_of, merged, read_pipeline

_MAX_FILES = 150
"""GitLab's limit on included files (17, "Maximum includes")."""


def pipelines(documents: Sequence[Workflow], files: RepositoryFiles) -> Iterator[GitlabPipeline]:
    """Yield a pipeline for each file that no other one includes."""
    found: list[tuple[str, GitlabPipeline]] = []
    included: set[str] = set()
    known = {document.source.path: _root(document.nodes) for document in documents}
    for document in documents:
        root = known[document.source.path]
        if root is None:
            continue
        path = document.source.path
        loader = _Loader(_repository(path), files, known)
        whole = loader.load(root, path)
        included |= loader.loaded
        found.append((path, read_pipeline(whole, document.source.key, "; ".join(sorted(loader.gaps)))))
    yield from (pipeline for path, pipeline in found if path not in included)


def _root(nodes: Sequence[Node]) -> Tree | None:
    """Return the configuration; `spec:` with its inputs is a document of its own in front."""
    trees = [node for node in nodes if isinstance(node, Tree) and "spec" not in node]
    return trees[0] if trees else None


def _repository(path: str) -> str:
    """Return the folder in which local includes start: where `.gitlab-ci.yml` or `.gitlab` lies."""
    head, found, _ = path.partition(".gitlab/ci/")
    return head.rstrip("/") if found else posixpath.dirname(path)


class _Loader:
    """Reads one pipeline's files; `known` are those read before, for other pipelines."""

    def __init__(self, folder: str, files: RepositoryFiles, known: dict[str, Tree | None]) -> None:
        self._folder = folder
        self._files = files
        self._known = known
        self.loaded: set[str] = set()
        self.gaps: set[str] = set()

    def load(self, root: Tree, path: str) -> Tree:
        """Return `root` over what it includes from the repository; of several includes the later wins."""
        below: Tree | None = None
        for include in includes_of(root):
            if include.kind == "template":
                continue  # GitLab's own
            if include.kind != "local":
                self.gaps.add(f"an included {include.kind} configuration is not in the scanned files")
                continue
            paths = [name for name in self._matching(include.text) if name != path and name not in self.loaded]
            if not paths:
                self.gaps.add("an included local file is not in the scanned files")
            for name in paths:
                part = self._read(name)
                if part is not None and len(self.loaded) < _MAX_FILES:
                    self.loaded.add(name)
                    part = self.load(part, name)
                    below = part if below is None else merged(below, part)
        return merged(below, root) if below is not None else root

    def _matching(self, text: str) -> list[str]:
        wanted = posixpath.normpath(posixpath.join(self._folder, text.lstrip("/")))
        if "*" not in wanted:
            return [wanted]
        folder = posixpath.dirname(wanted.partition("*")[0])
        is_deep = "**" in wanted
        return [
            name
            for name in self._files.paths(folder)
            if fnmatchcase(name, wanted.replace("**/", "*").replace("**", "*"))
            and (is_deep or name.count("/") == wanted.count("/"))
        ]

    def _read(self, path: str) -> Tree | None:
        source = self._files.source(path)
        if source is None:
            self.gaps.add("an included local file is not in the scanned files")
            return None
        if path not in self._known:
            try:
                self._known[path] = _root(yaml.parse(source, templated=False))
            except FormatError:
                self.gaps.add("an included local file cannot be read")
                return None
        return self._known[path]
