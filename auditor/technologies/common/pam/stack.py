"""What a stack of modules answers (`libpam/pam_dispatch.c` of Linux-PAM 1.5, tried with libpam 1.5.2).

Every module gives a result. Its control says what the result does: nothing, a success that counts if nothing failed
before, a failure that stays, the end of the stack, or a jump over the next modules.
"""

import re
from collections.abc import Callable, Sequence
from typing import Final

from auditor.model.numbers import is_whole_number
from auditor.records import dataclass

from .lines import Line

KEYWORDS: Final = {
    "required": {"success": "ok", "new_authtok_reqd": "ok", "ignore": "ignore", "default": "bad"},
    "requisite": {"success": "ok", "new_authtok_reqd": "ok", "ignore": "ignore", "default": "die"},
    "sufficient": {"success": "done", "new_authtok_reqd": "done", "default": "ignore"},
    "optional": {"success": "ok", "new_authtok_reqd": "ok", "default": "ignore"},
}
GAP: Final = "gap"
"""The control of a step in the place of an included file whose lines are not known."""
_MOST_WAYS: Final = 4096


@dataclass(frozen=True)
class Step:
    """A line of a stack with its depth: lines of a substack are deeper than the one that calls it."""

    line: Line
    depth: int


@dataclass(frozen=True)
class _State:
    place: int
    impression: str
    result: str
    kept: tuple[tuple[str, str], ...]
    """What was known where each substack began, for `reset`."""


def actions_of(control: str) -> dict[str, str]:
    """Return what a control does with each result; results that it does not name are bad."""
    if control in KEYWORDS:
        return KEYWORDS[control]
    return {match[1]: match[2] for match in re.finditer(r"(\w+)\s*=\s*(\w+)", control.strip("[]"))}


def answers(steps: Sequence[Step], results: Callable[[Line], Sequence[str]]) -> set[bool]:
    """Return whether the stack succeeds, both answers where results that are not known decide.

    `results` gives the results that a line's module may have.
    """
    found: set[bool] = set()
    todo = [_State(0, "none", "fail", (("none", "fail"),))]
    seen: set[tuple[int, str, str, tuple[tuple[str, str], ...]]] = set()
    while todo and len(seen) < _MOST_WAYS:
        state = todo.pop()
        key = (state.place, state.impression, state.result, state.kept)
        if key in seen:
            continue
        seen.add(key)
        if state.place >= len(steps):
            found.add(state.impression == "good" and state.result == "success")
            continue
        step = steps[state.place]
        if step.line.control == GAP:
            return {True, False}
        kept = state.kept[: step.depth + 1]
        while len(kept) <= step.depth:
            kept = (*kept, (state.impression, state.result))
        state = _State(state.place, state.impression, state.result, kept)
        following = [_after(steps, state, result) for result in results(step.line)]
        if any(each is None for each in following):
            return {True, False}
        todo += [each for each in following if each is not None]
    return found if not todo else {True, False}


def _after(steps: Sequence[Step], state: _State, result: str) -> _State | None:
    """Return what follows a result, None where a jump goes over lines that are not known."""
    step = steps[state.place]
    actions = actions_of(step.line.control)
    action = actions.get(result, actions.get("default", "bad"))
    impression, status, place = state.impression, state.result, state.place + 1
    if action in {"ok", "done"}:
        if impression == "none" or (impression == "good" and status == "success"):
            impression, status = "good", result
        if impression == "good" and action == "done":
            place = _end_of(steps, state.place)
    elif action in {"bad", "die"}:
        if impression != "bad":
            impression, status = "bad", result
        if action == "die":
            place = _end_of(steps, state.place)
    elif action == "reset":
        impression, status = state.kept[step.depth]
    elif is_whole_number(action) and int(action) > 0:
        landed = _jump(steps, state.place, int(action))
        if any(each.line.control == GAP for each in steps[state.place : landed]):
            return None
        if landed is None:
            impression, status = "bad", "system_err"
        else:
            place = landed
    return _State(place, impression, status, state.kept)


def _end_of(steps: Sequence[Step], place: int) -> int:
    """Return the place behind the stack or substack that a step is in."""
    depth = steps[place].depth
    while place < len(steps) and steps[place].depth >= depth:
        place += 1
    return place


def _jump(steps: Sequence[Step], place: int, count: int) -> int | None:
    """Return the place behind the next `count` modules, a substack counting as one; None if there are not so many."""
    depth, place = steps[place].depth, place + 1
    for _ in range(count):
        if place >= len(steps) or steps[place].depth < depth:
            return None
        is_substack = steps[place].depth > depth
        place += 1
        while is_substack and place < len(steps) and steps[place].depth > depth:
            place += 1
    return place
