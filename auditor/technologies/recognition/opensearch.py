"""Tell opensearch.yml, Open Distro's elasticsearch.yml and the files of the security plugin from everything else."""

import re
from typing import Final

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_VARIANT: Final = r"(?:\.(?:j2|jinja2?|tmpl|tpl|template|sample|example|dist|erb|bak|orig))*"
_NAME: Final = lazy(rf"(?:.*[._-])?opensearch(?:[._-].*)?\.ya?ml{_VARIANT}")
_YAML: Final = lazy(rf".*\.ya?ml{_VARIANT}")
_SETTING: Final = lazy(
    r"^(?:cluster|node|path|network|http|transport|discovery|bootstrap|plugins|action|indices|gateway|opendistro_security)"
    r"(?:\.[\w.-]+)?[ \t]*:",
    re.M,
)
_SECURITY: Final = lazy(r"^(?:plugins\.security\.|opendistro_security\.|plugins:\n[ \t]+security[.:])", re.M)
_META: Final = lazy(r"^_meta:\s*\n(?:[ \t]+.*\n)*?[ \t]+[\"']?type[\"']?:[ \t]*[\"']?(\w+)", re.M)
_FOREIGN: Final = lazy(
    r"^(?:apiVersion|kind|services|version|hosts|openapi|swagger|image|replicas|resources)[ \t]*:|^- ", re.M
)
KINDS: Final = frozenset(
    "config internalusers roles rolesmapping actiongroups tenants audit nodesdn allowlist whitelist".split()
)
"""The types that `_meta` of the plugin's files names (CType.java of the security plugin, 2.x)."""


def recognise(name: str, _path: str, head: str) -> Recognition | None:
    """Return why the file is one of this technology's, None if it is not."""
    if ".y" not in name or _YAML.fullmatch(name) is None:
        return None
    if "_meta:" in head:
        match = _META.search(head)
        if match is not None and match[1] in KINDS and "config_version" in head:
            return Recognition(f"a file of the security plugin ({match[1]})", 3)
    named = "opensearch" in name and "dashboards" not in name and _NAME.fullmatch(name) is not None
    is_secured = ("plugins" in head or "opendistro_security" in head) and _SECURITY.search(head) is not None
    if not named and not is_secured:
        return None
    if _FOREIGN.search(head):
        return None
    settings = len(set(_SETTING.findall(head)))
    if named and (settings or name.startswith("opensearch.y")):
        return Recognition("named for OpenSearch, with its settings", 3 if settings else 2)
    return Recognition("settings of the security plugin", 3 if "elasticsearch" in name else 2) if is_secured else None


TECHNOLOGY = Registered(
    "opensearch",
    "OpenSearch and Open Distro",
    "auditor.technologies.opensearch:OPENSEARCH",
    recognise,
    words=("opensearch", "opendistro"),
    files="opensearch.yml, files of the security plugin",
    versions="OpenSearch 1 to 3, Open Distro 1",
)
