"""A bootstrap file, and the secrets in it."""

from collections.abc import Iterator
from dataclasses import field
from typing import Final

from auditor.formats import yaml
from auditor.formats.errors import FormatError
from auditor.formats.template import is_templated
from auditor.formats.tree import Mapping as Tree
from auditor.model.source import Source
from auditor.records import dataclass
from auditor.technologies.common.namedvalues import named_values
from auditor.technologies.document import Assignment, Document

_SECRETS: Final = frozenset("private_key privateKey password token_secret tokenSecret hmac_secret hmacSecret".split())
_INLINE: Final = frozenset("inline_string inlineString inline_bytes inlineBytes".split())


@dataclass(frozen=True, kw_only=True)
class EnvoyFile(Document):
    """A bootstrap file as a tree."""

    root: Tree = field(repr=False)

    def assignments(self) -> Iterator[Assignment]:
        """Yield keys, passwords and secrets that are written into the file instead of being read from another one."""
        for found in named_values(self.root, "server-config"):
            above = next((name for name in reversed(found.path) if name in _SECRETS), None)
            if found.key in _INLINE and above is not None:
                yield Assignment(
                    key=above,
                    value=found.value,
                    at=found.at,
                    container=found.container,
                    path=("envoy", *found.path),
                    server_secret=True,
                )


def read_document(source: Source) -> EnvoyFile:
    """Read a file.

    Raises:
        FormatError: it is no YAML or JSON, or something other than one mapping.
    """
    nodes = yaml.parse(source)
    if len(nodes) != 1 or not isinstance(nodes[0], Tree):
        raise FormatError(source.at(), "expected one mapping of Envoy's bootstrap")
    return EnvoyFile(source=source, root=nodes[0], partial="template expressions" if is_templated(source.text) else "")
