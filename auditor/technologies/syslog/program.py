"""The files of an rsyslog in one piece: what each line means, given the directives before it."""

import posixpath
from collections.abc import Sequence

from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown
from auditor.records import dataclass
from auditor.technologies.document import FileView

from .actions import Action, Listener, new_action, old_action
from .reader import read_statements
from .selectors import holds
from .statements import Call, Directive, Filter, Object, OldAction, Other, Statement, Stop

DEFAULT = "RSYSLOG_DefaultRuleset"
_DEEPEST = 10
_SPENT = ("actionqueue", "actionresume")
"""Directives that hold for the next action only."""
_OLD_LISTENERS = {"udpserverrun": "imudp", "inputtcpserverrun": "imtcp", "inputrelpserverrun": "imrelp"}


@dataclass(frozen=True)
class Branch:
    """Steps that some messages see."""

    kind: str
    text: str
    then: tuple["Step", ...]
    otherwise: tuple["Step", ...]


Step = Action | Branch | Stop | Call


class Program:
    """Reads files with what they include. `gap` is why lines are not known, "" if all are."""

    def __init__(self, view: FileView | None) -> None:
        self._view = view
        self._legacy: dict[str, tuple[str | Unknown, Location]] = {}
        self._modules: dict[str, Object] = {}
        self._current = DEFAULT
        self._first = DEFAULT
        self._driver: str | Unknown = ""
        self._limited: set[str] = set()
        self._inputs: list[tuple[str, str | Unknown, Object | None, Location]] = []
        self.rulesets: dict[str, list[Step]] = {DEFAULT: []}
        self.problems: list[Problem] = []
        self.consumed: set[str] = set()
        self.gap = ""
        self.mask: str | Unknown = "0"

    @property
    def modules(self) -> frozenset[str]:
        """The names of the modules that are loaded."""
        return frozenset(self._modules)

    def read(self, source: Source, depth: int = 0) -> None:
        """Read a file; what it includes is read in its place."""
        self.consumed.add(source.key)
        statements, problems, gap = read_statements(source)
        self.problems += problems
        self.gap = self.gap or gap
        for statement in statements:
            if isinstance(statement, Directive):
                self._directive(statement, depth)
            elif isinstance(statement, Object) and statement.kind != "action":
                self._object(statement, depth)
            else:
                self.rulesets.setdefault(self._current, []).extend(self._steps([statement], depth))

    def _steps(self, statements: Sequence[Statement], depth: int) -> list[Step]:
        found: list[Step] = []
        for statement in statements:
            if isinstance(statement, OldAction):
                found.append(old_action(statement.text, statement.at, self._legacy))
                self._spend()
            elif isinstance(statement, Object) and statement.kind == "action":
                found.append(new_action(statement))
            elif isinstance(statement, Filter):
                then, otherwise = self._steps(statement.then, depth), self._steps(statement.otherwise, depth)
                found.append(Branch(statement.kind, statement.text, tuple(then), tuple(otherwise)))
            elif isinstance(statement, Stop | Call):
                found.append(statement)
            elif isinstance(statement, Other):
                found.append(Branch("loop", "", tuple(self._steps(statement.body, depth)), ()))
            elif isinstance(statement, Directive):
                self._directive(statement, depth)
            else:
                self._object(statement, depth)
        return found

    def _spend(self) -> None:
        for name in [name for name in self._legacy if name.startswith(_SPENT)]:
            del self._legacy[name]

    def _directive(self, directive: Directive, depth: int) -> None:
        value: str | Unknown = directive.value
        if HOLE in directive.value:
            value = Unknown("the value is filled in by a template")
        name = directive.name
        if name == "includeconfig":
            self._include(value, depth, is_optional=False)
        elif name == "defaultnetstreamdriver":
            self._driver = value
        elif name == "umask":
            self.mask = value
        elif name == "modload" and isinstance(value, str):
            module = posixpath.basename(value).removesuffix(".so").lower()
            self._modules.setdefault(module, Object("module", {}, directive.at))
        elif name == "ruleset" and isinstance(value, str):
            self._current = value
            self.rulesets.setdefault(value, [])
        elif name == "defaultruleset" and isinstance(value, str):
            self._first = value
        elif name == "allowedsender" and isinstance(value, str):
            self._limited.add(value.partition(",")[0].strip().lower())
        elif name in _OLD_LISTENERS:
            self._inputs.append((_OLD_LISTENERS[name], value, None, directive.at))
        elif name == "resetconfigvariables":
            self._legacy.clear()
        else:
            self._legacy[name] = (value, directive.at)

    def _object(self, thing: Object, depth: int) -> None:
        enabled = thing.text("config.enabled")
        if thing.kind != "ruleset" and enabled != "on" and enabled is not None:
            if isinstance(enabled, Unknown):
                self.gap = self.gap or "which lines are in force is decided when rsyslog starts"
            return  # tried with 8.2302: only the word `on` switches on; actions and rulesets do not look at it
        if thing.kind == "module":
            loaded = thing.text("load")
            if isinstance(loaded, str):
                self._modules[posixpath.basename(loaded).removesuffix(".so").lower()] = thing
        elif thing.kind == "global":
            driver, mask = thing.text("defaultnetstreamdriver"), thing.text("umask")
            self.mask = self.mask if mask is None else mask
            self._driver = self._driver if driver is None else driver
        elif thing.kind == "ruleset":
            name = thing.text("name")
            if isinstance(name, str):
                self.rulesets.setdefault(name, []).extend(self._steps(thing.body, depth))
        elif thing.kind == "include":
            target = thing.text("file")
            self._include(target, depth, is_optional=thing.text("mode") == "optional")
        elif thing.kind == "input":
            kind = thing.text("type")
            port = thing.text("port")
            if isinstance(kind, str):
                self._inputs.append((kind.lower(), "" if port is None else port, thing, thing.at))

    def _include(self, target: str | Unknown | None, depth: int, *, is_optional: bool) -> None:
        if target is None or isinstance(target, Unknown) or self._view is None or depth >= _DEEPEST:
            self.gap = self.gap or "which files are included is not known"
            return
        pattern = target + "*" if target.endswith("/") else target
        names = self._view.glob(pattern) if "*" in pattern or "?" in pattern else [pattern]
        if isinstance(names, Unknown):
            self.gap = self.gap or f"{target} is not in the scanned files"
            return
        for name in names:
            source = self._view.open(name)
            if isinstance(source, Source):
                self.read(source, depth + 1)
            elif not is_optional or isinstance(source, Unknown):
                self.gap = self.gap or f"{name} is not in the scanned files"

    def finish(self) -> None:
        """Give actions and inputs what global settings decide."""
        for name, steps in self.rulesets.items():
            self.rulesets[name] = [self._finished(step) for step in steps]

    def _finished(self, step: Step) -> Step:
        if isinstance(step, Branch):
            then = tuple(self._finished(inner) for inner in step.then)
            return Branch(step.kind, step.text, then, tuple(self._finished(inner) for inner in step.otherwise))
        if isinstance(step, Action) and step.kind == "omfwd" and step.text("streamdriver") == "":
            return Action(step.kind, {**step.parameters, "streamdriver": self._driver}, step.at, step.places)
        return step

    def listeners(self) -> tuple[Listener, ...]:
        """Return the inputs that take messages from the network."""
        found: list[Listener] = []
        for kind, port, thing, at in self._inputs:
            if kind not in {"imudp", "imtcp", "imptcp", "imrelp"}:
                continue
            given = dict(self._of_module(kind))
            given |= {key: value.text for key, value in thing.parameters.items()} if thing is not None else {}
            parameters = {
                key.replace("streamdriver.name", "streamdriver").replace(".", ""): value for key, value in given.items()
            }
            parameters.setdefault("streamdriver", self._driver)
            address = (
                self._legacy.get("udpserveraddress", ("", at))[0] if thing is None else parameters.get("address", "")
            )
            limited = ("udp" if kind == "imudp" else "tcp") in self._limited
            found.append(Listener(kind, port, "" if address == "*" else address, parameters, at, limited))
        return tuple(found)

    def _of_module(self, kind: str) -> dict[str, str | Unknown]:
        module = self._modules.get(kind)
        found: dict[str, str | Unknown] = {}
        if module is not None:
            found = {key: value.text for key, value in module.parameters.items()}
        prefix = "inputtcpserver"
        if kind == "imtcp":
            old = {
                name.removeprefix(prefix): value for name, (value, _) in self._legacy.items() if name.startswith(prefix)
            }
            found |= {key: value for key, value in old.items() if key.startswith("streamdriver")}
        return found

    def reached(self, facility: str, severity: str) -> list[tuple[Action, bool | Unknown]]:
        """Return the actions that a message of the host itself may come to, with whether it does."""
        found: list[tuple[Action, bool | Unknown]] = []
        self._walk(self.rulesets.get(self._first, []), (facility, severity), True, found, 0)
        return found

    def _walk(
        self,
        steps: Sequence[Step],
        message: tuple[str, str],
        alive: bool | Unknown,
        found: list[tuple[Action, bool | Unknown]],
        depth: int,
    ) -> bool | Unknown:
        """Return whether the message is still there behind the steps."""
        for step in steps:
            if alive is False:
                break
            if isinstance(step, Stop):
                alive = False if alive is True else alive
                return alive if alive is False else Unknown("a condition decides whether a message goes on")
            if isinstance(step, Action):
                found.append((step, alive))
            elif isinstance(step, Call):
                if depth < _DEEPEST:
                    alive = self._walk(self.rulesets.get(step.name, []), message, alive, found, depth + 1)
            else:
                alive = self._branch(step, message, alive, found, depth)
        return alive

    def _branch(
        self,
        step: Branch,
        message: tuple[str, str],
        alive: bool | Unknown,
        found: list[tuple[Action, bool | Unknown]],
        depth: int,
    ) -> bool | Unknown:
        answer = True if step.kind == "loop" and not step.then else holds(step.kind, step.text, *message)
        if answer is True:
            return self._walk(step.then, message, alive, found, depth)
        if answer is False:
            return self._walk(step.otherwise, message, alive, found, depth)
        ends = [self._walk(steps, message, answer, found, depth) for steps in (step.then, step.otherwise)]
        gone = [end is False or (isinstance(end, Unknown) and end is not answer) for end in ends]
        return answer if any(gone) or _stops(step) else alive


def _stops(branch: Branch) -> bool:
    steps = (*branch.then, *branch.otherwise)
    return any(isinstance(step, Stop | Call) or (isinstance(step, Branch) and _stops(step)) for step in steps)
