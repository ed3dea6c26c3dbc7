"""A pipeline's file, as the names and values it gives to jobs, their services and their actions."""

from collections.abc import Iterator
from dataclasses import field

from auditor.formats.tree import Mapping, Node, Scalar, Sequence
from auditor.records import dataclass
from auditor.technologies.common.namedvalues import named_values
from auditor.technologies.document import Assignment, Document

_GIVEN = frozenset({"env", "environment", "with", "variables", "build-args", "credentials"})
"""Keys below which names and values are given: GitHub, "Workflow syntax" (`env`, `with`, `credentials`); GitLab, "CI/CD
YAML syntax" (`variables`); CircleCI (`environment`)."""
_LINES = frozenset({"secrets", "secret-files", "secret-envs", "build-args"})
"""Inputs of docker/build-push-action that take a list of names and values."""


@dataclass(frozen=True, kw_only=True)
class Workflow(Document):
    """A pipeline's file."""

    nodes: tuple[Node, ...] = field(default=(), repr=False)

    def assignments(self) -> Iterator[Assignment]:
        """Yield the variables and inputs of every level, those of service containers among them."""
        for node in self.nodes:
            yield from _assignments(node, ())


def _assignments(node: Node, path: tuple[str, ...]) -> Iterator[Assignment]:
    if isinstance(node, Sequence):
        for item in node:
            yield from _assignments(item, path)
    elif isinstance(node, Mapping):
        for key, value in node:
            below = (*path, key.text)
            if key.text in _GIVEN and isinstance(value, Mapping):
                yield from _given(value, below)
            elif key.text in _GIVEN:
                yield from named_values(value, "workflow", below)
            else:
                yield from _assignments(value, below)


def _given(node: Mapping, path: tuple[str, ...]) -> Iterator[Assignment]:
    """Yield the entries of a mapping; one that lists `NAME=value` lines, as actions take them, line by line."""
    plain: list[tuple[Scalar, Node]] = []
    for key, value in node:
        if isinstance(value, Scalar) and key.text in _LINES:
            for line in value.text.split("\n"):
                name, equals, text = line.partition("=")
                if equals:
                    yield Assignment(key=name.strip(" '\""), value=text, at=value.at, container="workflow", path=path)
        else:
            plain.append((key, value))
    yield from named_values(_described(Mapping(plain, node.at)), "workflow", path)


def _described(node: Node) -> Node:
    """Return variables with GitLab's longer form, `NAME: {value: …, description: …}`, as if in the short one."""
    if not isinstance(node, Mapping):
        return node
    entries = [
        (key, inner if isinstance(value, Mapping) and isinstance(inner := value.get("value"), Scalar) else value)
        for key, value in node
    ]
    return Mapping(entries, node.at)
