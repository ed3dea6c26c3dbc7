"""Terraform's state: every attribute of every resource in plain text, sensitive ones too.

Facts: Terraform, "Sensitive data in state" (1.9): values marked `sensitive` are not hidden in the state.
"""

from collections.abc import Iterator, Sequence
from dataclasses import field

from auditor.formats import yaml
from auditor.formats.tree import Mapping, Node, Scalar
from auditor.model.fact import Fact
from auditor.model.source import Source
from auditor.records import dataclass
from auditor.technologies.common.namedvalues import named_values, place_of
from auditor.technologies.document import Assignment, Document, RepositoryFiles
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.tfstate import recognise

__all__ = ["TFSTATE", "TerraformState", "TerraformStateFile", "TfState"]

CONTAINER = "terraform-state"


@dataclass(frozen=True, kw_only=True)
class TerraformState(Fact):
    """A state file that lies in the tree, and how many resources and outputs it describes."""

    resources: int
    outputs: int


@dataclass(frozen=True, kw_only=True)
class TerraformStateFile(Document):
    """A state file, read; `root` is None where it is no object."""

    root: Mapping | None = field(default=None, repr=False)

    def assignments(self) -> Iterator[Assignment]:
        """Yield the attributes of resources, and outputs by their names."""
        if self.root is None:
            return
        for key, output in self.root.mapping("outputs") or ():
            value = output.get("value") if isinstance(output, Mapping) else None
            if isinstance(value, Scalar) and isinstance(output, Mapping):
                yield Assignment(
                    key=key.text,
                    value=value.value,
                    at=place_of(value),
                    container=CONTAINER,
                    path=("outputs",),
                    server_secret=output.text("sensitive") == "true",
                )
        for resource in self.root.sequence("resources") or ():
            if isinstance(resource, Mapping):
                name = f"{resource.text('type')}.{resource.text('name')}"
                for instance in resource.sequence("instances") or ():
                    attributes: Node | None = instance.get("attributes") if isinstance(instance, Mapping) else None
                    if attributes is not None:
                        yield from named_values(attributes, CONTAINER, (name,))


@dataclass(frozen=True)
class TfState:
    """Recognises and reads state files; a Platform that says which there are."""

    id: str = "tfstate"
    title: str = "Terraform state"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        return recognise(name, path, head)

    def parse(self, source: Source) -> TerraformStateFile:
        """Read the file.

        Raises:
            FormatError: it is not JSON.
        """
        root = next((node for node in yaml.parse(source, templated=False) if isinstance(node, Mapping)), None)
        return TerraformStateFile(source=source, root=root)

    def facts(self, documents: Sequence[Document], files: RepositoryFiles) -> Iterator[Fact]:  # noqa: ARG002  # the interface's form
        """Yield every state file."""
        for document in documents:
            if isinstance(document, TerraformStateFile) and document.root is not None:
                resources, outputs = document.root.sequence("resources"), document.root.mapping("outputs")
                yield TerraformState(
                    component=document.source.path,
                    technology="tfstate",
                    at=document.source.at(),
                    resources=len(resources) if resources is not None else 0,
                    outputs=len(list(outputs)) if outputs is not None else 0,
                )


TFSTATE = TfState()
