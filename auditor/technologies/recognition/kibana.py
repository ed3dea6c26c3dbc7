"""Tell kibana.yml and opensearch_dashboards.yml from everything else."""

import re
from typing import Final

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_NAME: Final = lazy(
    r"(?:.*[._-])?(?:kibana|opensearch[_-]dashboards)(?:[._-][\w-]*)?\.ya?ml"
    r"(?:\.(?:j2|jinja2?|tmpl|tpl|template|sample|example|dist|erb|bak|orig))*"
)
_KEY: Final = lazy(
    r"^(?:server\.(?:host|port|name|basePath|publicBaseUrl|ssl\.\w+)"
    r"|elasticsearch\.(?:hosts|url|username|password|ssl\.\w+)"
    r"|opensearch\.(?:hosts|username|password|ssl\.\w+)|opensearch_security\.[\w.]+"
    r"|xpack\.[\w.]+|kibana\.index)[ \t]*:",
    re.M,
)
_NESTED: Final = lazy(r"^(?:server|elasticsearch|opensearch|opensearch_security)[ \t]*:[ \t]*$", re.M)
_FOREIGN: Final = lazy(r"^(?:apiVersion|kind|services|image|replicas)[ \t]*:|^- ", re.M)


def recognise(name: str, _path: str, head: str) -> Recognition | None:
    """Return why the file is one of this technology's, None if it is not."""
    if ("kibana" not in name and "dashboards" not in name) or not _NAME.fullmatch(name) or _FOREIGN.search(head):
        return None
    if _KEY.search(head) or _NESTED.search(head):
        return Recognition("named after Kibana or OpenSearch Dashboards, with its settings", 3)
    return None


TECHNOLOGY = Registered(
    "kibana",
    "Kibana",
    "auditor.technologies.kibana:KIBANA",
    recognise,
    words=("kibana", "opensearch-dashboards"),
    files="kibana.yml, opensearch_dashboards.yml",
    versions="Kibana 6 to 8, OpenSearch Dashboards 1 to 3",
)
