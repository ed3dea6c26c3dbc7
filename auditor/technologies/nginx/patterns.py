"""Does a regular expression of a location match a path: answered in linear time, for the expressions people write.

The expressions come from scanned files, so Python's backtracking `re` must not run them. What is read here is the
common part of PCRE: characters, classes, groups, alternatives, repetition and the anchors; of anything else the answer
is not known.
"""

import string
from collections.abc import Callable
from dataclasses import field

from auditor.model.numbers import is_whole_number
from auditor.model.unknown import Unknown
from auditor.records import dataclass

MAX_STATES = 2000
MAX_GROUPS = 50
_CLASSES: dict[str, frozenset[str]] = {
    "d": frozenset(string.digits),
    "w": frozenset(string.ascii_letters + string.digits + "_"),
    "s": frozenset(" \t\r\n\f\v"),
}
_OUTSIDE = Unknown("the regular expression uses what is not evaluated here")
Test = Callable[[str], bool]


class _NotReadError(Exception):
    """A part of the expression is not one of those read here."""


@dataclass
class _State:
    """Edges: with a character's test, empty, or empty at the start ("^") or end ("$") of the text only."""

    steps: list[tuple[Test, int]] = field(default_factory=list[tuple[Test, int]])
    empty: list[tuple[str, int]] = field(default_factory=list[tuple[str, int]])


@dataclass
class _Machine:
    pattern: str
    ignore_case: bool
    place: int = 0
    states: list[_State] = field(default_factory=list[_State])

    def new(self) -> int:
        if len(self.states) >= MAX_STATES:
            raise _NotReadError
        self.states.append(_State())
        return len(self.states) - 1

    def peek(self) -> str:
        return self.pattern[self.place : self.place + 1]

    def alternatives(self, start: int) -> int:
        end = self.new()
        while True:
            branch = self.new()
            self.states[start].empty.append(("", branch))
            self.states[self.sequence(branch)].empty.append(("", end))
            if self.peek() != "|":
                return end
            self.place += 1

    def sequence(self, start: int) -> int:
        current = start
        while self.peek() not in {"", "|", ")"}:
            current = self.repeated(current)
        return current

    def repeated(self, start: int) -> int:
        begin = self.place
        inner = self.new()
        self.states[start].empty.append(("", inner))
        end = self.atom(inner)
        sign = self.peek()
        if sign == "{":
            return self._counted(begin, inner, end)
        if sign and sign in "*+?":
            self.place += 1
            if self.peek() and self.peek() in "?+":
                if self.peek() == "+":
                    raise _NotReadError
                self.place += 1
            after = self.new()
            self.states[end].empty.append(("", after))
            if sign in "*?":
                self.states[inner].empty.append(("", after))
            if sign in "*+":
                self.states[end].empty.append(("", inner))
            return after
        return end

    def _counted(self, begin: int, inner: int, end: int) -> int:
        close = self.pattern.find("}", self.place)
        least, comma, most = self.pattern[self.place + 1 : max(close, 0)].partition(",")
        if not is_whole_number(least) or (most and not is_whole_number(most)) or int(least) > 50 or int(most or 0) > 50:
            raise _NotReadError
        atom, after = self.pattern[begin : self.place], close + 1
        first = "" if int(least) else "?"
        copies = atom * max(int(least) - 1, 0)
        rest = (
            f"(?:{atom})*" if comma and not most else f"(?:{atom})?" * (int(most) - max(int(least), 1) if most else 0)
        )
        tail = _Machine(copies + rest, self.ignore_case, states=self.states)
        if first:
            skip = self.new()
            self.states[inner].empty.append(("", skip))
            last = tail.alternatives(end)
            self.states[last].empty.append(("", skip))
            end = skip
        else:
            end = tail.alternatives(end)
        self.place = after
        return end

    def atom(self, start: int) -> int:
        character = self.peek()
        self.place += 1
        if character == "(":
            if self.peek() == "?":
                self._group_head()
            end = self.alternatives(start)
            if self.peek() != ")":
                raise _NotReadError
            self.place += 1
            return end
        end = self.new()
        if character in "^$":
            self.states[start].empty.append((character, end))
        else:
            self.states[start].steps.append((self._test(character), end))
        return end

    def _group_head(self) -> None:
        rest = self.pattern[self.place :]
        for opening in ("?:", "?P<", "?<", "?'"):
            if rest.startswith(opening) and not rest.startswith(("?<=", "?<!")):
                close = 0 if opening == "?:" else rest.find("'" if opening == "?'" else ">", len(opening))
                self.place += 2 if opening == "?:" else close + 1
                return
        raise _NotReadError

    def _test(self, character: str) -> Test:
        if character == ".":
            return lambda found: found != "\n"
        if character == "[":
            return self._class()
        if character in "*+?{":
            raise _NotReadError
        if character == "\\":
            members, negated = self._escape()
            return (lambda found: found not in members) if negated else self._one_of(members)
        return self._one_of(frozenset(character))

    def _one_of(self, members: frozenset[str]) -> Test:
        if self.ignore_case:
            folded = frozenset(member.lower() for member in members)
            return lambda found: found.lower() in folded
        return lambda found: found in members

    def _escape(self) -> tuple[frozenset[str], bool]:
        letter = self.peek()
        self.place += 1
        if letter.lower() in _CLASSES and letter:
            return _CLASSES[letter.lower()], letter.isupper()
        if not letter or letter.isalnum():
            raise _NotReadError
        return frozenset(letter), False

    def _class(self) -> Test:
        negated = self.peek() == "^"
        self.place += negated
        members: set[str] = set()
        first = True
        while first or self.peek() != "]":
            first = False
            character = self.peek()
            self.place += 1
            if not character or (character == "[" and self.peek() == ":"):
                raise _NotReadError
            if character == "\\":
                found, inverted = self._escape()
                if inverted:
                    raise _NotReadError
                members |= found
            elif self.peek() == "-" and self.pattern[self.place + 1 : self.place + 2] not in {"]", "\\", ""}:
                last = self.pattern[self.place + 1]
                members |= {chr(code) for code in range(ord(character), min(ord(last), 0x10FF) + 1)}
                self.place += 2
            else:
                members.add(character)
        self.place += 1
        test = self._one_of(frozenset(members))
        return (lambda found: not test(found)) if negated else test

    def closure(self, states: set[int], *, at_start: bool, at_end: bool) -> set[int]:
        waiting, found = list(states), set(states)
        while waiting:
            for kind, target in self.states[waiting.pop()].empty:
                if target not in found and (not kind or (at_start if kind == "^" else at_end)):
                    found.add(target)
                    waiting.append(target)
        return found


def matches(pattern: str, text: str, *, ignore_case: bool = False) -> bool | Unknown:
    """Tell whether `pattern` matches somewhere in `text`, as nginx asks PCRE."""
    if pattern.count("(") > MAX_GROUPS:
        return _OUTSIDE
    ignore_case = ignore_case or pattern.startswith("(?i)")
    machine = _Machine(pattern.removeprefix("(?i)"), ignore_case)
    start = machine.new()
    try:
        end = machine.alternatives(start)
    except _NotReadError:
        return _OUTSIDE
    if machine.place < len(machine.pattern):
        return _OUTSIDE
    current: set[int] = set()
    for place in range(len(text) + 1):
        current.add(start)
        current = machine.closure(current, at_start=place == 0, at_end=place == len(text))
        if end in current:
            return True
        if place < len(text):
            current = {target for state in current for test, target in machine.states[state].steps if test(text[place])}
    return False
