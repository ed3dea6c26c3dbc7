"""A check: a documented pure function of one typed argument."""

import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import field
from functools import cached_property
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from auditor.patterns import lazy
from auditor.records import dataclass

from .diagnostic import Diagnostic
from .fact import Facts
from .severity import Control, Severity

CheckFunction = Callable[[Any], Iterable[Diagnostic]]
_ID = lazy(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Check:
    """A check as a pack declares it; `docstring` is its module's, the source of all guidance."""

    id: str
    severity: Severity
    control: Control
    also: tuple[Control, ...]
    cwe: int | None
    function: CheckFunction
    docstring: str = field(repr=False)
    file: Path
    applies: Callable[[Any], bool] | None = None
    """Which facts of the scope the check is about (`of_type("aws_sqs_queue")`); of others it says nothing at all."""
    aliases: tuple[str, ...] = ()
    """Ids the check had before; they stay valid wherever an id is given, and findings keep their history."""

    @cached_property
    def documentation(self) -> str:
        """The docstring, which as a module's has no indentation, without the lines' ends around it."""
        return self.docstring.strip()

    @cached_property
    def names(self) -> frozenset[str]:
        """The id and the aliases."""
        return frozenset({self.id, *self.aliases})

    @cached_property
    def _scope(self) -> tuple[type, bool]:
        written = self.function.__annotations__
        if any(isinstance(hint, str) for hint in written.values()):
            written = get_type_hints(self.function)
        hints = {name: hint for name, hint in written.items() if name != "return"}
        if len(hints) != 1:
            raise TypeError(f"{self.id}: a check takes exactly one annotated parameter")
        annotation = next(iter(hints.values()))
        if get_origin(annotation) is Facts:
            return get_args(annotation)[0], True
        if not isinstance(annotation, type):
            raise TypeError(f"{self.id}: the parameter's annotation must be a fact type or Facts[...] of one")
        return annotation, False

    @property
    def scope(self) -> type:
        """The fact type the check is about."""
        return self._scope[0]

    @property
    def over_all(self) -> bool:
        """True if the check takes all facts of its scope at once (`Facts[...]`)."""
        return self._scope[1]

    @cached_property
    def title(self) -> str:
        """The first line of the documentation."""
        return self.docstring.strip().partition("\n")[0].rstrip(".")

    def section(self, heading: str) -> str:
        """Return the Markdown under the first `## heading`, "" if there is none."""
        return next((body for title, body in self._sections if title == heading), "")

    @cached_property
    def _sections(self) -> tuple[tuple[str, str], ...]:
        """The headings with what stands under each."""
        parts = (part.partition("\n") for part in self.documentation.split("\n## ")[1:])
        return tuple((title.strip(), body.strip()) for title, _, body in parts)

    @cached_property
    def why(self) -> str:
        return self.section("Why it matters")

    @cached_property
    def fix(self) -> str:
        return self.section("Fix")

    @cached_property
    def fix_in_short(self) -> str:
        """The first sentence of the fix without code, on one line."""
        text = re.sub(r"```.*?```", "", self.fix, flags=re.S).strip().partition("\n\n")[0]
        return re.split(r"(?<=[.!?])\s", " ".join(text.split()), maxsplit=1)[0].rstrip(":")

    @cached_property
    def references(self) -> tuple[str, ...]:
        """The items of the list under References."""
        return tuple(
            line.lstrip("-* ").strip()
            for line in self.section("References").splitlines()
            if line.strip().startswith(("-", "*"))
        )


def check(
    id: str,  # noqa: A002  # "id" is the word for it everywhere
    *,
    severity: Severity,
    control: Control,
    also: tuple[Control, ...] = (),
    cwe: int | None = None,
    applies: Callable[[Any], bool] | None = None,
    aliases: tuple[str, ...] = (),
) -> Callable[[CheckFunction], Check]:
    """Declare the decorated function as the check `id`; its parameter's annotation is its scope.

    `applies` narrows the scope: a fact for which it is False is neither passed nor failed. `aliases` are the ids
    that it had before it was renamed.
    """
    for name in (id, *aliases):
        if not _ID.fullmatch(name):
            raise ValueError(f"check id {name!r}: lower-case words joined by hyphens expected")
    if len(also) > 2:
        raise ValueError(f"{id}: at most two further controls")

    def declare(function: CheckFunction) -> Check:
        docstring = sys.modules[function.__module__].__doc__ or ""
        file = Path(function.__code__.co_filename)
        return Check(id, severity, control, also, cwe, function, docstring, file, applies, aliases)

    return declare
