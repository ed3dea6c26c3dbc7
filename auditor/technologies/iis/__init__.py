"""Microsoft IIS and ASP.NET: applicationHost.config, web.config with its transforms, machine.config."""

from collections.abc import Iterator, Mapping, Sequence

from auditor.formats.xml import Element
from auditor.model.fact import Service
from auditor.model.source import Source
from auditor.model.workload import Role, Workload
from auditor.technologies.document import Document, FileView
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition import iis as recognition

from .assemble import service_of_workload, services_of_files
from .document import IisFile, known_text, parse_file
from .scope import Item, Scope, Value
from .service import Binding, Iis, Pool, Site

__all__ = ["IIS", "Binding", "Element", "Iis", "Item", "Pool", "Scope", "Site", "Value", "known_text"]

_REPOSITORIES = ("windows/servercore/iis", "framework/aspnet", "framework/wcf", "microsoft/iis", "microsoft/aspnet")


class IisTechnology:
    """The technology `iis`."""

    id = "iis"
    title = "Microsoft IIS"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        """Say why this is our file, or None."""
        return recognition.recognise(name, path, head)

    def parse(self, source: Source) -> Document:
        """Read a file; never raises."""
        return parse_file(source)

    def from_workload(self, workload: Workload, view: FileView) -> Sequence[Service]:
        """Return the application in a container of Microsoft's images, where its web.config is copied there."""
        repository = workload.image_repository or ""
        if workload.role is Role.INIT or not repository.endswith(_REPOSITORIES):
            return ()
        service = service_of_workload(workload, view)
        return () if service is None else (service,)

    def from_files(self, documents: Sequence[Document], views: Mapping[str, FileView]) -> Iterator[Service]:
        """Yield the applications and servers of the files that no container loads."""
        yield from services_of_files([each for each in documents if isinstance(each, IisFile)], views)


IIS = IisTechnology()
