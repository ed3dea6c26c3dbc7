"""Variables that `SET PERSIST` wrote to mysqld-auto.cnf in the data directory (MySQL 8.0 and later).

They are applied last: they outrank option files and the command line (manual of MySQL 8.4, section 7.1.9.3 "Persisted
System Variables"; seen on 8.0.19 and 9.7.4).
"""

from collections.abc import Iterator

from auditor.formats import yaml
from auditor.formats.tree import Mapping, Scalar
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.records import dataclass
from auditor.technologies.document import Document


@dataclass(frozen=True, kw_only=True)
class PersistedVariables(Document):
    """A mysqld-auto.cnf: names, values and places, in file order."""

    variables: tuple[tuple[str, str, Location], ...] = ()


def parse(source: Source) -> PersistedVariables:
    """Read a mysqld-auto.cnf of any of its versions.

    Raises:
        FormatError: it is not JSON.
    """
    nodes = yaml.parse(source)
    return PersistedVariables(
        source=source,
        variables=tuple(found for node in nodes if isinstance(node, Mapping) for found in _variables(node)),
    )


def _variables(node: Mapping) -> Iterator[tuple[str, str, Location]]:
    for key, value in node:
        if not isinstance(value, Mapping):
            continue
        text = value.get("Value")
        if isinstance(text, Scalar):
            yield key.text, text.text, key.at
        elif key.text != "Metadata":
            yield from _variables(value)
