"""cloud-init: the configuration files that a new machine is given."""

from collections.abc import Iterator

from auditor.formats.cloud_init import mounted, written_files
from auditor.formats.template import is_templated
from auditor.model.source import Source
from auditor.records import dataclass
from auditor.technologies.document import Document
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.cloudinit import recognise

__all__ = ["CLOUD_INIT", "CloudConfig"]


@dataclass(frozen=True, kw_only=True)
class CloudConfig(Document):
    """A `#cloud-config` file, known by the files that it writes."""

    def embedded(self) -> Iterator[Source]:
        """Yield the files of `write_files` whose text stands here, and what `mounts` adds to fstab."""
        yield from written_files(self.source)
        yield from mounted(self.source)


class CloudInit:
    """The technology `cloudinit`."""

    id = "cloudinit"
    title = "cloud-init"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        return recognise(name, path, head)

    def parse(self, source: Source) -> CloudConfig:
        """Read the file; never raises."""
        return CloudConfig(source=source, partial="template expressions" if is_templated(source.text) else "")


CLOUD_INIT = CloudInit()
