"""What stands in a zoo.cfg."""

from collections.abc import Iterator

from auditor.formats.properties_template import PropertyFile, read
from auditor.model.source import Source
from auditor.records import dataclass
from auditor.technologies.document import Assignment, Document

from .parameters import SECRETS

_DYNAMIC = ("server.", "group.", "weight.", "version")


@dataclass(frozen=True, kw_only=True)
class ZooKeeperConfig(Document):
    """A zoo.cfg, zookeeper.properties, or the dynamic configuration with the members of an ensemble."""

    content: PropertyFile

    @property
    def is_dynamic(self) -> bool:
        """Whether it holds nothing but members: another file names it under `dynamicConfigFile`."""
        return not self.content.inserts and all(each.key.startswith(_DYNAMIC) for each in self.content.properties)

    def assignments(self) -> Iterator[Assignment]:
        for each in self.content.properties:
            if SECRETS.fullmatch(each.key.strip()):
                yield Assignment(
                    key=each.key.strip(),
                    value=self.content.value(each),
                    at=each.value_at,
                    container="server-config",
                    server_secret=True,
                    principal="super" if each.key.endswith("superDigest") else None,
                )


def parse_config(source: Source) -> ZooKeeperConfig:
    """Read a zoo.cfg; never raises."""
    content = read(source)
    return ZooKeeperConfig(source=source, content=content, problems=content.problems, partial=content.partial)
