"""Traefik's files: the static configuration, and what the file provider reads; secrets in them.

Sources: Traefik 3.7 documentation, "Configuration overview" (a file is either static or dynamic) and "File provider".
"""

from collections.abc import Iterator
from dataclasses import field
from typing import Final

from auditor.formats import yaml
from auditor.formats.errors import FormatError
from auditor.formats.template import is_templated
from auditor.formats.tree import Mapping as Tree
from auditor.model.source import Source
from auditor.records import dataclass
from auditor.technologies.document import Assignment, Document

from . import toml
from .parts import Part, of_tree

STATIC: Final = frozenset(
    "global serverstransport tcpserverstransport entrypoints providers api metrics ping log accesslog tracing "
    "hostresolver certificatesresolvers experimental core spiffe ocsp pilot hub".split()
)
"""Elements of the static configuration of any version 2.0 to 3.7 (pkg/config/static/static_config.go)."""
DYNAMIC: Final = frozenset({"http", "tcp", "udp", "tls"})
_SECRETS: Final = frozenset("password token secret secretkey secretaccesskey hmacencoded apikey".split())
_USERS: Final = frozenset({"basicauth", "digestauth"})


@dataclass(frozen=True, kw_only=True)
class TraefikFile(Document):
    """A file of either kind as parts."""

    root: Part = field(repr=False)

    @property
    def is_static(self) -> bool:
        """Whether it holds entry points, providers or other elements that only the static configuration has."""
        return any(name in STATIC for name in self.root.parts)

    def assignments(self) -> Iterator[Assignment]:
        for names, part in self.root.values():
            if found := secret_at(names):
                yield Assignment(
                    key=found,
                    value=part.value,
                    at=part.at,
                    container="server-config",
                    path=("traefik", *names[:-1]),
                    server_secret=True,
                )


def secret_at(names: tuple[str, ...]) -> str:
    """Return the name of a secret's setting, "" for what is no secret; a list's item has the list's name."""
    if not names:
        return ""
    lowered = [name.lower() for name in names]
    if len(lowered) > 1 and "users" in lowered[-2:] and _USERS & set(lowered):
        return "users"
    if "customrequestheaders" in lowered and lowered[-1] in {"authorization", "x-api-key", "cookie"}:
        return names[-1]
    return names[-1] if lowered[-1] in _SECRETS else ""


def read_document(source: Source) -> TraefikFile:
    """Read a YAML or TOML file.

    Raises:
        FormatError: it is neither, or something other than one mapping.
    """
    partial = "template expressions" if is_templated(source.text) else ""
    if ".toml" in source.file_name.lower():
        return TraefikFile(source=source, root=of_tree(toml.parse(source)), partial=partial)
    nodes = yaml.parse(source)
    if not nodes:
        return TraefikFile(source=source, root=Part(source.at()), partial=partial)
    if len(nodes) > 1 or not isinstance(nodes[0], Tree):
        raise FormatError(source.at(), "expected one mapping of Traefik's options")
    return TraefikFile(source=source, root=of_tree(nodes[0]), partial=partial)
