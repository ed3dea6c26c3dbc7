"""Which files hold MinIO's variables: /etc/default/minio and its templates."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_NAME = lazy(r"minio(?:\.(?:j2|jinja2?|tmpl|tpl|template|sample|example|dist|erb|default|conf))*|minio[._-]?config")
_LINE = lazy(r"^[ \t]*(?:export[ \t]+)?MINIO_\w+=", re.M)


def recognise(name: str, _path: str, head: str) -> Recognition | None:
    """Return why the file holds MinIO's variables, None if it does not; env files belong to another technology."""
    if name.startswith("minio") and _NAME.fullmatch(name) and _LINE.search(head):
        return Recognition("named after MinIO, with its variables", 3)
    return None


TECHNOLOGY = Registered(
    "minio",
    "MinIO",
    "auditor.technologies.minio:MINIO",
    recognise,
    words=("minio", "mc "),
    files="environment files, mc scripts",
    versions="releases of 2021 and later",
)
