"""JavaScript and TypeScript: literals bound to secret names, keys and their mechanisms, claims of tokens.

Parsed by tree-sitter; nothing is imported or run.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import field

from auditor.model.code import KeyUse, SecretsDiffer, TokenPayload
from auditor.model.credential import FileRole
from auditor.model.fact import Fact
from auditor.model.source import Source
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.common.code import Module, facts_of
from auditor.technologies.common.environments import environment_of
from auditor.technologies.common.projects import Projects
from auditor.technologies.document import Assignment, Document, RepositoryFiles
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition import javascript as recognition

from .express import HEADER, ExpressCall, calls_in
from .literals import assignments_of
from .reader import module_scope, read
from .scopes import exports_of
from .symbols import Exports, Resolver
from .syntax import Script

__all__ = ["HEADER", "JAVASCRIPT", "ExpressCall", "JavaScriptModule", "KeyUse", "SecretsDiffer", "TokenPayload"]

_TEST = lazy(r"\.(test|spec|e2e-spec|stories|mock)\.[cm]?[jt]sx?$|(^|/)(__tests__|__mocks__|tests?|e2e|cypress)/")


@dataclass(frozen=True, kw_only=True)
class JavaScriptModule(Document):
    """A parsed module."""

    script: Script = field(repr=False, compare=False)

    def assignments(self) -> Iterator[Assignment]:
        """Yield literals bound to names, and the defaults of settings that are read."""
        return assignments_of(self.script)


class JavaScriptTechnology:
    """The technology `javascript`."""

    id = "javascript"
    title = "JavaScript"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        """Say why the file is worth reading, or None."""
        return recognition.recognise(name, path, head)

    def parse(self, source: Source) -> JavaScriptModule:
        """Read a module. Code is no configuration: what does not parse is passed over and said so."""
        script = Script(source)
        return JavaScriptModule(
            source=source, script=script, partial="code that does not parse" if script.is_broken else ""
        )

    def facts(self, documents: Sequence[Document], files: RepositoryFiles) -> Iterator[Fact]:
        """Yield what the modules do with secrets and how they configure Express.

        What one module exports is known in the others of its program.
        """
        projects = Projects(files)
        programs: defaultdict[str, list[JavaScriptModule]] = defaultdict(list)
        for document in documents:
            if isinstance(document, JavaScriptModule):
                programs[projects.root_of(document.source.path)].append(document)
        found: list[Module] = []
        for unit, modules in sorted(programs.items()):
            scopes = [(module, module_scope(module.script)) for module in modules]
            exports = {
                module.source.path.rpartition(".")[0]: (exports_of(module.script.root, scope), scope)
                for module, scope in scopes
            }
            resolver = Resolver(Exports(exports))
            for module, scope in scopes:
                path = module.source.path
                if not _TEST.search(path) and environment_of(path) not in {"development", "test"}:
                    yield from calls_in(module.script, scope)
                role = FileRole.TEST if _TEST.search(path) else FileRole.LIVE
                found.append(Module(path, unit, role, read(module.script, scope, resolver)))
        yield from facts_of(found, "javascript")


JAVASCRIPT = JavaScriptTechnology()
