"""Which files are Terraform."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_ENDING = lazy(r"\.(tfvars|tf|tofu)(\.json)?(?P<variant>\.(?:j2|tmpl|tpl|sample|example|dist))?$")
_BLOCK = lazy(r"^\s*(?:resource|data|variable|provider|terraform|module|output|locals|moved)\b[^=\n]*\{", re.M)
_ASSIGNMENT = lazy(r"^\s*\{?\s*\"?[A-Za-z_][\w-]*\"?\s*[=:]", re.M)


def recognise(name: str, _path: str, head: str) -> Recognition | None:
    """Return why the file is one of this technology's, None if it is not."""
    match = _ENDING.search(name)
    if match is None:
        return None
    if match[1] == "tfvars":
        content = bool(_ASSIGNMENT.search(head))
        return Recognition("a file of Terraform variable values by its name", 3 if content else 2)
    if match[2] or _BLOCK.search(head):
        return Recognition("a Terraform file by its name and blocks", 3)
    return Recognition("a Terraform file by its name", 2)


TECHNOLOGY = Registered(
    "terraform",
    "Terraform",
    "auditor.technologies.terraform:TERRAFORM",
    recognise,
    is_platform=True,
    files="*.tf, *.tf.json, *.tfvars",
    versions="Terraform 1, OpenTofu 1",
)
