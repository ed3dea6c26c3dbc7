"""Tell the files of Apache NiFi and NiFi Registry from other property files and XML."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

PROPERTIES = "properties"
REGISTRY = "registry properties"
BOOTSTRAP = "bootstrap"
AUTHORIZERS = "authorizers"
LOGIN = "login providers"
STATE = "state management"

_NAMES = ("nifi", "bootstrap", "authorizers", "identity-providers", "state-management")
"""One of these stands in the name of every file of NiFi."""
_OTHERS = (".md", ".adoc", ".java", ".sh", ".py", ".yaml", ".yml", ".json", ".groovy", ".html")
_KEY = lazy(
    r"^nifi\.(registry\.)?(?:web|security|sensitive|flow|cluster|zookeeper|remote|provenance|db)\.[\w.-]+[ \t]*[=:]",
    re.M,
)
_BOOTSTRAP_KEY = lazy(r"^#?(?:java\.arg\.\w+|lib\.dir|conf\.dir|run\.as|nifi\.bootstrap\.[\w.]+)[ \t]*[=:]", re.M)
_ROOTS = {
    "<authorizers": AUTHORIZERS,
    "<loginIdentityProviders": LOGIN,
    "<identityProviders": LOGIN,
    "<stateManagement": STATE,
}
_FEWEST = 3
"""Keys of NiFi that a file under another name must have."""


def recognise(name: str, _path: str, head: str) -> Recognition | None:
    """Return why the file is one of NiFi's, None if it is not."""
    if not any(word in name for word in _NAMES) or name.endswith(_OTHERS):
        return None
    kind = kind_of(name, head)
    if kind is None:
        return None
    if kind in {PROPERTIES, REGISTRY}:
        exact = name.startswith(("nifi.properties", "nifi-registry.properties"))
        return Recognition(f"properties of NiFi{' Registry' if kind == REGISTRY else ''}", 3 if exact else 2)
    return Recognition(f"{kind} of NiFi", 3)


def kind_of(name: str, text: str) -> str | None:
    """Return which of NiFi's files it is, None if it is none."""
    if ".xml" in name:
        kind = next((kind for root, kind in _ROOTS.items() if root in text), None)
        return kind if kind is not None and "org.apache.nifi" in text else None
    if name.startswith("bootstrap") and ".conf" in name:
        return BOOTSTRAP if len(_BOOTSTRAP_KEY.findall(text)) >= _FEWEST else None
    found = _KEY.findall(text)
    named = name.startswith(("nifi.properties", "nifi-registry.properties"))
    if len(found) < (1 if named else _FEWEST):
        return None
    return REGISTRY if any(found) else PROPERTIES


TECHNOLOGY = Registered(
    "nifi",
    "Apache NiFi",
    "auditor.technologies.nifi:NIFI",
    recognise,
    words=("nifi",),
    files="nifi.properties, authorizers.xml, login-identity-providers.xml, state-management.xml, bootstrap.conf, "
    "nifi-registry.properties",
    versions="1.10 to 2.11",
)
