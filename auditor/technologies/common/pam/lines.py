"""Lines of files of pam.d, and of files of settings beside them (pam.d(5) of Linux-PAM 1.5)."""

from dataclasses import field

from auditor.formats.template import conditional_lines, is_templated, mask
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown
from auditor.patterns import lazy
from auditor.records import dataclass

_PLACEHOLDER = lazy(r"\$\{\w[^}\n]*\}|@[A-Z_]{2,}@|__[A-Z][A-Z_]+__")
_LINE = lazy(r"(?P<quiet>-?)(?P<kind>\w+)[ \t]+(?P<control>\[[^\]]*\]|\S+)[ \t]+(?P<module>\S+)(?P<arguments>.*)")
_SETTING = lazy(r"[ \t]*(?P<name>\w+)(?:[ \t]*=[ \t]*|[ \t]+|$)(?P<value>[^#]*)")
_ARGUMENT = lazy(r"\[((?:[^\]\\]|\\.)*)\]|(\S+)")


@dataclass(frozen=True)
class Line:
    """One line: what it is about, how its result counts, and the module (its name without folder and ending).

    `kind` is auth, account, password or session; "" for an `@include` of all of them, with the file as `module`.
    """

    kind: str
    control: str
    module: str
    arguments: tuple[str, ...]
    at: Location

    def argument(self, name: str) -> str | None:
        """Return the value behind `name=`, "" for the bare word, None if it is not there; the last one counts."""
        found: str | None = None
        for word in self.arguments:
            key, _, value = word.partition("=")
            if key == name:
                found = value
        return found


@dataclass(frozen=True)
class PamLines:
    """The lines of a file in order; `gap` is why lines are not known, "" if all are."""

    lines: tuple[Line, ...] = ()
    gap: str = ""
    partial: str = ""


@dataclass(frozen=True)
class Assigned:
    """One setting with its place."""

    value: str | Unknown = field(repr=False)
    at: Location


def read_lines(source: Source) -> PamLines:
    """Read a file of pam.d."""
    text, conditional, partial = _readable(source)
    found: list[Line] = []
    gap = ""
    joined: list[tuple[int, str]] = []
    for number, line in enumerate(text.split("\n"), 1):
        content = line.partition("#")[0].rstrip() if "#" in line else line.rstrip()
        if joined and joined[-1][1].endswith("\\"):
            joined[-1] = (joined[-1][0], joined[-1][1][:-1] + " " + content)
        else:
            joined.append((number, content))
    for number, content in joined:
        words = content.strip()
        at = source.at(number, 1, number, max(len(content), 1))
        if HOLE in words or number in conditional:
            gap = "a template decides about lines"
        elif words.startswith("@include"):
            found.append(Line("", "include", words.removeprefix("@include").strip(), (), at))
        elif match := _LINE.fullmatch(words):
            arguments = tuple(one or two for one, two in _ARGUMENT.findall(match["arguments"]))
            control, module = match["control"].lower(), match["module"]
            if control not in {"include", "substack"}:
                module = module.rpartition("/")[2].removesuffix(".so")
            found.append(Line(match["kind"].lower(), control, module, arguments, at))
    if is_templated(source.text):
        gap = gap or "a template decides about lines"
    return PamLines(tuple(found), gap, partial)


def read_values(source: Source) -> tuple[dict[str, Assigned], str]:
    """Read a file of settings that goes with PAM: of each name the last value, and why it is not known whole."""
    text, conditional, partial = _readable(source)
    found: dict[str, Assigned] = {}
    for number, line in enumerate(text.split("\n"), 1):
        match = _SETTING.match(line)
        if match is None:
            continue
        value: str | Unknown = match["value"].strip()
        if HOLE in match["value"] or number in conditional:
            value = Unknown("a template decides about the value")
        found[match["name"]] = Assigned(value, source.at(number, match.start("name") + 1, number, len(line.rstrip())))
    return found, partial


def _readable(source: Source) -> tuple[str, frozenset[int], str]:
    text = mask(source.text)[0] if is_templated(source.text) else source.text
    text = _PLACEHOLDER.sub(lambda match: HOLE * len(match[0]), text)
    return text, conditional_lines(source.text), "template expressions" if text != source.text else ""
