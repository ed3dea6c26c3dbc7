"""Which files are Dockerfiles."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_NAME = lazy(r"(?:.*[._-])?(?:dockerfile|containerfile)(?:[._-].*)?")
_FROM = lazy(r"^[ \t]*FROM[ \t]+\S+", re.M | re.I)


def recognise(name: str, _path: str, head: str) -> Recognition | None:
    """Claim files named after Dockerfile or Containerfile that have a FROM."""
    if ("dockerfile" in name or "containerfile" in name) and _NAME.fullmatch(name) and _FROM.search(head):
        return Recognition(f"{name} is a Dockerfile's name, with FROM", 3)
    return None


TECHNOLOGY = Registered(
    "dockerfile",
    "Dockerfile",
    "auditor.technologies.dockerfile:DOCKERFILE",
    recognise,
    is_platform=True,
    files="Dockerfile, Containerfile",
    versions="BuildKit's syntax",
)
