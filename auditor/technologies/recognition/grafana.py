"""Which files configure Grafana: grafana.ini, provisioned data sources, ldap.toml."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_ENDING = r"(?:\.(?:j2|jinja2?|tmpl|tpl|template|sample|example|dist|erb))*"
_INI_NAME = lazy(rf"(?:.*[._-])?grafana(?:[._-][\w.-]*)?\.ini{_ENDING}|grafana\.ini\.[\w.]+")
_CUSTOM_NAME = lazy(rf"custom\.ini{_ENDING}|.*\.ini{_ENDING}")
_SECTION = lazy(
    r"^\[(paths|server|database|remote_cache|dataproxy|analytics|security(?:\.encryption)?|snapshots|dashboards|users"
    r"|auth(?:\.[a-z_]+)?|smtp|emails|log(?:\.[a-z]+)?|quota|alerting|unified_alerting|explore|metrics(?:\.graphite)?"
    r"|tracing\.[a-z]+|grafana_net|grafana_com|external_image_storage(?:\.[a-z_0-9]+)?|rendering|panels|plugins|live"
    r"|feature_toggles|date_formats|service_accounts|rbac|public_dashboards)\]",
    re.M,
)
_OWN = frozenset(
    "auth.anonymous auth.basic auth.proxy auth.ldap auth.jwt auth.generic_oauth auth.github auth.gitlab auth.google "
    "auth.azuread auth.okta auth.grafana_com auth.grafananet snapshots dataproxy remote_cache unified_alerting "
    "grafana_net grafana_com feature_toggles security.encryption service_accounts public_dashboards "
    "metrics.graphite".split()
)
"""Sections that no other program has, or hardly any."""
_SOURCES = lazy(r"^datasources:[ \t]*(?:#.*)?$", re.M)
_SOURCE_KEYS = lazy(r"^[ \t]+(?:- )?(?:type|url|access|uid|isDefault|jsonData|secureJsonData|editable|orgId):", re.M)
_VERSION = lazy(r"^apiVersion:[ \t]*[\"']?\d", re.M)
_LDAP_KEY = lazy(r"^[ \t]*(?:bind_dn|search_base_dns|start_tls|ssl_skip_verify|search_filter)[ \t]*=", re.M)
_ENOUGH = 2


def recognise(name: str, path: str, head: str) -> Recognition | None:
    """Return why the file is one of Grafana's, None if it is not."""
    if ".ini" in name:
        return _ini(name, head) if "\n[" in head or head.startswith("[") else None
    if "ldap" in name and ".toml" in name:
        if "[[servers]]" in head and _LDAP_KEY.search(head):
            return Recognition("named as an LDAP configuration, with the keys of Grafana's", 3)
        return None
    is_yaml = ".yml" in name or ".yaml" in name
    if is_yaml and "datasources:" in head and _SOURCES.search(head):
        keys = set(_SOURCE_KEYS.findall(head))
        if len(keys) < _ENOUGH:
            return None
        placed = "datasource" in name or "provisioning" in path or "grafana" in path.lower()
        if placed or _VERSION.search(head):
            return Recognition("a list of data sources as Grafana is given them", 3 if placed else 2)
    return None


def _ini(name: str, head: str) -> Recognition | None:
    if name.startswith("defaults.ini"):
        return None  # shipped, and never changed
    sections = set(_SECTION.findall(head))
    if sections and "grafana" in name and _INI_NAME.fullmatch(name):
        return Recognition("named after Grafana, with its sections", 3)
    own = sorted(sections & _OWN)
    if own and name.startswith("custom.ini"):
        return Recognition(f"custom.ini with sections of Grafana ({', '.join(own[:3])})", 3)
    if len(own) >= _ENOUGH and _CUSTOM_NAME.fullmatch(name):
        return Recognition(f"sections of Grafana ({', '.join(own[:3])})", 2)
    return None


TECHNOLOGY = Registered(
    "grafana",
    "Grafana",
    "auditor.technologies.grafana:GRAFANA",
    recognise,
    words=("grafana",),
    files="grafana.ini, custom.ini, provisioned data sources, ldap.toml",
    versions="8 to 12",
)
