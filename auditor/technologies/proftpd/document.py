"""proftpd.conf: directives and sections, each with its place (`parser.c` of ProFTPD 1.3.8)."""

from dataclasses import field

from auditor.formats.template import conditional_lines, is_templated, mask
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.document import Document

_WORD = lazy(r'"((?:[^"\\]|\\.)*)"|(\S+)')
_SECTION = lazy(r"<(/?)([A-Za-z]+)([^>]*)>")
_PLACEHOLDER = lazy(r"\$\{\w[^}]*\}|%\{env:[^}]*\}|@[A-Z_]+@|__[A-Z][A-Z_]*__|%%[A-Z_]+%%|##[A-Z_]{3,}")


@dataclass(frozen=True, kw_only=True)
class Directive:
    """A directive, or a section with its `children`; names are in lower case. `is_open`: parts are not known."""

    name: str
    words: tuple[str, ...] = field(repr=False)
    at: Location
    children: tuple["Directive", ...] | None = None
    is_open: bool = False

    @property
    def text(self) -> str:
        """The words with single blanks between them."""
        return " ".join(self.words)


@dataclass(frozen=True, kw_only=True)
class ProftpdConf(Document):
    """The directives of a file in order."""

    directives: tuple[Directive, ...] = ()


@dataclass
class _Open:
    name: str
    words: tuple[str, ...]
    at: Location
    children: list[Directive]


def read_document(source: Source) -> ProftpdConf:
    """Read a file; sections that are not closed, or closed but not open, become problems."""
    text, conditional = source.text, frozenset[int]()
    if is_templated(text):
        conditional = conditional_lines(text)
        text = mask(text)[0]
    root = _Open("", (), source.at(), [])
    stack = [root]
    problems: list[Problem] = []
    for number, line in _joined(text):
        written = line.strip()
        if not written or written.startswith("#"):
            continue
        start = len(line) - len(line.lstrip())
        at = source.at(number, start + 1, number, len(line.split("\n")[0].rstrip()))
        section = _SECTION.match(written)
        if section is not None and section[1]:
            if len(stack) == 1 or stack[-1].name != section[2].lower():
                problems.append(Problem(at=at, message="expected the end of the section that was opened last"))
                continue
            done = stack.pop()
            stack[-1].children.append(
                Directive(name=done.name, words=done.words, at=done.at, children=tuple(done.children))
            )
        elif section is not None:
            stack.append(_Open(section[2].lower(), _words(section[3]), at, []))
        else:
            words = _words(written)
            is_open = number in conditional or HOLE in written or _PLACEHOLDER.search(written) is not None
            stack[-1].children.append(Directive(name=words[0].lower(), words=words[1:], at=at, is_open=is_open))
    problems += [Problem(at=each.at, message="expected an end of this section") for each in stack[1:]]
    partial = "template expressions" if text != source.text else ""
    return ProftpdConf(source=source, directives=tuple(root.children), problems=tuple(problems), partial=partial)


def _joined(text: str) -> list[tuple[int, str]]:
    """Return the lines with their numbers; a backslash at the end joins the next one."""
    found: list[tuple[int, str]] = []
    number, held = 0, ""
    for place, line in enumerate(text.split("\n"), 1):
        number = number if held else place
        if line.endswith("\\") and not line.lstrip().startswith("#"):
            held += line[:-1]
            continue
        found.append((number, held + line))
        held = ""
    return [*found, (number, held)] if held else found


def _words(text: str) -> tuple[str, ...]:
    words: list[str] = []
    for match in _WORD.finditer(text):
        if match[2] is not None and match[2].startswith("#"):
            break
        words.append(match[1] if match[1] is not None else match[2])
    return tuple(words) or ("",)
