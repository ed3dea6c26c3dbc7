"""Tell ZooKeeper's configuration from other property files."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_VARIANT = r"(?:\.(?:j2|jinja2?|tmpl|tpl|template|sample|example|dist|in|default|erb|bak|orig))*"
_NAME = lazy(
    rf"(?:.*[._-])?(?:zoo|zookeeper)(?:[._-].*)?\.(?:cfg|properties|conf)(?:\.dynamic.*)?{_VARIANT}|zoo\d*\.cfg"
)
_TEXT_NAME = lazy(rf"[^.]*{_VARIANT}|.*\.(?:cfg|conf|properties){_VARIANT}")
_KEY = lazy(
    r"^[ \t]*(tickTime|initLimit|syncLimit|dataDir|dataLogDir|clientPort|secureClientPort|autopurge\.\w+|"
    r"4lw\.commands\.whitelist|server\.\d+)[ \t]*[=:]",
    re.M,
)
_CORE = frozenset({"tickTime", "initLimit", "syncLimit", "dataDir", "clientPort"})


def recognise(name: str, _path: str, head: str) -> Recognition | None:
    """Return why the file is one of ZooKeeper's, None if it is not."""
    named = "zoo" in name and _NAME.fullmatch(name) is not None
    if not named and ("tickTime" not in head or not _TEXT_NAME.fullmatch(name)):
        return None
    found = set(_KEY.findall(head))
    if named and found:
        return Recognition("named like a ZooKeeper configuration, with its keys", 3)
    if "tickTime" in found and len(found & _CORE) >= 3:
        return Recognition(f"keys of ZooKeeper ({', '.join(sorted(found & _CORE)[:3])})", 2)
    return None


TECHNOLOGY = Registered(
    "zookeeper",
    "Apache ZooKeeper",
    "auditor.technologies.zookeeper:ZOOKEEPER",
    recognise,
    words=("zookeeper", "zkserver"),
    files="zoo.cfg, dynamic configuration",
    versions="3.4 to 3.9",
    compared_with="zookeeper 3.8",
)
