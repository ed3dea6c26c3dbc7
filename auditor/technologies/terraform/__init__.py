"""Terraform and OpenTofu: configuration, values of variables, and the cloud resources they declare."""

from collections.abc import Iterator, Sequence

from auditor.formats.hcl import parse, parse_json
from auditor.formats.template import is_templated, mask
from auditor.model.fact import Fact
from auditor.model.source import Source
from auditor.patterns import lazy
from auditor.technologies.document import Document, RepositoryFiles
from auditor.technologies.recognition import Recognition
from auditor.technologies.recognition.terraform import recognise

from .document import TerraformDocument
from .module import modules
from .resources import resources

__all__ = ["TERRAFORM", "Terraform", "TerraformDocument"]

LABELS = {
    "check": 1,
    "data": 2,
    "ephemeral": 2,
    "import": 0,
    "locals": 0,
    "module": 1,
    "moved": 0,
    "output": 1,
    "provider": 1,
    "removed": 0,
    "resource": 2,
    "terraform": 0,
    "variable": 1,
}
"""How many labels the blocks of the top level take (Terraform language, "JSON Configuration Syntax")."""

_ENDING = lazy(r"\.(tfvars|tf|tofu)(\.json)?(?P<variant>\.(?:j2|tmpl|tpl|sample|example|dist))?$")
_TEMPLATES = (".j2", ".tmpl", ".tpl")


class Terraform:
    """`*.tf`, `*.tofu`, `*.tfvars` and their JSON forms; a Platform that declares cloud resources."""

    id = "terraform"
    title = "Terraform"

    def recognise(self, name: str, path: str, head: str) -> Recognition | None:
        return recognise(name, path, head)

    def parse(self, source: Source) -> TerraformDocument:
        match = _ENDING.search(source.file_name.lower())
        kind, is_json = (match[1], bool(match[2])) if match is not None else ("tf", False)
        variant = match["variant"] if match is not None else None
        partial = ""
        readable = source
        if variant in _TEMPLATES and is_templated(source.text):
            masked, _ = mask(source.text)
            readable = Source(path=source.path, text=masked, line=source.line, column=source.column, name=source.name)
            partial = "template expressions"
        values = kind == "tfvars"
        file = parse_json(readable, {} if values else LABELS) if is_json else parse(readable)
        return TerraformDocument(source=source, problems=file.problems, partial=partial, body=file.body, values=values)

    def facts(self, documents: Sequence[Document], files: RepositoryFiles) -> Iterator[Fact]:  # noqa: ARG002  # the interface's form
        """Yield a CloudResource for each resource and data source of every module (folder)."""
        ours = [document for document in documents if isinstance(document, TerraformDocument)]
        for module in modules(ours):
            yield from resources(module)


TERRAFORM = Terraform()
