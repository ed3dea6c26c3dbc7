"""A settings file of a node as read: its settings in file order, and what any version would refuse of it."""

from collections.abc import Iterator, Mapping
from dataclasses import field

from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.records import dataclass
from auditor.technologies.common.sectioned import Gap, Option
from auditor.technologies.document import Assignment, Document


@dataclass(frozen=True, kw_only=True)
class NodeFile(Document):
    """An elasticsearch.yml or opensearch.yml.

    `headers` are the places of keys that hold other keys, `gaps` what a template supplies, `refused` what keeps a
    node of any version from starting.
    """

    options: tuple[Option, ...] = ()
    headers: Mapping[str, Location] = field(default_factory=dict[str, Location])
    gaps: tuple[Gap, ...] = ()
    refused: tuple[Problem, ...] = ()

    def assignments(self) -> Iterator[Assignment]:
        for option in self.options:
            *path, key = option.written.split(".")
            yield Assignment(
                key=key,
                value=option.value,
                at=option.at,
                container="server-config",
                path=tuple(path),
                server_secret=option.is_secret,
            )
