"""Read cassandra.yaml: YAML 1.1, a key given twice counts last, classes as a text or as `class_name` with parameters.

Sources: YamlConfigurationLoader.java, Config.java and NEWS.txt of Cassandra 4.1 and 5.0 (names without units and their
older spellings; both at once are refused; a repeated key is allowed) and conf/cassandra.yaml of 3.11, 4.1 and 5.0.
"""

from dataclasses import replace
from typing import Final

from auditor.formats.errors import FormatError
from auditor.formats.template import conditional_lines, is_templated
from auditor.formats.tree import Mapping, Node, Scalar, Sequence
from auditor.formats.yaml import parse as parse_yaml
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown, settle
from auditor.patterns import lazy
from auditor.technologies.common.sectioned import Gap, Option

from .documents import CassandraYaml

_TEMPLATE: Final = "a template expression supplies it"
_CONDITION: Final = "it depends on a condition of the template"
_RENAMED: Final = {
    "enable_user_defined_functions": "user_defined_functions_enabled",
    "enable_scripted_user_defined_functions": "scripted_user_defined_functions_enabled",
    "enable_user_defined_functions_threads": "user_defined_functions_threads_enabled",
}
_MILLISECONDS: Final = lazy(r"(commitlog_sync_(?:period|group_window))_in_ms")
_CLASS: Final = "class_name"


def canonical(name: str) -> str:
    """Return the present name of a setting (4.1)."""
    match = _MILLISECONDS.fullmatch(name)
    return match[1] if match else _RENAMED.get(name, name)


def read(source: Source) -> CassandraYaml:
    """Read the file; what Cassandra refuses is in `refused`.

    Raises:
        FormatError: a template whose expressions leave no readable YAML.
    """
    templated = is_templated(source.text)
    try:
        documents = parse_yaml(source, templated=templated)
    except FormatError as error:
        if templated:
            raise
        return CassandraYaml(source=source, refused=(Problem(at=error.at, message=error.expected),))
    partial = "template expressions" if templated else ""
    if not documents:
        return CassandraYaml(source=source, partial=partial)
    if not isinstance(documents[0], Mapping):
        problem = Problem(at=documents[0].at, message="expected `setting: value` lines")
        return CassandraYaml(source=source, partial=partial, refused=(problem,))
    reader = _Reader()
    reader.mapping(documents[0], "")
    conditional = conditional_lines(source.text)
    return CassandraYaml(
        source=source,
        partial=partial,
        options=tuple(
            replace(option, value=Unknown(_CONDITION)) if option.at.line - source.line + 1 in conditional else option
            for option in reader.options
        ),
        headers=reader.headers,
        gaps=tuple(reader.gaps),
    )


class _Reader:
    def __init__(self) -> None:
        self.options: list[Option] = []
        self.headers: dict[str, Location] = {}
        self.gaps: list[Gap] = []

    def mapping(self, mapping: Mapping, prefix: str) -> None:
        if mapping.open:
            self.gaps.append(Gap(prefix=prefix, reason=_TEMPLATE))
        for key, node in mapping:
            if HOLE in key.text:
                self.gaps.append(Gap(prefix=prefix, reason=_TEMPLATE))
                continue
            name = f"{prefix}.{key.text}" if prefix else key.text
            # A key given again replaces everything that stood below it.
            self.options = [o for o in self.options if o.written != name and not o.written.startswith(name + ".")]
            self.node(node, name, key.at)

    def node(self, node: Node, name: str, key_at: Location) -> None:
        if isinstance(node, Sequence):
            self.sequence(node, name, key_at)
        elif isinstance(node, Mapping):
            self.headers[name] = key_at
            chosen = node.get(_CLASS)
            if isinstance(chosen, Scalar):
                self.scalar(chosen, name)
            self.mapping(node, name)
        elif isinstance(node, Scalar) and not node.is_null:
            self.scalar(node, name)
        else:
            self.headers[name] = key_at

    def sequence(self, sequence: Sequence, name: str, key_at: Location) -> None:
        scalars = list(sequence.scalars())
        if len(scalars) == len(sequence):
            joined = settle(",".join(item.text for item in scalars), _TEMPLATE)
            value = Unknown(_TEMPLATE) if sequence.open else joined
            self.options.append(Option(name=canonical(name), written=name, value=value, at=sequence.at))
            return
        self.headers[name] = key_at
        for item in sequence.mappings():  # `- class_name: …`, `- seeds: …`: the list only wraps one mapping
            self.node(item, name, key_at)

    def scalar(self, node: Scalar, name: str) -> None:
        if isinstance(node.value, Unknown):
            self.gaps.append(Gap(prefix=canonical(name), reason=_TEMPLATE))
        at = node.at
        if not node.plain and not node.exact and at.line == at.end_line and at.end_column > at.column + 1:
            at = Location(at.path, at.line, at.column + 1, at.end_line, at.end_column - 1)
        self.options.append(Option(name=canonical(name), written=name, value=node.value, at=at))
