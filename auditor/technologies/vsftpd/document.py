"""vsftpd.conf: one `name=value` on a line, without blanks around the sign (`parseconf.c` of vsftpd 3.0.3)."""

import re
from dataclasses import field

from auditor.formats.template import conditional_lines, is_templated, mask
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.document import Document

from .settings import FALSE, FLAGS, NUMBERS, OTHER_FLAGS, OTHER_NUMBERS, OTHER_TEXTS, TEXTS, TRUE

_PLACEHOLDER = lazy(r"\$\{\w[^}]*\}|\$[A-Z_]+\b|@[A-Z_]+@|__[A-Z][A-Z_]*__|%%?[A-Z_]{3,}%%?|##?[A-Z_]{3,}")
_BLANK = " \t\r\n\v\f"


@dataclass(frozen=True, kw_only=True)
class Assigned:
    """One setting. A flag's value is YES or NO."""

    name: str
    value: str | Unknown = field(repr=False)
    at: Location


@dataclass(frozen=True, kw_only=True)
class VsftpdConf(Document):
    """The settings in order; `unrecognised` are names that vsftpd 3.0.5 and Debian's patches do not have.

    `gap` is why lines are not known, "" if all are.
    """

    settings: tuple[Assigned, ...] = ()
    unrecognised: tuple[Problem, ...] = ()
    gap: str = ""


def read_document(source: Source) -> VsftpdConf:
    """Read a file; what vsftpd refuses becomes a problem."""
    text, inserts, conditional = source.text, frozenset[int](), frozenset[int]()
    if is_templated(text):
        conditional = conditional_lines(text)
        text, inserts = mask(text)
    found: list[Assigned] = []
    problems: list[Problem] = []
    unrecognised: list[Problem] = []
    gap = "a template puts in lines" if inserts else ""
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith("#") or not line.strip(_BLANK) or number in inserts:
            continue
        start = len(line) - len(line.lstrip(_BLANK))
        name, _, value = line[start:].partition("=")
        at = source.at(number, start + 1, number, len(line))
        if HOLE in name or _PLACEHOLDER.search(name):
            gap = "a template puts in lines"
            continue
        expected = _refusal(name, value)
        if number in conditional:
            found.append(Assigned(name=name, value=Unknown("a template decides whether it is set"), at=at))
        elif HOLE in value or _PLACEHOLDER.search(value):
            found.append(Assigned(name=name, value=Unknown("the value is filled in by a template"), at=at))
        elif expected is None:
            found.append(Assigned(name=name, value=_normal(name, value), at=at))
        elif expected == _UNLISTED and re.fullmatch(r"[a-z]\w*", name):
            unrecognised.append(Problem(at=at, message=expected))
        else:
            problems.append(Problem(at=at, message=expected))
    return VsftpdConf(
        source=source,
        settings=tuple(found),
        problems=tuple(problems),
        unrecognised=tuple(unrecognised),
        gap=gap,
        partial="template expressions" if text != source.text else "",
    )


_UNLISTED = "expected a setting that vsftpd knows, in lower case and without blanks around the equals sign"


def _refusal(name: str, value: str) -> str | None:
    """Return what vsftpd expects instead; None if it takes the line."""
    if name in TEXTS or name in OTHER_TEXTS:
        return None
    if not value:
        return "expected a value behind the equals sign"
    if name in FLAGS or name in OTHER_FLAGS:
        known = value.upper() in TRUE | FALSE
        return None if known else f"expected YES or NO for {name}, with nothing around it"
    return None if name in NUMBERS or name in OTHER_NUMBERS else _UNLISTED


def _normal(name: str, value: str) -> str:
    if name in FLAGS or name in OTHER_FLAGS:
        return "YES" if value.upper() in TRUE else "NO"
    return value
