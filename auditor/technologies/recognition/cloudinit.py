"""Which files are cloud-init's."""

from .claim import Recognition
from .registered import Registered


def recognise(_name: str, _path: str, head: str) -> Recognition | None:
    """Claim every text whose first line is `#cloud-config`, which is how cloud-init itself tells."""
    if head.lstrip("\ufeff").startswith("#cloud-config"):
        return Recognition("its first line is #cloud-config", 3)
    return None


TECHNOLOGY = Registered(
    "cloudinit",
    "cloud-init",
    "auditor.technologies.cloudinit:CLOUD_INIT",
    recognise,
    files="user data with write_files",
)
