"""Read what Ruby code gives to `config`, line by line; nothing is run.

Rails Guides 8.0, Configuring Rails Applications. Followed are comments, lists and arguments that go on in the next
line, blocks, and conditions: what stands under one may not be in force. The `config` of an initializer is mostly a
library's; Rails' own is `Rails.application.config`. Devise's is kept under `devise.`.
"""

import re
from collections.abc import Iterator
from dataclasses import field

from auditor.credentials.keys import names_secret
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.document import Assignment, Document

_TEXT = r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'"
_SPLIT = lazy(rf"(?P<text>{_TEXT})|(?P<comment>#.*)|(?P<other>[^\"'#]+|.)", re.S)
_SET = lazy(
    r"(?:Rails\.application\.)?config\.(?P<name>[a-z][\w.]*)\s*(?P<operator>\+=|\|\|=|<<|=(?![=~>]))\s*(?P<value>.*)",
    re.S,
)
_CALL = lazy(
    r"(?:Rails\.application\.)?config\.(?P<name>session_store|hosts\.clear|load_defaults)\b[ (]*(?P<value>.*)", re.S
)
_ORIGINS = lazy(r"origins[ (]+(?P<value>.*)", re.S)
_OPENS = lazy(r"(?P<kind>if|unless|case|while|until|begin|def|class|module|for)\b|.*\bdo\s*(?:\|[^|]*\|)?\s*")
_ASSIGNED_BLOCK = lazy(r".*[=(]\s*(?P<kind>if|unless|case|begin)\b.*", re.S)
_MODIFIER = lazy(r"(?P<statement>.*\S)\s+(?:if|unless)\s+\S.*", re.S)
_BRACKETS = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}
_CONDITIONS = frozenset({"if", "unless", "case", "while", "until", "def", "for"})
_MAX_JOINED = 200
"""Most lines of one statement."""


@dataclass(frozen=True)
class Given:
    """What a statement gives to a name of `config`, as written; Unknown under a condition. It may be a secret."""

    name: str
    operator: str
    value: str | Unknown = field(repr=False)
    at: Location


@dataclass(frozen=True, kw_only=True)
class RailsFile(Document):
    """A file of an application's configuration."""

    given: tuple[Given, ...] = ()

    def assignments(self) -> Iterator[Assignment]:
        """Yield texts under names of secrets."""
        for item in self.given:
            key = item.name.rpartition(".")[2]
            if isinstance(item.value, str) and names_secret(key) and (text := text_in(item.value)):
                yield Assignment(key=key, value=text, at=item.at, container="code")


def parse(source: Source) -> RailsFile:
    """Read a file; never raises."""
    return RailsFile(source=source, given=tuple(_statements(source)))


def text_in(written: str) -> str | None:
    """Return the text that an expression is, None if it is none or has parts that are filled in."""
    written = written.strip()
    if re.fullmatch(_TEXT, written) is None or (written[0] == '"' and "#{" in written):
        return None
    return written[1:-1]


def _statements(source: Source) -> Iterator[Given]:
    blocks: list[str] = []
    waiting: list[str] = []
    start = 1
    is_comment = False
    for number, line in enumerate(source.text.split("\n"), 1):
        is_comment = (is_comment or line.startswith("=begin")) and not line.startswith("=end")
        code = "" if is_comment or line.startswith("=end") else _code(line)
        if not code and not waiting:
            continue
        start = start if waiting else number
        waiting.append(code)
        statement = " ".join(part.removesuffix("\\").strip() for part in waiting)
        if len(waiting) < _MAX_JOINED and _goes_on(code, statement):
            continue
        waiting = []
        yield from _given(statement, source, start, is_conditional=bool(_CONDITIONS & set(blocks)))
        _follow(statement, blocks)


def _code(line: str) -> str:
    """Return a line without its comment and the blanks around it."""
    parts = (match[0] for match in _SPLIT.finditer(line) if match["comment"] is None)
    return "".join(parts).strip()


def _goes_on(line: str, statement: str) -> bool:
    if line.endswith((",", "\\", "=", "&&", "||", "+", "<<")):
        return True
    plain = re.sub(_TEXT, "", statement)
    return sum(_BRACKETS.get(character, 0) for character in plain) > 0


def _follow(statement: str, blocks: list[str]) -> None:
    """Keep account of the blocks that a statement opens and closes."""
    plain = re.sub(_TEXT, "", statement)
    if re.match(r"end\b", plain):
        if blocks:
            blocks.pop()
        return
    if re.search(r"\bend$", plain):
        return  # opened and closed on one line
    opened = _OPENS.fullmatch(plain) or _OPENS.match(plain)
    if opened is not None and (opened["kind"] or opened.end() == len(plain)):
        blocks.append(opened["kind"] or "do")
    elif (assigned := _ASSIGNED_BLOCK.fullmatch(plain)) is not None:
        blocks.append(assigned["kind"])


def _is_of_library(statement: str, source: Source) -> bool:
    """Tell whether a statement of an initializer configures something else than Rails."""
    if "/initializers/" not in f"/{source.path}":
        return False
    return not statement.startswith("Rails.application.") and "Rails.application.configure" not in source.text


def _given(statement: str, source: Source, line: int, *, is_conditional: bool) -> Iterator[Given]:
    match = _SET.match(statement) or _CALL.match(statement)
    name = match["name"].removesuffix(".clear") if match is not None else "cors.origins"
    if match is not None and _is_of_library(statement, source):
        if source.file_name != "devise.rb":
            return
        name = f"devise.{name}"
    match = match or _ORIGINS.match(statement)
    if match is None:
        return
    operator = match.groupdict().get("operator") or "()"
    written = match["value"].strip().removesuffix(")") if operator == "()" else match["value"].strip()
    modified = _MODIFIER.fullmatch(re.sub(_TEXT, lambda found: "_" * len(found[0]), statement))
    at = source.at(line)
    if is_conditional or modified is not None or re.match(r"(?:if|unless|case|begin)\b", written):
        yield Given(name, operator, Unknown("a condition in the code decides it"), at)
    else:
        yield Given(name, operator, written, at)
