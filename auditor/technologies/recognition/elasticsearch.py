"""Tell elasticsearch.yml from everything else."""

import re
from typing import Final

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_VARIANT: Final = r"(?:\.(?:j2|jinja2?|tmpl|tpl|template|sample|example|dist|erb|bak|orig))*"
_NAME: Final = lazy(rf"(?:.*[._-])?elasticsearch(?:[._-].*)?\.ya?ml{_VARIANT}")
_EXACT: Final = lazy(rf"(?:my_)?elasticsearch\.ya?ml{_VARIANT}")
_FLAT: Final = lazy(
    r"^(?:cluster\.(?:name|initial_master_nodes)|node\.(?:name|roles|master|data)|path\.(?:data|logs|repo)"
    r"|network\.(?:host|bind_host)|http\.(?:port|host|cors\.[\w-]+)|transport\.(?:host|port|tcp\.port)"
    r"|discovery\.[\w.]+|xpack\.[\w.]+|bootstrap\.memory_lock|action\.[\w.]+|indices\.[\w.]+|gateway\.[\w.]+)[ \t]*:",
    re.M,
)
_NESTED: Final = lazy(r"^(?:cluster|node|path|network|http|transport|discovery|xpack|bootstrap|action)[ \t]*:", re.M)
_FOREIGN: Final = lazy(
    r"^(?:apiVersion|kind|services|version|hosts|openapi|swagger|image|replicas|resources)[ \t]*:|^- ", re.M
)
_OTHER: Final = ("opendistro_security", "plugins.security", "opensearch")


def recognise(name: str, _path: str, head: str) -> Recognition | None:
    """Return why the file is one of this technology's, None if it is not."""
    named = "elasticsearch" in name and _NAME.fullmatch(name) is not None
    if not named and not ("xpack.security." in head and name.endswith((".yml", ".yaml", ".j2", ".tmpl", ".tpl"))):
        return None
    if _FOREIGN.search(head) or any(f"\n{word}" in f"\n{head}" for word in _OTHER):
        return None
    flat, nested = len(set(_FLAT.findall(head))), len(set(_NESTED.findall(head)))
    if named and (flat or nested >= 2):
        return Recognition("named for Elasticsearch, with its settings", 3)
    if _EXACT.fullmatch(name) and _is_comments(head):
        return Recognition("the name of Elasticsearch's settings file", 2)
    if _EXACT.fullmatch(name) and nested:
        return Recognition("the name of Elasticsearch's settings file", 2)
    if not named and flat >= 3 and "elasticsearch.hosts" not in head:
        return Recognition("settings of an Elasticsearch node", 2)
    return None


def _is_comments(head: str) -> bool:
    return all(not line.strip() or line.lstrip().startswith("#") for line in head.split("\n"))


TECHNOLOGY = Registered(
    "elasticsearch",
    "Elasticsearch",
    "auditor.technologies.elasticsearch:ELASTICSEARCH",
    recognise,
    words=("elasticsearch",),
    files="elasticsearch.yml",
    versions="6 to 8",
)
