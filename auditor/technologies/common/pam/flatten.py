"""All lines of a service, with those of the files that it includes in their places."""

import posixpath
from collections.abc import Callable
from typing import Final

from .lines import Line, PamLines
from .stack import GAP, Step

_DEEPEST: Final = 16
_OF_ONE_KIND: Final = {
    "common-auth": "auth",
    "common-account": "account",
    "common-password": "password",
    "common-session": "session",
    "common-session-noninteractive": "session",
}
"""Files that Debian's pam-auth-update(8) writes, each with lines of one kind only."""


class Flattener:
    """Puts included lines in their places.

    `gap` is why lines of a file are not known, `missing` which included files are not scanned, `included` the names of
    those that are.
    """

    def __init__(self, find: Callable[[str], PamLines | None]) -> None:
        """Follow includes.

        Args:
            find: Returns the lines of a file of pam.d by what an include says, None if it is not scanned.
        """
        self._find = find
        self.gap = ""
        self.missing = ""
        self.included: list[str] = []

    def stack(self, document: PamLines, kind: str, depth: int = 0, nested: int = 0) -> list[Step]:
        """Return the lines of one kind: auth, account, password or session."""
        self.gap = self.gap or document.gap
        found: list[Step] = []
        for line in document.lines:
            if line.control in {"include", "substack"} and line.kind in {"", kind}:
                found += self._included(line, kind, depth, nested)
            elif line.kind == kind:
                found.append(Step(line, depth))
        return found

    def _included(self, line: Line, kind: str, depth: int, nested: int) -> list[Step]:
        inner = self._find(line.module) if nested < _DEEPEST else None
        if inner is None:
            name = posixpath.basename(line.module)
            if line.kind == "" and _OF_ONE_KIND.get(name, kind) != kind:
                return []
            self.missing = self.missing or f"{name} is not in the scanned files"
            return [Step(Line(kind, GAP, name, (), line.at), depth)]
        self.included.append(line.module)
        return self.stack(inner, kind, depth + (line.control == "substack"), nested + 1)
