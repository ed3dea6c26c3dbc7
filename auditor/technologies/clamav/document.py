"""ClamAV's files: an option and its value on each line.

Source: clamd.conf(5), freshclam.conf(5) of ClamAV 1.4, and clamconf 1.4.6 tried: an option's first line counts; names
are case-sensitive; a value may stand in double quotes; `#` begins a comment at a line's beginning only; a line
`Example`, an option without a value and a switch with another word than yes, no and their kind keep the program from
starting.
"""

from collections.abc import Iterator
from dataclasses import field
from typing import Final

from auditor.formats.template import is_templated, mask
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.document import Assignment, Document

_LINE = lazy(r"[ \t]*(?P<name>[A-Za-z]\w*)(?:[ \t]+(?P<quote>\"?)(?P<value>.*?)(?P=quote))?[ \t\r]*")
_SWITCHES: Final = lazy(
    r"Scan(?!OnAccess)\w+|Alert\w+|OnAccess(?:Prevention|ExtraScanning|DenyOnError|DisableDDD|ExcludeRootUID)|Bytecode"
    r"|HeuristicAlerts|DetectPUA|TestDatabases|LogSyslog|LogTime|Foreground"
)
_WORDS: Final = frozenset({"yes", "true", "1", "no", "false", "0"})
SECRET: Final = "HTTPProxyPassword"  # noqa: S105  # a name
KINDS: Final = {"freshclam": "freshclam", "milter": "milter"}
"""A word of the file's name and whose file it is; clamd's is any other."""


@dataclass(frozen=True)
class Option:
    """One line. `at` covers the value."""

    name: str
    value: str | Unknown = field(repr=False)
    at: Location


@dataclass(frozen=True, kw_only=True)
class ClamConf(Document):
    """The options of a file of `kind` clamd, freshclam or milter in file order."""

    kind: str
    options: tuple[Option, ...] = field(repr=False)

    def assignments(self) -> Iterator[Assignment]:
        user = next((option.value for option in self.options if option.name == "HTTPProxyUsername"), None)
        for option in self.options:
            if option.name == SECRET:
                yield Assignment(
                    key=option.name,
                    value=option.value,
                    at=option.at,
                    container="server-config",
                    path=("clamav",),
                    server_secret=True,
                    principal=user if isinstance(user, str) else None,
                )


def read_document(source: Source) -> ClamConf:
    """Read a file; what its program refuses becomes a problem."""
    templated = is_templated(source.text)
    text = mask(source.text)[0] if templated else source.text
    options: list[Option] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), 1):
        match = _LINE.fullmatch(line) if not line.lstrip().startswith("#") else None
        if match is None:
            continue
        name, value = match["name"], match["value"]
        if name == "Example":
            problems.append(Problem(at=source.at(number), message="expected the line `Example` to be removed"))
            continue
        if not value:
            if HOLE not in line:
                problems.append(Problem(at=source.at(number), message=f"expected a value for {name}"))
            continue
        if _SWITCHES.fullmatch(name) and value.lower() not in _WORDS and HOLE not in value:
            problems.append(Problem(at=source.at(number), message=f"expected yes or no for {name}, and nothing behind"))
        at = source.at(number, match.start("value") + 1, number, match.end("value"))
        options.append(Option(name, Unknown("a template fills it in") if HOLE in value else value, at))
    lowered = source.file_name.lower()
    return ClamConf(
        source=source,
        kind=next((kind for word, kind in KINDS.items() if word in lowered), "clamd"),
        options=tuple(options),
        problems=tuple(problems),
        partial="template expressions" if templated else "",
    )
