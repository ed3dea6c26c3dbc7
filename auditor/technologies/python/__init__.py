"""Python source code: literals bound to secret names, keys and their mechanisms, claims of tokens.

Parsed with the standard library's `ast`; nothing is imported or run.
"""

import ast
import sys
import warnings
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from auditor.model.code import KeyUse, SecretsDiffer, TokenPayload
from auditor.model.credential import FileRole
from auditor.model.fact import Fact
from auditor.model.source import Source
from auditor.model.workload import Workload
from auditor.records import dataclass
from auditor.technologies.common.code import Module, facts_of, names_of_one_thing
from auditor.technologies.common.environments import environment_of
from auditor.technologies.common.projects import Projects
from auditor.technologies.document import Assignment, Document, RepositoryFiles
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition import python as recognition

from .calls import FrameworkCall, calls_in
from .configurations import configurations_in
from .django import DjangoSettings, projects_in
from .flask import FlaskApplication, applications_in
from .literals import assignments_of
from .namespaces import Namespaces
from .places import Places
from .reader import read
from .settings import settings_of
from .values import Span, entries_of, items_of

__all__ = [
    "PYTHON",
    "DjangoSettings",
    "FlaskApplication",
    "FrameworkCall",
    "KeyUse",
    "PythonModule",
    "SecretsDiffer",
    "Span",
    "TokenPayload",
    "entries_of",
    "items_of",
]


@dataclass(frozen=True, kw_only=True)
class PythonModule(Document):
    """A parsed module."""

    tree: ast.Module = field(repr=False)

    def assignments(self) -> Iterator[Assignment]:
        """Yield literals bound to names, and the defaults of settings that are read."""
        return assignments_of(self.tree, Places(self.source))


class PythonTechnology:
    """The technology `python`."""

    id = "python"
    title = "Python"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        """Say why the file is worth reading, or None."""
        return recognition.recognise(name, path, head)

    def parse(self, source: Source) -> PythonModule:
        """Read a module.

        Code is no configuration: what does not parse (Python 2, a template of a module, the grammar of a later
        interpreter) is left out and said so, and does not make the scan incomplete.
        """
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", SyntaxWarning)
                tree = ast.parse(source.text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            version = f"{sys.version_info.major}.{sys.version_info.minor}"
            empty = ast.Module(body=[], type_ignores=[])
            return PythonModule(source=source, tree=empty, partial=f"code that Python {version} does not parse")
        return PythonModule(source=source, tree=tree)

    def facts(self, documents: Sequence[Document], files: RepositoryFiles) -> Iterator[Fact]:
        """Yield what the modules do with secrets; settings of one module are known in the others of its program."""
        projects = Projects(files)
        programs: defaultdict[str, list[PythonModule]] = defaultdict(list)
        for document in documents:
            if isinstance(document, PythonModule):
                programs[projects.root_of(document.source.path)].append(document)
        found: list[Module] = []
        for unit, modules in sorted(programs.items()):
            aliases = names_of_one_thing(item for module in modules for item in settings_of(module.tree))
            for module in modules:
                path = module.source.path
                role = FileRole.TEST if _is_test(path) else FileRole.LIVE
                found.append(Module(path, unit, role, read(module.tree, Places(module.source), aliases)))
        yield from facts_of(found, "python")

    def applications(
        self, documents: Sequence[Document], workloads: Sequence[Workload], set_in_files: Mapping[str, str]
    ) -> Iterator[Fact]:
        """Yield the settings of web frameworks; a variable that something else sets has not its default."""
        modules = {item.source.path: item for item in documents if isinstance(item, PythonModule) and not item.partial}
        set_elsewhere = dict(set_in_files)
        set_elsewhere |= {name: workload.component for workload in workloads for name in workload.environment}
        trees = {path: (module.tree, module.source) for path, module in modules.items()}
        namespaces = Namespaces(trees, set_elsewhere)
        found = {path: namespaces.of(path) for path in sorted(modules) if _may_be_settings(modules[path])}
        yield from projects_in({path: namespace for path, namespace in found.items() if namespace is not None})
        deployed = [
            path
            for path in sorted(modules)
            if not _is_test(path) and environment_of(path) not in {"development", "test"}
        ]
        yield from applications_in(trees, set_elsewhere, deployed)
        for path, module in ((path, modules[path]) for path in deployed):
            yield from calls_in(module.tree, module.source, namespaces, workloads)
            yield from configurations_in(module.tree, module.source, namespaces.of(path), set_elsewhere)


def _may_be_settings(module: PythonModule) -> bool:
    """Tell whether a module binds names of Django's, or takes all names of another one."""
    text = module.source.text
    return "INSTALLED_APPS" in text or "ROOT_URLCONF" in text or "import *" in text


def _is_test(path: str) -> bool:
    name = path.rpartition("/")[2]
    return name.startswith("test_") or name.endswith("_test.py") or name == "conftest.py" or "/tests/" in f"/{path}"


PYTHON = PythonTechnology()
