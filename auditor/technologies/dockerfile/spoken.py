"""Secrets on RUN lines: all of a line stays readable in the image's history."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from auditor.credentials.commands import passwords_among
from auditor.credentials.placeholders import is_placeholder
from auditor.credentials.urls import passwords_in
from auditor.model.unknown import HOLE
from auditor.patterns import lazy

from .syntax import Instruction

_VALUE = r"(?:\"(?P<double>[^\"\\\n]*)\"|'(?P<single>[^'\n]*)'|(?P<bare>[^\s;&|()<>\"'\\]+))"
_ASSIGNMENT = lazy(rf"(?P<name>[A-Za-z_][A-Za-z0-9_]*)={_VALUE}(?=[\s;&|)]|$)")
_BEFORE = lazy(r"(?:^|[;&|({])[ \t]*(?:(?:export|env|readonly|declare)[ \t]+)?|\b(?:export|env)[ \t]+")
_CHOSEN = lazy(r"(?=.*\d)(?=.*[A-Za-z]).{8,}", re.DOTALL)
"""A value that somebody may have chosen to keep others out; `dummy` and `build-only` are for a build step to run."""
_BLANKS = lazy(r"[ \t]+")
_ACCOUNT = lazy(
    r"\becho[ \t]+(?:-n[ \t]+)?(?P<quote>[\"']?)(?P<user>[a-z_][a-z0-9_-]*):(?P<value>[^\s:\"'|]+)(?P=quote)[ \t]*\|"
    r"[ \t]*(?:sudo[ \t]+)?(?:/usr/sbin/)?chpasswd(?![ \t]+(?:-e|--encrypted|-c)\b)"
)
_MAX_LINE = 65536
"""How much of a RUN line is looked at, in characters."""


class Said(NamedTuple):
    """A value on a RUN line: what it is called, the value, its first and its last character (exclusive).

    `is_secret` is whether its place says that it is one, whatever its name; `account` whom it logs in, "" if not known.
    """

    name: str
    value: str
    start: int
    end: int
    is_secret: bool = True
    account: str = ""


def secrets_of(instruction: Instruction) -> Iterator[Said]:
    """Yield the values that a RUN line gives to variables, accounts, programs and addresses.

    What the shell puts together is left out, and so are words in variables, with which many a build step is run.
    """
    text = instruction.text[:_MAX_LINE]
    yield from _variables(text)
    for match in _ACCOUNT.finditer(text):
        if _is_whole(match["value"], quoted=match["quote"] == "'"):
            user = match["user"]
            yield Said(f"password of {user}", match["value"], *match.span("value"), account=user)
    for spoken in passwords_among([text]):
        if _is_whole(value := text[spoken.start : spoken.end], quoted=False):
            yield Said(f"{spoken.program} password", value, spoken.start, spoken.end)
    for one in passwords_in(text) if "://" in text else ():
        if one.scheme and _is_whole(text[one.start : one.end], quoted=False):
            yield Said("URL password", one.password, one.start, one.end, account=one.user)


def _variables(text: str) -> Iterator[Said]:
    """Yield what stands before a command, or behind `export` and `env`."""
    seen = -1
    for begin in _BEFORE.finditer(text):
        place = begin.end()
        while place > seen and (match := _ASSIGNMENT.match(text, place)) is not None:
            seen = place
            kind = next(name for name in ("double", "single", "bare") if match[name] is not None)
            value = match[kind]
            if _is_whole(value, quoted=kind == "single") and _CHOSEN.fullmatch(value) and not is_placeholder(value):
                yield Said(match["name"], value, *match.span(kind), is_secret=False)
            blanks = _BLANKS.match(text, match.end())
            if blanks is None:
                break
            place = blanks.end()


def _is_whole(value: str, *, quoted: bool) -> bool:
    """Tell whether neither a template nor the shell puts in a part."""
    return HOLE not in value and (quoted or not {"$", "`"} & set(value))
