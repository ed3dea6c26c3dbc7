"""A unit file or a drop-in."""

import re
from collections.abc import Iterator, Sequence

from auditor.credentials.commands import passwords_among
from auditor.credentials.urls import passwords_in
from auditor.formats.template import is_templated, mask
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE, settle
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.document import Assignment, Document

from .syntax import Entry, entries
from .words import Word, split

_ENDINGS = lazy(r"(?:\.(?:j2|jinja2?|tmpl|tpl|template|sample|example|dist|in|erb))+$")
_OPTION = lazy(r"--?([A-Za-z][\w.-]*)(?:=(.+))?", re.S)
TEMPLATE = "a template expression"


@dataclass(frozen=True, kw_only=True)
class UnitFile(Document):
    """A unit or a drop-in. `name` is the unit it is about, without endings of templates (`redis.service`)."""

    name: str = ""
    is_drop_in: bool = False
    entries: tuple[Entry, ...] = ()

    def assignments(self) -> Iterator[Assignment]:
        """Yield environment variables, literal credentials and options of command lines."""
        for entry in self.entries:
            if entry.section == "Service" and entry.name == "Environment":
                yield from _variables(entry)
            elif entry.section == "Service" and entry.name == "SetCredential":
                key, _, value = entry.value.partition(":")
                at = entry.place(len(key) + 1, len(entry.value))
                yield Assignment(key=key, value=settle(value, TEMPLATE), at=at, container="systemd", server_secret=True)
            elif entry.section == "Service" and entry.name.startswith("Exec"):
                yield from options_of(entry)
                yield from spoken_by(entry)


def in_drop_in(source: Source) -> bool:
    """Tell whether a file is a drop-in by its folder."""
    return source.path.rpartition("/")[0].endswith("service.d") and not source.is_embedded


def parse(source: Source) -> UnitFile:
    """Read a unit; never raises, as systemd passes over what it cannot read."""
    text, partial = source.text, ""
    if is_templated(text):
        text, partial = mask(text)[0], "template expressions"
    name = _ENDINGS.sub("", source.file_name)
    folder = source.path.rpartition("/")[0].rpartition("/")[2]
    is_drop_in = in_drop_in(source)
    return UnitFile(
        source=source,
        name=folder.removesuffix(".d") if is_drop_in else name,
        is_drop_in=is_drop_in,
        entries=tuple(entries(source, text)),
        partial=partial,
    )


def _variables(entry: Entry) -> Iterator[Assignment]:
    for word in split(entry.value):
        name, equals, value = word.text.partition("=")
        if equals:
            # The value ends where the word ends; a quote behind it is not a part of it.
            last = word.end - 1 if entry.value[word.end - 1] in "\"'" and not value.endswith(("'", '"')) else word.end
            start = max(word.start, last - len(value))
            if entry.value[start:last] != value:  # escapes, and quotes within the word
                start = entry.value.find("=", word.start, last) + 1
            at = entry.place(start, last)
            yield Assignment(key=name, value=settle(value, TEMPLATE), at=at, container="systemd")


def options_of(entry: Entry) -> Iterator[Assignment]:
    """Yield the long options of a command line with their values, which every local user can read."""
    words = split(entry.value)
    for index, word in enumerate(words):
        match = _OPTION.fullmatch(word.text)
        if match is None:
            continue
        if match[2] is not None:
            at = _part(entry, words, index, *match.span(2))
            yield Assignment(key=match[1], value=settle(match[2], TEMPLATE), at=at, container="systemd")
        elif index + 1 < len(words) and not words[index + 1].text.startswith("-"):
            value = words[index + 1]
            at = entry.place(value.start, value.end)
            yield Assignment(key=match[1], value=settle(value.text, TEMPLATE), at=at, container="systemd")


def spoken_by(entry: Entry) -> Iterator[Assignment]:
    """Yield the passwords on a command line that no long option names: in addresses, and behind `-p` and the like.

    What a variable or a specifier supplies is left out.
    """
    words = split(entry.value)
    found = [
        ("URL password", one.password, _part(entry, words, index, one.start, one.end), one.user)
        for index, word in enumerate(words)
        for one in (passwords_in(word.text) if "://" in word.text else ())
        if one.scheme
    ]
    for spoken in passwords_among([word.text for word in words]):
        text = words[spoken.word].text[spoken.start : spoken.end]
        at = _part(entry, words, spoken.word, spoken.start, spoken.end)
        found.append((f"{spoken.program} password", text, at, ""))
    for key, value, at, user in found:
        if HOLE not in value and not {"$", "%"} & set(value):
            yield Assignment(
                key=key, value=value, at=at, container="systemd", server_secret=True, principal=user or None
            )


def _part(entry: Entry, words: Sequence[Word], index: int, start: int, end: int) -> Location:
    """Return the place of a part of a word, of the whole word where quotes or escapes stand within it."""
    word = words[index]
    for before in (0, 1):  # one character where all of it stands in quotes
        if entry.value[word.start + before : word.end - before] == word.text:
            return entry.place(word.start + before + start, word.start + before + end)
    return entry.place(word.start, word.end)
