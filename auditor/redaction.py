"""The last wall before any output: text of scanned files with every secret masked."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from auditor.credentials.guessing import parts_of
from auditor.credentials.keys import names_secret
from auditor.model.credential import Credential, SecretForm
from auditor.model.location import Location
from auditor.model.report import FrameLine
from auditor.model.source import Source
from auditor.patterns import lazy

MASK = "••••••"
_CONTEXT = 2
"""Lines shown before and after the marked ones."""
_MAX_MARKED = 6
_KEPT_FILES = 64
"""Files whose lines are kept split; findings come check by check, so that files take turns."""
_MAX_WIDTH = 200
_MAX_READ = 64 * 1024
"""How much of a line, in characters, is searched for what looks like a secret; the rest is not shown."""
_SECRET_FORMS = frozenset(
    {SecretForm.LITERAL, SecretForm.PLACEHOLDER, SecretForm.DEFAULT, SecretForm.HASH, SecretForm.SPENT}
)
_MIN_GLOBAL = 6
"""Shortest secret that is masked wherever it occurs; shorter ones are masked in their own places only."""
_WORD = lazy(r"[A-Za-z]{1,15}")
"""Letters; a password that is a word of the lists, such as `kitchen`, tells nothing as part of a longer name."""
_KEY = lazy(r"[A-Za-z_][\w.-]*")
_SEPARATED_VALUE = lazy(
    r"""(?P<separator>["']?\s*(?:=>|:=|[:=])\s*|\s+)(?P<value>"(?:[^"\\]|\\.)*"|'[^']*'|(?:\$?\{\{.*?\}\}|[^\s"',;}\]])+)"""
)
_ODD = lazy(r"(?:''|\"\"|\\)(?=[^\s,;}\])])")
"""The beginning of a value with its quotes in the wrong places: no server takes it, which is reported with its line."""
_OPTION_BEFORE = lazy(r"(?:^|[\s\"'=;&|(])-{1,2}$")
"""The dashes of an option, whose value follows after a blank."""
_SPOKEN = (
    ("-u", lazy(r"(?<=\s)(?:-u|--user)[\s=]+[\"']?[^\s:\"']+:(?P<value>[^\s\"']+)")),
    ("redis-cli", lazy(r"\bredis-cli\b.{0,2000}?\s-a[\s=]*[\"']?(?P<value>[^\s\"',]+)")),
    ("mysql", lazy(r"\bmysql\w*\b.{0,2000}?\s-p(?!\{\{)(?P<value>[^\s\"',]+)")),
    ("sshpass", lazy(r"\bsshpass\s+-p\s*[\"']?(?!\{\{)(?P<value>[^\s\"']+)")),
    ("user", lazy(r"\buser\b.{0,2000}\s[>](?P<value>[^\s\"']+)")),
    ("requirepass", lazy(r"^\s*[#;]+\s*requirepass\s+(?P<value>\S+)\s*$")),
    ("masterauth", lazy(r"^\s*[#;]+\s*masterauth\s+(?P<value>\S+)\s*$")),
)
"""Secrets that no key names: options of well-known programs, rules of Redis ACLs, directives in comments.

Each with a word without which it does not match: most lines hold none, and looking for a word is quick.
"""
_USERINFO = lazy(r"(?<=://)([^\s:/@]*):([^\s@/]+)@")
_PEM = lazy(r"^[\s\"']*(?:-----BEGIN|[A-Za-z0-9+/=]{48,}\\?n?[\"',]*\s*$)")
_PLAIN_VALUE = lazy(
    r"true|false|yes|no|on|off|null|none|\d{1,5}|\$\{[\w:?-]*\}|\$\w+|var\.\w+|\$?\{\{[^\"']*\}\}", re.I
)


class Redactor:
    """Knows where the secrets of one scan stand and what they are; lives only while the report is put together."""

    def __init__(self, sources: Mapping[str, Source], credentials: Iterable[Credential]) -> None:
        self._sources = sources
        self._lines = lru_cache(_KEPT_FILES)(self._split)
        self._shown: dict[tuple[str, int], str] = {}
        self._spans: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
        values: set[str] = set()
        for credential in credentials:
            if credential.form in _SECRET_FORMS:
                values.update(self._mark(credential.at, literal=credential.form is SecretForm.LITERAL))
        ordered = sorted(values, key=lambda value: (-len(value), value))
        self._values = lazy("|".join(map(_anywhere, ordered))) if ordered else None

    def _split(self, path: str) -> list[str]:
        source = self._sources.get(path)
        return source.text.split("\n") if source is not None else []

    def _mark(self, at: Location, *, literal: bool) -> Iterable[str]:
        lines = self._lines(at.path)
        last = max(at.end_line, at.line)
        for number in range(at.line, min(last, len(lines)) + 1):
            text = lines[number - 1]
            start = at.column - 1 if number == at.line else 0
            end = at.end_column if number == last and at.end_column else len(text)
            self._spans[at.path, number].append((start, end))
            written = text[start:end].strip().strip("\"'")
            if literal and len(written) >= _MIN_GLOBAL:
                yield written

    def clean(self, text: str) -> str:
        """Mask every known secret of at least six characters in a text, and passwords in URLs."""
        if self._values is not None:
            text = self._values.sub(MASK, text)
        return _USERINFO.sub(rf"\1:{MASK}@", text) if "://" in text else text

    def line(self, path: str, number: int) -> str:
        """Return one line of a file with its secrets masked, at most 200 characters of it."""
        if (path, number) not in self._shown:
            self._shown[path, number] = self._redact(path, number)
        return self._shown[path, number]

    def _redact(self, path: str, number: int) -> str:
        lines = self._lines(path)
        if not 1 <= number <= len(lines):
            return ""
        text = lines[number - 1]
        text = _masked(text, self._spans.get((path, number), ()))
        text = _mask_unseen(self.clean(text)[:_MAX_READ])
        if _PEM.match(text):
            text = MASK
        return text if len(text) <= _MAX_WIDTH else text[: _MAX_WIDTH - 1] + "…"

    def frame(self, at: Location) -> tuple[FrameLine, ...]:
        """Return the lines around a place, the place's own lines marked."""
        total = len(self._lines(at.path))
        if not total:
            return ()
        last = min(max(at.end_line, at.line), at.line + _MAX_MARKED - 1)
        first_shown, last_shown = max(1, at.line - _CONTEXT), min(total, last + _CONTEXT)
        return tuple(
            FrameLine(line=number, text=self.line(at.path, number), marked=at.line <= number <= last)
            for number in range(first_shown, last_shown + 1)
        )


def _anywhere(value: str) -> str:
    """Return the pattern by which a secret is found in other texts."""
    found = re.escape(value)
    return rf"(?<![A-Za-z0-9_]){found}(?![A-Za-z0-9_])" if _is_listed_word(value) else found


def _is_listed_word(value: str) -> bool:
    if not _WORD.fullmatch(value):
        return False
    parts = parts_of(value)
    return len(parts) == 1 and parts[0].is_pattern


def _mask_unseen(text: str) -> str:
    """Mask what looks like a secret to the eye, such as the value of a secret-named key in a comment or a script."""
    spans: list[tuple[int, int]] = []
    indentation = len(text) - len(text.lstrip())
    for key in _KEY.finditer(text):
        if not names_secret(key[0]):
            continue
        match = _SEPARATED_VALUE.match(text, key.end())
        if match is None:
            continue
        if key.start() <= indentation and _ODD.match(text, match.start("value")):
            spans.append((match.start("value"), len(text)))
            continue
        if not _is_secret_looking(match["value"]):
            continue
        if match["separator"].strip() or _OPTION_BEFORE.search(text[max(0, key.start() - 3) : key.start()]):
            spans.append(match.span("value"))
        elif key.start() <= indentation:
            spans.append((match.start("value"), len(text)))
    spans += [match.span("value") for word, pattern in _SPOKEN if word in text for match in pattern.finditer(text)]
    return _masked(text, [(start, end) for start, end in spans if MASK not in text[start:end]])


def _masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return the text with one mask in the place of each span (end exclusive), and of spans that overlap."""
    parts: list[str] = []
    position = -1
    for start, end in sorted(spans):
        if start >= position:
            parts += (text[max(position, 0) : start], MASK)
        position = max(position, end)
    return "".join((*parts, text[max(position, 0) :]))


def _is_secret_looking(value: str) -> bool:
    bare = value.strip("\"'")
    if not bare or _PLAIN_VALUE.fullmatch(bare) or value in {"|", ">", "|-", ">-", "{", "[", "\\"}:
        return False
    return not names_secret(bare)
