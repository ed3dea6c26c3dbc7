"""Which files are Terraform's state."""

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_NAME = lazy(r"(?:.+\.)?tfstate(?:\.\d+)?(?:\.backup|\.json)?")


def recognise(name: str, _path: str, head: str) -> Recognition | None:
    """Claim state files and their backups that say which Terraform wrote them."""
    if "tfstate" in name and _NAME.fullmatch(name) and '"terraform_version"' in head and '"version"' in head:
        return Recognition(f"{name} is a state file's name, with its versions", 3)
    return None


TECHNOLOGY = Registered(
    "tfstate",
    "Terraform state",
    "auditor.technologies.tfstate:TFSTATE",
    recognise,
    is_platform=True,
    files="*.tfstate",
    versions="format 4",
)
