"""Small Terraform modules for tests."""

import textwrap

from auditor.model.cloud import CloudResource
from auditor.model.source import Source
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.terraform import TERRAFORM, TerraformDocument


def document(text: str, path: str = "main.tf") -> TerraformDocument:
    """Parse one file."""
    return TERRAFORM.parse(Source(path=path, text=textwrap.dedent(text)))


def resources(files: str | dict[str, str]) -> dict[str, CloudResource]:
    """Return the resources of a tree by component, by way of the whole scan."""
    if isinstance(files, str):
        files = {"main.tf": files}
    estate = take_estate(MemoryTree({path: textwrap.dedent(text) for path, text in files.items()}))
    return {fact.component: fact for fact in estate.facts if isinstance(fact, CloudResource)}
