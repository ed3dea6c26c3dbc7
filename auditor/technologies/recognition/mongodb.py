"""Which files configure mongod or mongos."""

import re
from typing import Final

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_EXACT: Final = frozenset(["mongod.conf", "mongodb.conf", "mongos.conf", "mongod.cfg", "mongos.cfg"])
_NAME = lazy(
    r"(?:^|.*[._-])mongo(?:d|s|db)?(?:[._-].*)?\.(?:conf|cfg|cnf|ini|ya?ml)(?:\.(?:j2|tmpl|tpl|sample|example|dist|orig))?"
)
_VARIANT = lazy(r"(?:mongod|mongodb|mongos)\.(?:conf|cfg)\.(?:j2|tmpl|tpl|sample|example|dist|orig)")
_SECTION = lazy(
    r"^(storage|systemLog|net|security|replication|sharding|processManagement|operationProfiling|setParameter|auditLog)"
    r"(?:\.[\w.]+)?:",
    re.M,
)
_TYPICAL = lazy(r"^(?:systemLog|operationProfiling|processManagement)(?:\.\w+)?:|^storage:\s*\n\s+dbPath:", re.M)
_INI = lazy(r"^[ \t]*(dbpath|logpath|bind_ip|auth|noauth|replSet|fork|keyFile|nojournal|httpinterface)[ \t]*=", re.M)
_FOREIGN = lazy(r"^(?:apiVersion|kind|services|hosts|openapi|- )", re.M)


def recognise(name: str, _path: str, head: str) -> Recognition | None:
    """Return why the file is one of this technology's, None if it is not."""
    if "mongo" not in name and "systemLog" not in head and "operationProfiling" not in head and "dbPath" not in head:
        return None
    if _FOREIGN.search(head):
        return None
    sections = set(_SECTION.findall(head))
    lines = set(_INI.findall(head))
    exact = name in _EXACT or _VARIANT.fullmatch(name) is not None
    if (sections or lines) and (exact or _NAME.fullmatch(name)):
        return Recognition("named for MongoDB, with options of mongod", 3)
    if exact:
        return Recognition("the name of mongod's configuration file", 2)
    if len(sections) >= 2 and _TYPICAL.search(head):
        return Recognition("sections of mongod's configuration", 2)
    return None


TECHNOLOGY = Registered(
    "mongodb",
    "MongoDB",
    "auditor.technologies.mongodb:MONGODB",
    recognise,
    words=("mongo",),
    files="mongod.conf, mongos.conf",
    versions="3.6 to 8.0",
)
