"""Names that modules bind at their top level, with those that they take of each other."""

import ast
import posixpath
from collections.abc import Callable, Iterable, Mapping

from auditor.model.source import Source

from .places import Places
from .statements import Namespace, Runner


class Namespaces:
    """The namespaces of modules by path; those that import each other in a circle are left open."""

    def __init__(self, trees: Mapping[str, tuple[ast.Module, Source]], set_elsewhere: Mapping[str, str]) -> None:
        self._trees = trees
        self.set_elsewhere = set_elsewhere
        self._done: dict[str, Namespace | None] = {}

    def texts(self) -> Iterable[str]:
        """Yield the modules' texts."""
        return (source.text for _, source in self._trees.values())

    def of(self, path: str) -> Namespace | None:
        """Return the namespace of a module, None if it is being made (a circle)."""
        if path not in self._done:
            self._done[path] = None
            tree, source = self._trees[path]
            namespace = Namespace()
            Runner(namespace, Places(source), self._importer(path), self.set_elsewhere).block(tree.body)
            self._done[path] = namespace
        return self._done[path]

    def _importer(self, path: str) -> Callable[[ast.ImportFrom], tuple[str, Namespace] | None]:
        def find(node: ast.ImportFrom) -> tuple[str, Namespace] | None:
            for candidate in _candidates(path, node):
                if candidate in self._trees and candidate != path:
                    found = self.of(candidate)
                    return None if found is None else (candidate, found)
            return None

        return find


def _candidates(path: str, node: ast.ImportFrom) -> Iterable[str]:
    module = (node.module or "").replace(".", "/")
    folder: str = posixpath.dirname(path)
    for _ in range(node.level - 1):
        folder = posixpath.dirname(folder)
    folders = [folder]
    while folder and not node.level:
        folder = posixpath.dirname(folder)
        folders.append(folder)
    for start in folders:
        target = posixpath.join(start, module) if module else start
        yield from (f"{target}.py", f"{target}/__init__.py")
