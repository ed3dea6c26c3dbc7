"""Files of OpenSearch as read: the settings file and the security plugin's YAML files."""

import re
from collections.abc import Iterator
from dataclasses import field
from typing import Final

from auditor.formats.tree import Mapping, Node, Scalar, Sequence
from auditor.formats.yaml import parse as parse_yaml
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.common.searchnode.document import NodeFile
from auditor.technologies.common.searchnode.reader import read
from auditor.technologies.document import Assignment, Document
from auditor.technologies.recognition.opensearch import KINDS

_LEGACY: Final = "opendistro_security"
_SECRET: Final = lazy(r"hash|password|signing_key|exchange_key|encryption_key|secret", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class SecurityFile(Document):
    """A file of the security plugin. `kind` is the type that its `_meta` names, `root` its content."""

    kind: str
    root: Mapping = field(repr=False)

    def assignments(self) -> Iterator[Assignment]:
        yield from _assignments(self.root, ())


def canonical(name: str) -> str:
    """Return the present name of a setting; OpenSearch renamed Open Distro's (security plugin 1.0 release notes)."""
    if name == _LEGACY or name.startswith(_LEGACY + "."):
        return "plugins.security" + name[len(_LEGACY) :]
    if name.startswith("opendistro_security_config."):
        return "plugins.security_config." + name.partition(".")[2]
    return name


def parse_node(source: Source) -> NodeFile:
    """Read an opensearch.yml.

    Raises:
        FormatError: a template whose expressions leave no readable YAML.
    """
    return read(source, canonical)


def parse_security(source: Source) -> SecurityFile | None:
    """Read a file of the security plugin; None if it is none.

    Raises:
        FormatError: it is not YAML.
    """
    documents = parse_yaml(source)
    root = documents[0] if documents else None
    if not isinstance(root, Mapping):
        return None
    kind = root.text("_meta", "type")
    return SecurityFile(source=source, kind=kind, root=root) if kind in KINDS else None


def _assignments(node: Node, path: tuple[str, ...]) -> Iterator[Assignment]:
    """Yield named values below `node`, as deep as the plugin's files go."""
    if isinstance(node, Sequence):
        for item in node:
            yield from _assignments(item, path)
    if not isinstance(node, Mapping):
        return
    for key, value in node:
        if isinstance(value, Scalar):
            yield Assignment(
                key=key.text,
                value=value.value,
                at=_inside(value),
                container="server-config",
                path=path,
                server_secret=_SECRET.fullmatch(key.text) is not None,
                principal=path[-1] if path and key.text == "hash" else None,
            )
        else:
            yield from _assignments(value, (*path, key.text))


def _inside(node: Scalar) -> Location:
    at = node.at
    if node.plain or node.exact or at.line != at.end_line or at.end_column <= at.column + 1:
        return at
    return Location(at.path, at.line, at.column + 1, at.end_line, at.end_column - 1)
