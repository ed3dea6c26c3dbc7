"""Which files are for MinIO: its variables (/etc/default/minio and its templates), and scripts of its client."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_NAME = lazy(r"minio(?:\.(?:j2|jinja2?|tmpl|tpl|template|sample|example|dist|erb|default|conf))*|minio[._-]?config")
_LINE = lazy(r"^[ \t]*(?:export[ \t]+)?MINIO_\w+=", re.M)


OPENS_BUCKET = lazy(
    r"\bmc[ \t]+(?:-\S+[ \t]+)*(?:anonymous|policy)[ \t]+(?:-\S+[ \t]+)*(?:set[ \t]+)?(?:-\S+[ \t]+)*"
    r"(public|download|upload)[ \t]+[^\s;&|]"
)
"""A command of the client `mc`; before 2019 it had no word `set`."""

LOGS_IN = lazy(
    r"\bmc[ \t]+(?:-\S+[ \t]+)*(?:alias[ \t]+set|config[ \t]+host[ \t]+add)[ \t]+[\w.-]+[ \t]+['\"]?https?://\S+[ \t]+"
    r"(?P<user>\S+)[ \t]+(?P<password>[^\s;&|]+)"
)
"""A command of the client `mc` that names a server with user and password; before 2020 it was `config host add`."""


def recognise(name: str, _path: str, head: str) -> Recognition | None:
    """Return why the file is for MinIO, None if it is not; env files belong to another technology."""
    if name.startswith("minio") and _NAME.fullmatch(name) and _LINE.search(head):
        return Recognition("named after MinIO, with its variables", 3)
    if name.endswith((".sh", ".bash")) and "mc " in head and (OPENS_BUCKET.search(head) or LOGS_IN.search(head)):
        return Recognition("a script with commands of MinIO's client", 1)
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
