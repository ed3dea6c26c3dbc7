"""A Collector's configuration file, the secrets in it, and several files as one.

Sources: OpenTelemetry documentation, "Collector: Configuration" (`${env:NAME}`, `${env:NAME:-default}`, several
`--config`); confmap/README.md of the Collector 0.113 (mappings are merged, everything else is replaced by the later
file).
"""

from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Final

from auditor.formats import yaml
from auditor.formats.errors import FormatError
from auditor.formats.template import is_templated
from auditor.formats.tree import Mapping as Tree
from auditor.formats.tree import Node, Scalar
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown
from auditor.model.workload import Variable
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.common.namedvalues import named_values
from auditor.technologies.document import Assignment, Document

_REFERENCE = lazy(r"\$\{(?:env:)?(?P<name>[A-Za-z_]\w*)(?::-(?P<default>[^}]*))?\}")
_OWN_ADDRESS = lazy(r"\$\{(?:env:)?\w*(?:POD|HOST|NODE)_?IP\w*\}")
_SECRETS: Final = frozenset(
    "authorization api-key api_key apikey x-api-key token access_token auth_token bearer_token password client_secret "
    "secret_key secret_access_key key_pem license_key ingest_key inline connection_string instrumentation_key".split()
)
"""Names of headers and settings that hold a secret."""


@dataclass(frozen=True, kw_only=True)
class CollectorFile(Document):
    """A configuration file as a tree."""

    root: Tree = field(repr=False)

    def assignments(self) -> Iterator[Assignment]:
        for found in named_values(self.root, "server-config"):
            key = found.key.lower()
            is_header = "headers" in found.path
            if "${" in (found.value if isinstance(found.value, str) else "") or not (is_header or key in _SECRETS):
                continue
            yield Assignment(
                key=found.key,
                value=found.value,
                at=found.at,
                container=found.container,
                path=("otel", *found.path),
                server_secret=key in _SECRETS or key.endswith(("-token", "-key", "-secret")),
            )


def read_document(source: Source) -> CollectorFile:
    """Read a file; one without content adds nothing, as the Collector has it.

    Raises:
        FormatError: it is no YAML, or something other than one mapping.
    """
    nodes = yaml.parse(source) or [Tree([], source.at())]
    if len(nodes) != 1 or not isinstance(nodes[0], Tree):
        raise FormatError(source.at(), "expected one YAML mapping")
    return CollectorFile(
        source=source, root=nodes[0], partial="template expressions" if is_templated(source.text) else ""
    )


def merged(first: Tree, second: Tree) -> Tree:
    """Return two files as one: mappings key by key, everything else as the second has it."""
    entries: list[tuple[Scalar, Node]] = []
    for key, value in first:
        other = second.get(key.text)
        if other is None:
            entries.append((key, value))
        elif isinstance(value, Tree) and isinstance(other, Tree):
            entries.append((key, merged(value, other)))
        else:
            entries.append((second.key(key.text) or key, other))
    entries += [(key, value) for key, value in second if key.text not in first]
    return Tree(entries, first.at, open_=first.open or second.open)


def resolved(text: str, environment: Mapping[str, Variable] | None) -> str | Unknown:
    """Return a value with variables filled in, Unknown where one is not known.

    The address of the container's own pod or node stands for all addresses: others reach it.
    """
    if HOLE in text:
        return Unknown("a template expression")
    text = _OWN_ADDRESS.sub("0.0.0.0", text)  # noqa: S104  # read, not bound
    for match in _REFERENCE.finditer(text):
        variable = environment.get(match["name"]) if environment is not None else None
        value = variable.value if variable is not None else match["default"]
        if not isinstance(value, str):
            return Unknown("a variable supplies it")
        text = text.replace(match[0], value)
    return Unknown("it is filled in when the Collector starts") if "${" in text else text
