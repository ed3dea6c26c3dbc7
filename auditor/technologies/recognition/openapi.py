"""Which files are OpenAPI documents, by the key that names the version at their root."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_ENDINGS = (".yaml", ".yml", ".json")
_VARIANTS = (".j2", ".tmpl", ".sample", ".example", ".dist", ".template")
_START = 4000
"""How far into a YAML file, in characters, the version is looked for: it stands on top, behind comments."""
_TREE = lazy(
    r"^(?:openapi|\"openapi\"|'openapi')[ ]*:[ ]*[\"']?3\.\d|^(?:swagger|\"swagger\"|'swagger')[ ]*:[ ]*[\"']?2\.0",
    re.M,
)
_JSON = lazy(r"\"(?:openapi\"\s*:\s*\"3\.\d|swagger\"\s*:\s*\"2\.0\")")
_PARTS = lazy(r"[\"']?(?:paths|info|components|webhooks|basePath)[\"']?\s*:")
_SORTED = lazy(r"\{\s*\"(?:basePath|components|definitions|consumes|info)\"\s*:\s*[{\"\[]")


def recognise(name: str, path: str, head: str) -> Recognition | None:
    """Return why the file describes an API, None if it does not."""
    del path
    if not name.endswith(_ENDINGS + _VARIANTS):
        return None
    is_json = ".json" in name
    start = head if is_json else head[:_START]
    if "openapi" not in start and "swagger" not in start and not name.startswith(("openapi", "swagger")):
        return None
    plain = name
    for ending in _VARIANTS:
        plain = plain.removesuffix(ending)
    if not plain.endswith(_ENDINGS) or not _PARTS.search(head):
        return None
    if head.lstrip("\ufeff \t\r\n").startswith("{"):
        if _JSON.search(head):
            return Recognition("the version of OpenAPI it is written in", 3)
        # Keys may be sorted, and the version stand behind all of `components`.
        is_sorted = name.startswith(("openapi", "swagger")) and _SORTED.match(head.lstrip("\ufeff \t\r\n"))
        return Recognition("named as an OpenAPI document, with its keys", 2) if is_sorted else None
    return Recognition("the version of OpenAPI it is written in", 3) if _TREE.search(head) else None


TECHNOLOGY = Registered(
    "openapi",
    "OpenAPI",
    "auditor.technologies.openapi:OPENAPI",
    recognise,
    is_platform=True,
    files="OpenAPI and Swagger documents, JSON and YAML",
    versions="2.0, 3.0 to 3.2",
)
