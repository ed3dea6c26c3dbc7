"""auditd.conf and its like, and files of audit rules (auditd.conf(5), audit.rules(7), auditctl(8) of audit 3.0.9)."""

from dataclasses import field

from auditor.formats.template import conditional_lines, is_templated, mask
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.document import Document

_PLACEHOLDER = lazy(r"\$\{\w[^}\n]*\}|@[A-Z_]{2,}@|__[A-Z][A-Z_]+__")
_SETTING = lazy(r"[ \t]*(?P<name>[A-Za-z_0-9]+)[ \t]*=[ \t]*(?P<value>[^\n]*?)[ \t]*")


@dataclass(frozen=True)
class Assigned:
    """One setting; names and values are in lower case, as case does not count."""

    name: str
    value: str | Unknown = field(repr=False)
    at: Location


@dataclass(frozen=True, kw_only=True)
class AuditConf(Document):
    """The settings of a file in order. `kind` is auditd, audisp-remote or au-remote."""

    kind: str
    settings: tuple[Assigned, ...] = ()


@dataclass(frozen=True)
class Rule:
    """One line of audit rules, in words."""

    words: tuple[str, ...]
    at: Location


@dataclass(frozen=True, kw_only=True)
class RulesFile(Document):
    """The lines in order; `gap` is why lines are not known, "" if all are."""

    rules: tuple[Rule, ...] = ()
    gap: str = ""


def read_settings(source: Source, kind: str) -> AuditConf:
    """Read a file of names and values."""
    text, conditional = _readable(source)
    found: list[Assigned] = []
    for number, line in enumerate(text.split("\n"), 1):
        match = _SETTING.fullmatch(line)
        if match is None:
            continue
        value: str | Unknown = match["value"].lower()
        if HOLE in match["value"] or number in conditional:
            value = Unknown("a template decides about the value")
        at = source.at(number, match.start("name") + 1, number, max(len(line.rstrip()), 1))
        found.append(Assigned(match["name"].lower(), value, at))
    return AuditConf(source=source, kind=kind, settings=tuple(found), partial=_partial(source, text))


def read_rules(source: Source) -> RulesFile:
    """Read a file of rules."""
    text, conditional = _readable(source)
    found: list[Rule] = []
    gap = ""
    for number, line in enumerate(text.split("\n"), 1):
        if line.lstrip().startswith("#"):
            continue
        if HOLE in line or number in conditional:
            gap = "a template decides about rules"
        elif line.strip():
            start = len(line) - len(line.lstrip())
            found.append(Rule(tuple(line.split()), source.at(number, start + 1, number, len(line.rstrip()))))
    if is_templated(source.text):
        gap = "a template decides about rules"
    return RulesFile(source=source, rules=tuple(found), gap=gap, partial=_partial(source, text))


def _readable(source: Source) -> tuple[str, frozenset[int]]:
    text = mask(source.text)[0] if is_templated(source.text) else source.text
    return _PLACEHOLDER.sub(lambda match: HOLE * len(match[0]), text), conditional_lines(source.text)


def _partial(source: Source, text: str) -> str:
    return "template expressions" if text != source.text else ""
