"""OpenAPI as a kind of file."""

from collections.abc import Iterator, Sequence
from dataclasses import field, replace

from auditor.formats import yaml
from auditor.formats.errors import FormatError
from auditor.formats.template import is_templated
from auditor.formats.tree import Mapping
from auditor.model.fact import Fact
from auditor.model.source import Source
from auditor.records import dataclass
from auditor.technologies.document import Document, RepositoryFiles
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.openapi import recognise

from .reader import Reader


@dataclass(frozen=True, kw_only=True)
class OpenApiFile(Document):
    """A document's tree."""

    root: Mapping | None = field(default=None, repr=False)


class OpenApi:
    """The technology `openapi`."""

    id = "openapi"
    title = "OpenAPI"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        return recognise(name, path, head)

    def parse(self, source: Source) -> OpenApiFile:
        """Read the file.

        Raises:
            FormatError: it is neither YAML nor JSON.
        """
        # JSON may be indented by tabs, YAML may not; a text of JSON holds none.
        is_json = source.text.lstrip("\ufeff \t\r\n").startswith("{")
        readable = replace(source, text=source.text.replace("\t", " ")) if is_json else source
        try:
            # Braces stand in descriptions and examples; few documents are templates.
            nodes = yaml.parse(readable, templated=False)
        except FormatError:
            if not is_templated(source.text):
                raise
            nodes = yaml.parse(readable)
        root = nodes[0] if nodes else None
        return OpenApiFile(source=source, root=root if isinstance(root, Mapping) else None)

    def facts(self, documents: Sequence[Document], files: RepositoryFiles) -> Iterator[Fact]:
        """Yield what each document says of its API."""
        del files
        for document in documents:
            if isinstance(document, OpenApiFile) and document.root is not None:
                yield Reader(document.root, document.source.key).read()


OPENAPI = OpenApi()
