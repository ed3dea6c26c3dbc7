"""Ruby on Rails: the configuration of an application in production."""

from collections.abc import Iterator, Mapping, Sequence

from auditor.model.fact import Fact
from auditor.model.source import Source
from auditor.model.workload import Workload
from auditor.technologies.document import Document
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition import rails as recognition

from .document import Given, RailsFile, parse
from .settings import RailsSettings, seconds_in, settings_in

__all__ = ["RAILS", "Given", "RailsSettings", "seconds_in"]


class RailsTechnology:
    """The technology `rails`."""

    id = "rails"
    title = "Ruby on Rails"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        """Say why this is our file, or None."""
        return recognition.recognise(name, path, head)

    def parse(self, source: Source) -> RailsFile:
        """Read the file; never raises."""
        return parse(source)

    def applications(
        self, documents: Sequence[Document], workloads: Sequence[Workload], set_in_files: Mapping[str, str]
    ) -> Iterator[Fact]:
        """Yield the configuration of every application."""
        files = [document for document in documents if isinstance(document, RailsFile)]
        yield from settings_in(files, {name for w in workloads for name in w.environment} | set(set_in_files))


RAILS = RailsTechnology()
