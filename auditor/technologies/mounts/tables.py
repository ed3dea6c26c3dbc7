"""fstab, mount units with their drop-ins, and partitions of a kickstart file, as rows of one kind.

Sources: fstab(5) of util-linux 2.38 (tried: fields five and six are numbers, or the line is passed over),
systemd.mount(5) of 252, Kickstart documentation of pykickstart ("part", "logvol", `--fsoptions`).
"""

import posixpath
import re
import shlex
from collections.abc import Iterator
from dataclasses import field

from auditor.formats.sections import read_sections
from auditor.formats.template import conditional_lines, is_templated, mask
from auditor.model.fact import Fact, Problem
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE, settle
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.document import Assignment, Document

from .options import Option, pieces

_FIELD = lazy(r"\S+")
_OCTAL = lazy(r"\\([0-7]{3})")
_SECRET = frozenset({"password", "pass", "passwd", "passphrase", "password2", "pwd"})
_PLACEHOLDER = lazy(r"\$\{\w[^}]{0,300}\}|\$[A-Z_]{2,}|@[A-Z_]+@|__[A-Z][A-Z_]*__")


@dataclass(frozen=True)
class Row:
    """One mount. `at` is the line of it, `name` the file's unit or "" in a table."""

    device: str
    target: str
    kind: str
    options: tuple[Option, ...]
    at: Location
    is_conditional: bool = False


@dataclass(frozen=True, kw_only=True)
class Fstab(Fact):
    """An fstab; `skipped` are the lines that mount(8) passes over, with what it expects."""

    skipped: tuple[Problem, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MountTable(Document):
    """`origin` is fstab, unit, drop-in or kickstart."""

    origin: str
    rows: tuple[Row, ...] = ()
    skipped: tuple[Problem, ...] = field(default=())

    def assignments(self) -> Iterator[Assignment]:
        """Yield the passwords among the options."""
        for row in self.rows:
            for option in row.options:
                name, value = option.name, option.value or ""
                if name in _SECRET and value:
                    yield _secret(name, value, option, len(name) + 1)
                elif name in {"user", "username"} and "%" in value:
                    user, _, value = value.partition("%")
                    yield _secret("password", value, option, len(name) + len(user) + 2)


def _secret(key: str, value: str, option: Option, offset: int) -> Assignment:
    at = option.at
    place = Location(at.path, at.line, at.column + offset, at.end_line, at.end_column) if at.end_column else at
    text = settle(value, "a template expression")
    return Assignment(key=key, value=text, at=place, container="server-config", path=("options",), server_secret=True)


def read_table(source: Source) -> MountTable:
    """Read a file; never raises."""
    text, partial = source.text, ""
    if is_templated(text):
        text, partial = mask(text)[0], "template expressions"
    text = _PLACEHOLDER.sub(lambda match: HOLE * len(match[0]), text)
    name = source.file_name.lower()
    if ".mount" in name or (".mount.d/" in source.path and not source.is_embedded):
        return _unit(source, text, partial)
    if "fstab" in name:
        return _fstab(source, text, partial)
    rows = tuple(_kickstart(source, text))
    return MountTable(source=source, origin="kickstart", rows=rows, partial=partial)


def _options(source: Source, text: str, line: int, column: int) -> tuple[Option, ...]:
    found: list[Option] = []
    for piece, start in pieces(text):
        name, equals, value = piece.partition("=")
        first = column + start
        at = source.at(line, first, line, first + len(piece) - 1)
        found.append(Option(name, value if equals else None, at, start))
    return tuple(found)


def _fstab(source: Source, text: str, partial: str) -> MountTable:
    rows: list[Row] = []
    skipped: list[Problem] = []
    conditional = conditional_lines(source.text)
    for number, line in enumerate(text.split("\n"), 1):
        fields = [(match[0], match.start() + 1) for match in _FIELD.finditer(line)]
        if not fields or fields[0][0].startswith("#"):
            continue
        at = source.at(number)
        if len(fields) < 3:
            if HOLE not in line:
                skipped.append(Problem(at=at, message="expected device, folder and type"))
            continue
        (device, _), (target, _), (kind, _), *rest = fields
        for word, _ in rest[1:3]:
            if HOLE not in word and not re.fullmatch(r"-?\d+", word):
                skipped.append(Problem(at=at, message="expected options without blanks, then two numbers"))
                break
        options = _options(source, rest[0][0], number, rest[0][1]) if rest else ()
        rows.append(Row(_plain(device), path_of(_plain(target)), kind, options, at, number in conditional))
    return MountTable(source=source, origin="fstab", rows=tuple(rows), skipped=tuple(skipped), partial=partial)


def _plain(text: str) -> str:
    return _OCTAL.sub(lambda match: chr(int(match[1], 8) & 0xFF), text)


def path_of(text: str) -> str:
    """Return an absolute path in its plain form, with one slash in front; anything else as it is."""
    return posixpath.normpath("/" + text.lstrip("/")) if text.startswith("/") else text


def _unit(source: Source, text: str, partial: str) -> MountTable:
    """Read a unit or a drop-in: the last of each key counts, and an empty one resets it."""
    values: dict[str, tuple[str, Location]] = {}
    for entry in read_sections(source, text):
        if entry.path == ("Mount",):
            values[entry.key] = (entry.value.strip(), entry.at)
    folder = source.path.rpartition("/")[0].rpartition("/")[2]
    is_drop_in = folder.endswith(".mount.d") and not source.is_embedded
    name = folder.removesuffix(".d") if is_drop_in else source.file_name
    where = values["Where"][0] if "Where" in values else _unescape(name.partition(".mount")[0])
    written, at = values.get("Options", ("", source.at()))
    header = next((n for n, line in enumerate(text.split("\n"), 1) if line.strip() == "[Mount]"), 1)
    place = at if "Options" in values else source.at(header)
    row = Row(
        device=values["What"][0] if "What" in values else "",
        target=path_of(where),
        kind=values["Type"][0] if "Type" in values else "",
        options=_options(source, written, at.line - source.line + 1, at.column - source.column + 1),
        at=place,
    )
    if is_drop_in and "Options" not in values:
        return MountTable(source=source, origin="drop-in", partial=partial)
    return MountTable(source=source, origin="drop-in" if is_drop_in else "unit", rows=(row,), partial=partial)


def _unescape(name: str) -> str:
    """Return the folder of a unit's name (systemd.unit(5), "STRING ESCAPING FOR INCLUSION IN UNIT NAMES")."""
    if name == "-":
        return "/"
    return "/" + re.sub(r"\\x([0-9a-fA-F]{2})", lambda match: chr(int(match[1], 16)), name.replace("-", "/"))


def _kickstart(source: Source, text: str) -> Iterator[Row]:
    conditional = conditional_lines(source.text)
    for number, line in enumerate(text.split("\n"), 1):
        if not re.match(r"(?:part|partition|logvol|raid|btrfs)\s", line):
            continue
        try:
            words = shlex.split(line, comments=True)
        except ValueError:
            continue
        target = next((word for word in words[1:] if word.startswith("/")), None)
        if target is None:
            continue
        match = re.search(r"--fsoptions[= ](?P<quote>[\"']?)(?P<options>[^\"'\s]*)", line)
        options = _options(source, match["options"], number, match.start("options") + 1) if match else ()
        kind = re.search(r"--fstype[= ][\"']?([\w-]+)", line)
        at = source.at(number)
        yield Row("", path_of(target), kind[1] if kind else "", options, at, number in conditional)
