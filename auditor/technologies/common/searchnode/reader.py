"""Read a node's settings file: YAML whose nested and dotted keys are the same settings.

Sources: Elasticsearch reference 8.x, "Configuring Elasticsearch" (config file format); Settings.java of 6.0-8.x (a
setting given twice and a setting without a value are refused); OpenSearch inherited both.
"""

from collections.abc import Callable
from dataclasses import replace

from auditor.formats.errors import FormatError
from auditor.formats.template import conditional_lines, is_templated
from auditor.formats.tree import Mapping, Node, Scalar, Sequence
from auditor.formats.yaml import parse as parse_yaml
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown, settle
from auditor.technologies.common.sectioned import Gap, Option

from .document import NodeFile

_TEMPLATE = "a template expression supplies it"
_CONDITION = "it depends on a condition of the template"


def read(source: Source, canonical: Callable[[str], str]) -> NodeFile:
    """Read the file; `canonical` gives a setting's present name. What the server refuses is in `refused`.

    Raises:
        FormatError: a template whose expressions leave no readable YAML.
    """
    templated = is_templated(source.text)
    try:
        documents = parse_yaml(source, templated=templated)
    except FormatError as error:
        if templated:
            raise
        return NodeFile(source=source, refused=(Problem(at=error.at, message=error.expected),))
    partial = "template expressions" if templated else ""
    if not documents:
        return NodeFile(source=source, partial=partial)
    if not isinstance(documents[0], Mapping):
        problem = Problem(at=documents[0].at, message="expected `setting: value` lines")
        return NodeFile(source=source, partial=partial, refused=(problem,))
    reader = _Reader(canonical)
    reader.mapping(documents[0], "")
    conditional = conditional_lines(source.text)
    return NodeFile(
        source=source,
        partial=partial,
        options=tuple(
            replace(option, value=Unknown(_CONDITION)) if option.at.line - source.line + 1 in conditional else option
            for option in reader.options
        ),
        headers=reader.headers,
        gaps=tuple(reader.gaps),
        refused=tuple(reader.refused),
    )


class _Reader:
    def __init__(self, canonical: Callable[[str], str]) -> None:
        self.canonical = canonical
        self.options: list[Option] = []
        self.headers: dict[str, Location] = {}
        self.gaps: list[Gap] = []
        self.refused: list[Problem] = []
        self.seen: set[str] = set()

    def mapping(self, mapping: Mapping, prefix: str) -> None:
        if mapping.open:
            self.gaps.append(Gap(prefix=self.canonical(prefix), reason=_TEMPLATE))
        for key, node in mapping:
            if HOLE in key.text:
                self.gaps.append(Gap(prefix=self.canonical(prefix), reason=_TEMPLATE))
                continue
            self.node(node, f"{prefix}.{key.text}" if prefix else key.text, key.at)

    def node(self, node: Node, name: str, key_at: Location) -> None:
        if isinstance(node, Mapping):
            self.headers.setdefault(self.canonical(name), key_at)
            if len(node):
                self.mapping(node, name)
            elif not node.open:
                self.refuse_empty(key_at)
        elif isinstance(node, Sequence):
            self.sequence(node, name, key_at)
        elif isinstance(node, Scalar) and node.is_null:
            self.refuse_empty(key_at)
        elif isinstance(node, Scalar):
            if isinstance(node.value, Unknown):  # also where an expression puts out the settings of a section
                self.gaps.append(Gap(prefix=self.canonical(name), reason=_TEMPLATE))
            self.add(name, node.value, _value_place(node), key_at)

    def sequence(self, sequence: Sequence, name: str, key_at: Location) -> None:
        scalars = list(sequence.scalars())
        if len(scalars) < len(sequence):
            for index, item in enumerate(sequence):
                self.node(item, f"{name}.{index}", key_at)
            return
        joined = settle(",".join(item.text for item in scalars), _TEMPLATE)
        self.add(name, Unknown(_TEMPLATE) if sequence.open else joined, sequence.at, key_at)

    def add(self, written: str, value: str | Unknown, at: Location, key_at: Location) -> None:
        if written in self.seen:
            self.refused.append(Problem(at=key_at, message="expected each setting once; this repeats an earlier one"))
        self.seen.add(written)
        self.options.append(Option(name=self.canonical(written), written=written, value=value, at=at))

    def refuse_empty(self, at: Location) -> None:
        self.refused.append(Problem(at=at, message="expected a value for this setting"))


def _value_place(node: Scalar) -> Location:
    """Return the place of a scalar's characters, without the quotes round them."""
    at = node.at
    if node.plain or node.exact or at.line != at.end_line or at.end_column <= at.column + 1:
        return at
    return Location(at.path, at.line, at.column + 1, at.end_line, at.end_column - 1)
