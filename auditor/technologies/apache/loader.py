"""Read a configuration with its includes in the server's order and decide its conditions.

Source: `server/config.c` and `server/core.c` of 2.4, and the server itself: Include, Define, LoadModule and IfModule
take effect where they stand, and a variable has the value that was defined before the line.
"""

import posixpath

from auditor.formats.apache_directives import Directive
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import Unknown, settle
from auditor.records import dataclass
from auditor.technologies.document import FileView

from .conditions import Version, compare_version, module_name
from .directives import INSIDE_SECTIONS, MODULE_OF, OUTSIDE_SECTIONS
from .document import TEMPLATE, ApacheConfig, parse_config, place
from .nodes import Node, Nodes, either
from .variables import resolve

_MAX_DEPTH = 16
_MAX_FILES = 500
_CONDITIONS = {"ifmodule", "ifdefine", "ifversion", "iffile", "ifdirective", "ifsection"}
_SECTIONS = {"directory", "directorymatch", "location", "locationmatch", "files", "filesmatch", "if", "elseif", "else",
             "proxy", "proxymatch", "limit", "limitexcept"}  # fmt: skip
_PATTERN = frozenset("*?[")


@dataclass
class State:
    """What the server knows while it reads.

    `modules` are the loaded ones; `modules_open` tells why there may be others, None if those are all.
    """

    view: FileView
    root: str
    variables: dict[str, str]
    modules: set[str]
    modules_open: Unknown | None = None
    version: Version | None = None
    folders: tuple[str, ...] = ("",)
    """Folders, seen from the view, that may be the server root: the first one that has an included file is."""
    lists_files: bool = True
    """Whether a pattern that matches no file of the view matches none at all."""


class Loader:
    """Reads files into nodes. `consumed` are the keys of what was read, `problems` what the server would refuse."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.consumed: set[str] = set()
        self.problems: list[Problem] = []
        self.foreign_modules = False

    def load(self, source: Source) -> Nodes:
        """Return what the server has after reading `source` and what it includes."""
        return tuple(self._file(source))

    def _file(
        self, source: Source, unsure: Unknown | None = None, stack: tuple[str, ...] = (), within: tuple[str, ...] = ()
    ) -> list[Node]:
        document = parse_config(source)
        self.consumed.add(source.key)
        self.problems += document.problems
        return self._nodes(document.directives, document, unsure, (*stack, source.key), within)

    def _nodes(
        self,
        directives: tuple[Directive, ...],
        document: ApacheConfig,
        unsure: Unknown | None,
        stack: tuple[str, ...],
        within: tuple[str, ...],
    ) -> list[Node]:
        found: list[Node] = []
        inserts = sorted(document.inserts)
        for directive in directives:
            line = directive.name.line
            while inserts and inserts[0] < line:
                at = document.source.at(inserts.pop(0))
                if at.line >= document.source.at(directives[0].name.line).line:
                    found.append(Node(name="", at=at, unsure=Unknown(TEMPLATE)))
            reason = Unknown("a template decides whether it is there") if line in document.conditional else None
            found += self._node(directive, document, either(unsure, reason), stack, within)
        return found

    def _node(
        self,
        directive: Directive,
        document: ApacheConfig,
        unsure: Unknown | None,
        stack: tuple[str, ...],
        within: tuple[str, ...],
    ) -> list[Node]:
        name = settle(directive.name.text.lower(), TEMPLATE)
        source = document.source
        at = source.at(directive.name.line, directive.name.column)
        if isinstance(name, Unknown):
            return [Node(name="", at=at, unsure=name)]
        words = tuple(resolve(settle(word.text, TEMPLATE), self.state.variables) for word in directive.arguments)
        if name in _CONDITIONS and directive.block is not None:
            holds = self._condition(name, words)
            if holds is False:
                return []
            inner = either(unsure, holds if isinstance(holds, Unknown) else None)
            return self._nodes(directive.block, document, inner, stack, within)
        if name in {"include", "includeoptional"}:
            return self._include(name, words, at, unsure, (stack, within))
        if name in {"use", "macro"}:
            self.state.modules.add("macro")
            reason = Unknown("what a macro puts in is not followed")
            return [Node(name="", at=at, unsure=reason)] if name == "use" else []
        if name in {"loadmodule", "define", "undefine", "serverroot"}:
            self._on_read(name, words, unsure)
        if unsure is None:
            self._check(name, directive, at, within)
        block = None
        if directive.block is not None:
            inner_names = (*within, name)
            block = tuple(self._nodes(directive.block, document, unsure, stack, inner_names))
        places = tuple(place(source, word) for word in directive.arguments)
        return [Node(name=name, words=words, places=places, at=at, block=block, unsure=unsure)]

    def _check(self, name: str, directive: Directive, at: Location, within: tuple[str, ...]) -> None:
        """Note what the server refuses about a directive's name and the place where it stands."""
        section = next((each for each in reversed(within) if each in _SECTIONS), None)
        module = MODULE_OF.get(name)
        if module is None:
            if self.state.modules_open is None and not self.foreign_modules:
                self._refuse(at, "expected a directive of a module that is loaded")
        elif section is not None and name in OUTSIDE_SECTIONS and section not in {"limit", "limitexcept"}:
            self._refuse(at, f"expected {directive.name.text} outside of a {section} section")
        elif section is None and name in INSIDE_SECTIONS and within[-1:] != ("authnprovideralias",):
            self._refuse(at, f"expected {directive.name.text} inside of a Directory, Location or Files section")
        elif name in {"servertokens", "listen"} and "virtualhost" in within:
            self._refuse(at, f"expected {directive.name.text} outside of a VirtualHost section")

    def missing_modules(self, nodes: Nodes) -> None:
        """Note directives of modules that nothing loads; to be called when all is read."""
        if self.state.modules_open is not None:
            return
        for node in nodes:
            module = MODULE_OF.get(node.name)
            if node.unsure is None and module not in {None, "mpm", "core", "so", "http_core", *self.state.modules}:
                self._refuse(node.at, f"expected the module {module}, which nothing loads, for this directive")
            if node.block is not None:
                self.missing_modules(node.block)

    def _refuse(self, at: Location, message: str) -> None:
        if any(problem.message == message for problem in self.problems):
            return  # the server stops at the first
        self.problems.append(Problem(at=at, message=message))

    def _on_read(self, name: str, words: tuple[str | Unknown, ...], unsure: Unknown | None) -> None:
        state = self.state
        first = words[0] if words else ""
        if name == "loadmodule":
            if isinstance(first, Unknown):
                state.modules_open = either(state.modules_open, first)
                return
            module = module_name(first)
            self.foreign_modules = self.foreign_modules or module not in _KNOWN_MODULES
            if unsure is None:
                state.modules.add(module)
            else:
                state.modules_open = either(state.modules_open, unsure)
        elif isinstance(first, Unknown):
            return
        elif name == "serverroot":
            state.root = first
        elif name == "define":
            value = words[1] if len(words) > 1 else ""
            if unsure is None and not isinstance(value, Unknown):
                state.variables[first] = value
            else:
                state.variables.pop(first, None)
        else:
            state.variables.pop(first, None)

    def _condition(self, name: str, words: tuple[str | Unknown, ...]) -> bool | Unknown:
        texts = tuple(word for word in words if isinstance(word, str))
        if len(texts) != len(words) or not texts:
            return Unknown("a condition is not known")
        negated, first = texts[0].startswith("!"), texts[0].removeprefix("!")
        if name == "ifmodule":
            module = module_name(first)
            if module in self.state.modules:
                return not negated
            return either(self.state.modules_open, negated)
        if name == "ifdefine":
            if first in self.state.variables:
                return not negated
            return either(self.state.modules_open, negated)
        if name == "ifversion":
            return compare_version(texts, self.state.version)
        return Unknown("a condition is not known")

    def _include(  # what every step of reading hands on
        self,
        name: str,
        words: tuple[str | Unknown, ...],
        at: Location,
        unsure: Unknown | None,
        nesting: tuple[tuple[str, ...], tuple[str, ...]],
    ) -> list[Node]:
        stack, within = nesting
        path = words[0] if words else Unknown("which file is included is not known")
        found = path if isinstance(path, Unknown) else self._sources(path)
        if isinstance(found, Unknown):
            if self.state.modules_open is None and not within:
                self.state.modules_open = found
            return [Node(name="", at=at, unsure=found)]
        nodes: list[Node] = []
        if not found and name == "include" and unsure is None:
            self._refuse(at, "expected a file that is there")
        for source in found:
            if source.key in stack or len(stack) > _MAX_DEPTH or len(self.consumed) > _MAX_FILES:
                return [*nodes, Node(name="", at=at, unsure=Unknown("more files are included than are followed"))]
            nodes += self._file(source, unsure, stack, within)
        return nodes

    def _sources(self, path: str) -> list[Source] | Unknown:
        """Return the files that a path or pattern of an Include names, in the server's order."""
        reason: Unknown | None = None
        for folder in self.state.folders if not path.startswith("/") else ("",):
            written = path if path.startswith("/") else posixpath.join(folder or self.state.root, path)
            if not _PATTERN & set(written) and not written.endswith("/"):
                found = self.state.view.open(written)
                if isinstance(found, Source):
                    return [found]
                reason = either(found, Unknown(f"the included file {path} is not in the scanned files"))
                inside = self.state.view.glob(f"{written}/*")
                if isinstance(inside, Unknown) or not inside:
                    continue
                written += "/"
            names = self.state.view.glob(written + ("*" if written.endswith("/") else ""))
            if isinstance(names, Unknown):
                reason = names
                continue
            opened = [self.state.view.open(each) for each in names]
            if any(not isinstance(each, Source) for each in opened):
                return Unknown(f"a file that {path} names is not in the scanned files")
            if opened or self.state.lists_files:
                return [each for each in opened if isinstance(each, Source)]
            reason = Unknown(f"no file that {path} names is in the scanned files")
        return either(reason, Unknown(f"{path} is not in the scanned files"))


_KNOWN_MODULES = frozenset(MODULE_OF.values()) | {
    "mpm_event", "mpm_prefork", "mpm_worker", "cgid", "negotiation", "authz_host", "authz_user", "authz_groupfile",
    "authz_owner", "authn_file", "authn_socache", "asis", "env", "expires", "filter", "headers", "info", "slotmem_shm",
    "slotmem_plain", "socache_shmcb", "socache_dbm", "socache_memcache", "socache_redis", "lbmethod_byrequests",
    "lbmethod_bytraffic", "lbmethod_bybusyness", "lbmethod_heartbeat", "proxy_http", "proxy_wstunnel", "proxy_ajp",
    "proxy_http2", "proxy_connect", "proxy_uwsgi", "proxy_balancer", "request", "data", "dialup", "auth_basic",
    "unique_id", "case_filter", "case_filter_in", "suexec", "imagemap", "buffer", "echo", "allowmethods",
    "heartmonitor", "dav_lock",
}  # fmt: skip
"""Modules of the distribution; any other one may bring directives that are not listed here."""
