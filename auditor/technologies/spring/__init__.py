"""Spring Boot: application.properties, application.yml, their profiles, and the containers that run with them."""

from collections.abc import Iterator, Mapping, Sequence

from auditor.model.fact import Fact
from auditor.model.source import Source
from auditor.model.workload import Workload
from auditor.technologies.document import Document
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition import spring as recognition

from .actuator import endpoints_over_http
from .applications import applications
from .document import SpringFile, Written, parse
from .settings import SpringSettings

__all__ = ["SPRING", "SpringSettings", "Written", "endpoints_over_http"]


class SpringTechnology:
    """The technology `spring`."""

    id = "spring"
    title = "Spring Boot"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        """Say why this is our file, or None."""
        return recognition.recognise(name, path, head)

    def parse(self, source: Source) -> SpringFile:
        """Read the file.

        Raises:
            FormatError: it is not YAML, where its name says so.
        """
        return parse(source)

    def applications(
        self, documents: Sequence[Document], workloads: Sequence[Workload], set_in_files: Mapping[str, str]
    ) -> Iterator[Fact]:
        """Yield the settings of the applications that the files and workloads tell of."""
        del set_in_files  # what a container loads of them is in its workload
        return applications([document for document in documents if isinstance(document, SpringFile)], workloads)


SPRING = SpringTechnology()
