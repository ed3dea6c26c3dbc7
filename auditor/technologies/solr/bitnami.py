"""What the start scripts of Bitnami's image make of its own variables (`libsolr.sh`, `run.sh`, Solr 8 and 9)."""

from typing import Final

from auditor.model.location import Location
from auditor.model.setting import Origin
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload

from .build import Build

_YES: Final = frozenset({"1", "yes", "true"})
_FILE: Final = """{"authentication":{"blockUnknown":true,"class":"solr.BasicAuthPlugin",
"credentials":{"administrator":"set by SOLR_ADMIN_PASSWORD"},"forwardCredentials":false},
"authorization":{"class":"solr.RuleBasedAuthorizationPlugin","permissions":[{"name":"security-edit","role":"admin"}],
"user-role":{"administrator":"admin"}}}
"""
"""What takes effect of the security.json that the script writes (`solr_generate_initial_security`)."""


def apply_bitnami(build: Build, workload: Workload) -> Source | Unknown | None:
    """Put in force what the script does, and return the security.json that it writes, None if it writes none."""
    if _is_yes(build, "SOLR_ENABLE_CLOUD_MODE") is True:
        hosts = build.values.get("SOLR_ZK_HOSTS", "zookeeper")
        build.variable("ZK_HOST", hosts, Origin.IMAGE, _place(workload, "SOLR_ENABLE_CLOUD_MODE"), "run.sh")
    tls = _is_yes(build, "SOLR_SSL_ENABLED")
    if "SOLR_SSL_ENABLED" in build.values:
        value = tls if isinstance(tls, Unknown) else "true" if tls else "false"
        build.variable("SOLR_SSL_ENABLED", value, Origin.ENVIRONMENT, _place(workload, "SOLR_SSL_ENABLED"))
    asked = _is_yes(build, "SOLR_ENABLE_AUTHENTICATION")
    if asked is not True:
        return asked if isinstance(asked, Unknown) else None
    if not {"SOLR_ADMIN_PASSWORD", "SOLR_ADMIN_PASSWORD_FILE"} & set(workload.environment) and not build.incomplete:
        build.variable("SOLR_ADMIN_PASSWORD", "bitnami", Origin.IMAGE, None, "solr-env.sh")
    at = _place(workload, "SOLR_ENABLE_AUTHENTICATION") or workload.at
    return Source(path=at.path, text=_FILE, line=at.line, column=at.column, exact=False, name="security.json")


def _is_yes(build: Build, name: str) -> bool | Unknown:
    value = build.values.get(name)
    if value is None:
        return Unknown(build.incomplete) if build.incomplete else False
    return value if isinstance(value, Unknown) else value.lower() in _YES


def _place(workload: Workload, name: str) -> Location | None:
    found = workload.environment.get(name)
    return found.at if found is not None else None
