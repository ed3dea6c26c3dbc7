"""The directives of a server in one row: included files in place, conditions of modules decided as far as known."""

import posixpath
import re
from dataclasses import field, replace
from typing import Final

from auditor.model.fact import Problem
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.records import dataclass
from auditor.technologies.document import FileView

from .document import Directive, read_document

FOLDER: Final = "/etc/proftpd"
_HOSTS_FILES: Final = frozenset({"modules.conf", "dhparams.pem", "blacklist.dat"})
"""Files that stand in /etc/proftpd of a host: beside them, what is not there does not exist."""
_STATIC: Final = frozenset(
    "mod_core.c mod_xfer.c mod_rlimit.c mod_auth_unix.c mod_auth_file.c mod_auth.c mod_ls.c mod_log.c mod_site.c "
    "mod_delay.c mod_facts.c mod_dso.c mod_auth_pam.c mod_cap.c mod_ctrls.c mod_lang.c".split()
)
"""Modules that Debian's 1.3.8 has built in (`proftpd -l`)."""
_UNDECIDED: Final = frozenset({"ifdefine", "ifversion", "ifuser", "ifgroup", "ifclass", "ifauthenticated"})
_MAX_FILES: Final = 200
GAP: Final = "gap"


@dataclass
class Loader:
    """Reads files with what they include. A directive named `gap` stands where lines are not known."""

    view: FileView
    modules: set[str] = field(default_factory=lambda: set(_STATIC))
    problems: list[Problem] = field(default_factory=list[Problem])
    consumed: set[str] = field(default_factory=set[str])
    gaps: dict[Directive, Unknown] = field(default_factory=dict[Directive, Unknown])

    def load(self, source: Source, stack: tuple[str, ...] = ()) -> list[Directive]:
        """Return the directives of a file and of those that it includes."""
        self.consumed.add(source.key)
        document = read_document(source)
        self.problems.extend(document.problems)
        return self._flat(document.directives, (*stack, source.key), is_open=False)

    def _flat(self, directives: tuple[Directive, ...], stack: tuple[str, ...], *, is_open: bool) -> list[Directive]:
        found: list[Directive] = []
        for each in directives:
            if each.name == "include":
                found += self._include(each, stack)
            elif each.name == "loadmodule":
                self.modules.add(each.text)
            elif each.children is None:
                found.append(replace(each, is_open=each.is_open or is_open))
            elif each.name == "ifmodule":
                decided = self._has_module(each.text)
                if decided is not False:
                    found += self._flat(each.children, stack, is_open=is_open or decided is None)
            elif each.name in _UNDECIDED:
                found += self._flat(each.children, stack, is_open=True)
            else:
                inner = self._flat(each.children, stack, is_open=is_open)
                found.append(replace(each, children=tuple(inner), is_open=is_open))
        return found

    def _has_module(self, text: str) -> bool | None:
        name = text.removeprefix("!")
        if name not in self.modules:
            return None  # another build may have it in the program
        return not text.startswith("!")

    def _include(self, directive: Directive, stack: tuple[str, ...]) -> list[Directive]:
        path = directive.text
        if directive.is_open or len(stack) > 16 or len(self.consumed) > _MAX_FILES:
            return [self._gap(directive, Unknown("which file is included is not known"))]
        paths = self._paths(path)
        if isinstance(paths, Unknown):
            # By convention this file loads modules and sets nothing else.
            return [] if posixpath.basename(path) == "modules.conf" else [self._gap(directive, paths)]
        found: list[Directive] = []
        for each in paths:
            source = self.view.open(each)
            if isinstance(source, Unknown):
                found.append(self._gap(directive, source))
            elif source is not None and source.key not in stack:
                found += self.load(source, stack)
        return found

    def _gap(self, directive: Directive, reason: Unknown) -> Directive:
        gap = replace(directive, name=GAP)
        self.gaps[gap] = reason
        return gap

    def _paths(self, path: str) -> list[str] | Unknown:
        if not path.startswith("/"):
            return Unknown("an Include is not an absolute path")
        found = self._at(path)
        inside = path.removeprefix(f"{FOLDER}/")
        if (isinstance(found, Unknown) or not found) and inside != path:
            beside = self._at(inside)
            siblings = self.view.glob("*")
            is_host = not isinstance(siblings, Unknown) and bool(_HOSTS_FILES & set(siblings))
            if is_host or isinstance(beside, Unknown) or len(beside) > 0:
                return beside if isinstance(found, Unknown) or not isinstance(beside, Unknown) else found
        return found

    def _at(self, path: str) -> list[str] | Unknown:
        """Return the files at a path: itself, those of a folder, or those that match a pattern."""
        if re.search(r"[*?\[]", path):
            listed = self.view.glob(path)
            return listed if isinstance(listed, Unknown) else sorted(listed)
        opened = None if path.endswith("/") else self.view.open(path)
        if isinstance(opened, Source):
            return [path]
        listed = self.view.glob(posixpath.join(path, "*"))
        if not isinstance(listed, Unknown):
            return sorted(listed)
        return listed if opened is None else opened
