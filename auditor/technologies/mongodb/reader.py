"""Read mongod.conf: YAML, or the older `name = value` lines that mongod takes where the text is no YAML mapping.

Source: MongoDB manual 8.0, "Self-Managed Configuration File Options"; the server's option parser
(`options_parser.cpp`); behaviour observed on 3.6.8 for duplicates, tabs, mixtures and wrong values.
"""

from collections.abc import Iterator
from dataclasses import replace

from auditor.formats.errors import FormatError
from auditor.formats.template import is_templated, mask
from auditor.formats.tree import Mapping, Scalar, Sequence
from auditor.formats.yaml import parse as parse_yaml
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown, settle
from auditor.patterns import lazy
from auditor.technologies.common.sectioned import Gap

from .document import MongodConf, Option
from .names import SECTIONS, canonical, switch, valued

_TEMPLATE = "a template expression supplies it"
_CONDITION = "it depends on a condition of the template"
_EXPANSION = "it is read from a command or a URL at start-up (__exec, __rest)"
_CONTROL = lazy(r"(?:\{\{|\{%)-?\s*(?:(?P<end>end(?:if|for)?\b)|(?:if|for|range|with)\b)")
_INI_LINE = lazy(r"[ \t]*(?P<name>[A-Za-z_][\w.]*)[ \t]*=[ \t]*(?P<value>.*?)[ \t]*")
_YAML_LINE = lazy(r"[ \t]*[A-Za-z_][\w.]*[ \t]*:(?:[ \t]|$)")
_REPEATED = "expected each option once; this repeats an earlier one"
_INI_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}


def read(source: Source) -> MongodConf:
    """Read the file; what mongod refuses is in `refused`, it does not raise.

    Raises:
        FormatError: a template whose expressions leave no readable YAML.
    """
    lines = [line for line in source.text.split("\n") if line.strip() and not line.lstrip().startswith("#")]
    ini = [line for line in lines if _INI_LINE.fullmatch(line) and not _YAML_LINE.match(line)]
    is_ini = ini and not any(_YAML_LINE.match(line) for line in lines)
    document = _with_first_gap(_read_ini(source) if is_ini else _read_yaml(source))
    conditional = _conditional_lines(source.text)
    if not conditional:
        return document
    options = tuple(
        replace(option, value=Unknown(_CONDITION)) if option.at.line - source.line + 1 in conditional else option
        for option in document.options
    )
    return replace(document, options=options)


def _with_first_gap(document: MongodConf) -> MongodConf:
    """Add the gap of an expression that stands before the first option, where no mapping is open to hold it."""
    source = document.source
    _, inserts = mask(source.text) if is_templated(source.text) else ("", frozenset[int]())
    places = [option.at.line for option in document.options]
    if not any(source.at(number).line < min(places, default=0) for number in inserts):
        return document
    return replace(document, gaps=(*document.gaps, Gap(prefix="", reason=_TEMPLATE)))


def _conditional_lines(text: str) -> frozenset[int]:
    """Return the lines (from 1) between a template's `if` or loop and its end."""
    found: set[int] = set()
    depth = 0
    for number, line in enumerate(text.split("\n"), 1) if is_templated(text) else ():
        for match in _CONTROL.finditer(line):
            depth = max(0, depth - 1) if match["end"] else depth + 1
        if depth:
            found.add(number)
    return frozenset(found)


def _read_yaml(source: Source) -> MongodConf:
    templated = is_templated(source.text)
    try:
        documents = parse_yaml(source, templated=templated)
    except FormatError as error:
        if templated:
            raise
        return MongodConf(source=source, style="yaml", refused=(Problem(at=error.at, message=error.expected),))
    partial = "template expressions" if templated else ""
    if not documents:
        return MongodConf(source=source, style="yaml", partial=partial)
    root = documents[0]
    if not isinstance(root, Mapping):
        expected = "expected `section:` lines (YAML), or `name = value` lines throughout"
        return MongodConf(source=source, style="yaml", refused=(Problem(at=root.at, message=expected),))
    reader = _YamlReader()
    reader.walk(root, "")
    return MongodConf(
        source=source,
        style="yaml",
        partial=partial,
        options=tuple(reader.options),
        headers=reader.headers,
        gaps=tuple(reader.gaps),
        refused=tuple(reader.refused),
    )


class _YamlReader:
    def __init__(self) -> None:
        self.options: list[Option] = []
        self.headers: dict[str, Location] = {}
        self.gaps: list[Gap] = []
        self.refused: list[Problem] = []
        self.seen: set[str] = set()

    def walk(self, mapping: Mapping, prefix: str) -> None:
        if "__exec" in mapping or "__rest" in mapping:
            self.expansion(mapping, prefix)
            return
        if mapping.open:
            self.gaps.append(Gap(prefix=prefix, reason=_TEMPLATE))
        for key, node in mapping:
            if HOLE in key.text:
                self.gaps.append(Gap(prefix=prefix, reason=_TEMPLATE))
                continue
            written = f"{prefix}.{key.text}" if prefix else key.text
            self.check_name(written, key)
            if isinstance(node, Mapping):
                self.headers.setdefault(canonical(written), key.at)
                self.walk(node, written)
            elif isinstance(node, Sequence):
                value = ",".join(item.text for item in node.scalars())
                self.add(written, settle(value, _TEMPLATE), node.at, is_list=True)
            elif isinstance(node, Scalar) and not node.is_null:
                self.add_scalar(written, node, key)
            else:
                self.headers.setdefault(canonical(written), key.at)

    def expansion(self, mapping: Mapping, prefix: str) -> None:
        if not prefix:
            self.gaps.append(Gap(prefix="", reason=_EXPANSION))
            return
        self.add(prefix, Unknown(_EXPANSION), mapping.at)
        self.gaps.append(Gap(prefix=canonical(prefix), reason=_EXPANSION))

    def add_scalar(self, written: str, node: Scalar, key: Scalar) -> None:
        if isinstance(node.value, Unknown):  # also where an expression puts out the options of a section
            self.headers.setdefault(canonical(written), key.at)
            self.gaps.append(Gap(prefix=canonical(written), reason=_TEMPLATE))
        self.add(written, node.value, value_place(node))

    def add(self, written: str, value: str | Unknown, at: Location, *, is_list: bool = False) -> None:
        self.options.append(Option(name=canonical(written), written=written, value=value, at=at, is_list=is_list))

    def check_name(self, written: str, key: Scalar) -> None:
        section = written.partition(".")[0]
        if section not in SECTIONS:
            expected = "expected one of mongod's sections (storage, systemLog, net, security, replication …)"
            self.refused.append(Problem(at=key.at, message=expected))
        if written in self.seen:
            self.refused.append(Problem(at=key.at, message=_REPEATED))
        self.seen.add(written)


def value_place(node: Scalar) -> Location:
    """Return the place of a scalar's characters, without the quotes round them."""
    at = node.at
    if node.plain or node.exact or at.line != at.end_line or at.end_column <= at.column + 1:
        return at
    return Location(at.path, at.line, at.column + 1, at.end_line, at.end_column - 1)


def _read_ini(source: Source) -> MongodConf:
    text, _ = mask(source.text) if is_templated(source.text) else (source.text, frozenset[int]())
    options: list[Option] = []
    refused: list[Problem] = []
    seen: set[str] = set()
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.split("#", 1)[0].rstrip()
        if not stripped.strip():
            continue
        match = _INI_LINE.fullmatch(stripped)
        if match is None:
            refused.append(Problem(at=source.at(number), message="expected `name = value`"))
            continue
        name, value = match["name"], match["value"]
        at = source.at(number, match.start("value") + 1, number, max(match.end("value"), match.start("value") + 1))
        if name in seen and name != "setParameter":
            refused.append(Problem(at=source.at(number), message=_REPEATED))
        seen.add(name)
        options.extend(_ini_options(name, value, at, refused))
    return MongodConf(
        source=source,
        style="ini",
        options=tuple(options),
        refused=tuple(refused),
        partial="template expressions" if HOLE in text else "",
    )


def _ini_options(name: str, value: str, at: Location, refused: list[Problem]) -> Iterator[Option]:
    known = settle(value, _TEMPLATE)
    if name == "setParameter":
        parameter, _, text = value.partition("=")
        name = f"setParameter.{parameter.strip()}"
        yield Option(name=name, written=name, value=settle(text.strip(), _TEMPLATE), at=at)
        return
    toggle = switch(name)
    if toggle is None:
        yield Option(name=canonical(valued(name)), written=name, value=known, at=at)
    elif isinstance(known, Unknown):
        yield Option(name=toggle[0], written=name, value=known, at=at)
    elif known in _INI_BOOLEANS:
        chosen = toggle[1] if _INI_BOOLEANS[known] else toggle[2]
        if chosen:
            yield Option(name=toggle[0], written=name, value=chosen, at=at)
    else:
        refused.append(Problem(at=at, message="expected true or false"))
