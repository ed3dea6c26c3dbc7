"""kadm5.acl: who may administer principals (kadm5.acl(5) of MIT Kerberos 1.20). The first entry that matches counts."""

from auditor.formats.template import conditional_lines, is_templated, mask
from auditor.model.fact import Service
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE
from auditor.records import dataclass
from auditor.technologies.document import Document

_ALL = "admcilps"
_DANGEROUS = "admcse"


@dataclass(frozen=True)
class Entry:
    """One line. `may` are the letters of what it allows; `target` is "*" where it holds for every principal."""

    who: str
    may: frozenset[str]
    target: str
    restricted: bool
    at: Location

    @property
    def is_for_all_targets(self) -> bool:
        return self.target == "*" or self.target.startswith(("*@", "*/*"))

    @property
    def is_for_anybody(self) -> bool:
        """Whether every user's own name matches: `*` alone, or any one-part or two-part name."""
        name = self.who.partition("@")[0]
        return name in {"*", "*/*"}

    @property
    def powers(self) -> str:
        """The letters it allows that give power over other principals."""
        return "".join(letter for letter in _DANGEROUS if letter in self.may)


@dataclass(frozen=True, kw_only=True)
class AclFile(Document):
    """The entries of a kadm5.acl in order. `gap` is why lines are not known, "" if all are."""

    entries: tuple[Entry, ...] = ()
    gap: str = ""


@dataclass(frozen=True, kw_only=True)
class KadmAcl(Service):
    """The rights of administrators. `entries` are in order, `gap` is why entries are not known."""

    entries: tuple[Entry, ...]
    gap: str = ""

    @property
    def reached(self) -> tuple[Entry, ...]:
        """The entries that no earlier one for the same principals and targets takes the place of."""
        found: list[Entry] = []
        settled: set[str] = set()
        for entry in self.entries:
            if "*" not in settled and entry.who not in settled:
                found.append(entry)
            if entry.target == "*":
                settled.add(entry.who)
        return tuple(found)


def read_acl(source: Source) -> AclFile:
    """Read a file; lines with less than two words are passed over."""
    text, inserts = source.text, frozenset[int]()
    conditional = conditional_lines(text)
    if is_templated(text):
        text, inserts = mask(text)
    gap = "a template decides about entries" if inserts or conditional else ""
    entries: list[Entry] = []
    for number, line in enumerate(text.split("\n"), 1):
        words = line.split()
        if len(words) < 2 or words[0].startswith("#") or number in conditional:
            continue
        if HOLE in words[1]:
            gap = "a template decides about entries"
            continue
        who = words[0].replace(HOLE, "?")
        target = words[2] if len(words) > 2 and not words[2].startswith("#") else "*"
        start = len(line) - len(line.lstrip())
        at = source.at(number, start + 1, number, max(len(line.rstrip()), 1))
        entries.append(Entry(who, _letters(words[1]), target, len(words) > 3 and words[2][0] != "#", at))
    return AclFile(
        source=source,
        entries=tuple(entries),
        gap=gap,
        partial="template expressions" if text != source.text else "",
    )


def _letters(text: str) -> frozenset[str]:
    """Return what is allowed: a later letter takes back an earlier one."""
    allowed: set[str] = set()
    for letter in text:
        if letter in "x*":
            allowed |= set(_ALL)
        elif letter.isupper():
            allowed.discard(letter.lower())
        else:
            allowed.add(letter)
    return frozenset(allowed)
