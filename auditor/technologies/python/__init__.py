"""Python source code: literals bound to secret names, keys and their mechanisms, claims of tokens.

Parsed with the standard library's `ast`; nothing is imported or run.
"""

import ast
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from auditor.formats.errors import FormatError
from auditor.model.code import KeyUse, SecretsDiffer, TokenPayload
from auditor.model.credential import FileRole
from auditor.model.fact import Fact
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.technologies.document import Assignment, Document, RepositoryFiles
from auditor.technologies.projects import Projects
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition import python as recognition

from .literals import assignments_of
from .places import place
from .reader import Use, read
from .settings import aliases_of

__all__ = ["PYTHON", "KeyUse", "PythonModule", "SecretsDiffer", "TokenPayload"]


@dataclass(frozen=True, kw_only=True)
class PythonModule(Document):
    """A parsed module."""

    tree: ast.Module = field(repr=False)

    def assignments(self) -> Iterator[Assignment]:
        """Yield literals bound to names, and the defaults of settings that are read."""
        return assignments_of(self.tree, self.source)

    def at(self, node: ast.expr | ast.stmt) -> Location:
        """Return a node's place."""
        return place(self.source, node)


class PythonTechnology:
    """The technology `python`."""

    id = "python"
    title = "Python"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        """Say why the file is worth reading, or None."""
        return recognition.recognise(name, path, head)

    def parse(self, source: Source) -> PythonModule:
        """Read a module.

        Raises:
            FormatError: it is no Python that this interpreter's grammar knows.
        """
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", SyntaxWarning)
                tree = ast.parse(source.text)
        except SyntaxError as error:
            raise FormatError(source.at(error.lineno or 1), "expected Python 3 code") from None
        except (ValueError, RecursionError, MemoryError):
            raise FormatError(source.at(), "expected Python 3 code of ordinary nesting") from None
        return PythonModule(source=source, tree=tree)

    def facts(self, documents: Sequence[Document], files: RepositoryFiles) -> Iterator[Fact]:
        """Yield what the modules do with secrets; settings classes of one module name those of the others."""
        modules = [document for document in documents if isinstance(document, PythonModule)]
        aliases: dict[str, str] = {}
        for module in modules:
            aliases.update(aliases_of(module.tree))
        projects = Projects(files)
        for module in modules:
            yield from _facts(module, aliases, projects.root_of(module.source.path))


def _facts(module: PythonModule, aliases: dict[str, str], unit: str) -> Iterator[Fact]:
    path = module.source.path
    role = FileRole.TEST if _is_test(path) else FileRole.LIVE
    found = read(module.tree, aliases)
    for use in found.uses:
        yield from _uses(module, use, role, unit)
    for payload in found.payloads:
        yield TokenPayload(
            component=path,
            technology="python",
            at=module.at(payload.node),
            function=payload.function,
            personal=tuple(payload.personal),
            has_expiry=True if "exp" in payload.keys else None if payload.is_open else False,
            role=role,
        )
    for node, symbols in found.compared:
        yield SecretsDiffer(component=path, technology="python", at=module.at(node), symbols=symbols)


def _uses(module: PythonModule, use: Use, role: FileRole, unit: str) -> Iterator[KeyUse]:
    for number, symbol in enumerate(use.symbols.names):
        yield KeyUse(
            component=module.source.path,
            technology="python",
            at=module.at(use.node),
            symbol=symbol,
            mechanism=use.mechanism,
            function=use.function,
            sink=use.sink,
            is_separated=use.symbols.is_separated,
            is_fallback=number > 0,
            unit=unit,
            role=role,
        )


def _is_test(path: str) -> bool:
    name = path.rpartition("/")[2]
    return name.startswith("test_") or name.endswith("_test.py") or name == "conftest.py" or "/tests/" in f"/{path}"


PYTHON = PythonTechnology()
