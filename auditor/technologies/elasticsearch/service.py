"""A node of Elasticsearch with the configuration in force.

Sources: Elasticsearch reference 6.3-8.x, "Security settings" (xpack.security.enabled: false by default with a basic or
trial licence before 8.0, true since), "Start the Elastic Stack with security enabled automatically" and
AutoConfigureNode.java of 8.x (when TLS is set up by itself), "Bootstrap checks for X-Pack".
"""

from dataclasses import field
from typing import Final

from auditor.model.unknown import Unknown
from auditor.records import dataclass
from auditor.technologies.common.searchnode import SearchNode
from auditor.technologies.common.versions import Range

_FOREIGN: Final = ("searchguard.", "readonlyrest.")
_SECURITY: Final = "xpack.security.enabled"


@dataclass(frozen=True, kw_only=True)
class Elasticsearch(SearchNode):
    """A node of Elasticsearch.

    `edition` is "oss" (no X-Pack), "elastic", "platinum" or "bitnami" by its image, None where the files do not tell.
    `versions` are those it may have. `keeps_data` tells whether its data outlives the container, `has_own_file` whether
    its settings file is not the image's, `has_password` whether the container is given ELASTIC_PASSWORD.
    """

    edition: str | None = None
    versions: Range = field(default_factory=Range)
    keeps_data: bool = False
    has_own_file: bool = False
    has_password: bool = False

    @property
    def security(self) -> bool | Unknown:
        """Whether clients must log in and the TLS settings are in force."""
        foreign = next((prefix for prefix in _FOREIGN if self.named(below=prefix)), None)
        if foreign is not None:
            return Unknown(f"the plugin {foreign.rstrip('.')} decides who may log in")
        if self.edition == "oss":
            return False
        written = self.text(_SECURITY)
        if written is not None:
            return written if isinstance(written, Unknown) else written == "true"
        if self.versions.is_at_least(8, 0):
            return True
        if self.versions.is_below(8, 0) and not self.versions.is_at_least(6, 3):
            return Unknown("before 6.3 security is part of X-Pack, which has to be installed and licensed")
        if self.versions.is_below(8, 0):
            return False
        return Unknown("8.0 and later require a log-in by default, earlier versions do not; the version is not known")

    @property
    def sets_up_tls(self) -> bool | Unknown:
        """Whether the node makes its own certificates at the first start (8.0 and later)."""
        if self.versions.is_below(8, 0) or self.edition in {"oss", "bitnami"}:
            return False
        written = self.text(_SECURITY)
        if isinstance(written, Unknown):
            return written
        if self.settings.is_explicit(_SECURITY):
            return False
        if self.text("xpack.security.autoconfiguration.enabled") == "false":
            return False
        for layer in ("transport", "http"):
            found = self.has_any(f"xpack.security.{layer}.ssl.")
            if found is not False:
                return found if isinstance(found, Unknown) else False
        peers = self.has_peers
        if peers is not False:
            return peers if isinstance(peers, Unknown) else False
        roles = self.words("node.roles")
        if isinstance(roles, Unknown):
            return roles
        if "node.roles" in self.settings and not {"master", "data", "data_content", "data_hot"} & set(roles):
            return False
        if not self.versions.is_at_least(8, 0):
            return Unknown("8.0 and later set up TLS by themselves; the version is not known")
        if not self.in_container or self.has_own_file:
            return Unknown("whether the node could write certificates into its configuration folder is not known")
        if self.keeps_data:
            return Unknown("TLS is set up at the first start only, and is lost with the container while its data stays")
        return True

    def _tls(self, layer: str) -> bool | Unknown:
        security = self.security
        if security is not True:
            return security
        written = self.text(f"xpack.security.{layer}.ssl.enabled")
        if written is not None:
            return written if isinstance(written, Unknown) else written == "true"
        return self.sets_up_tls

    @property
    def http_tls(self) -> bool | Unknown:
        """Whether the REST interface speaks TLS; without security its TLS settings are not read."""
        return self._tls("http")

    @property
    def transport_tls(self) -> bool | Unknown:
        """Whether nodes speak TLS with each other."""
        return self._tls("transport")

    @property
    def audits(self) -> bool | Unknown:
        """Whether an audit log is written: it needs security and `xpack.security.audit.enabled`."""
        enabled = self.is_on("xpack.security.audit.enabled")
        if enabled is not True:
            return enabled
        return self.security

    @property
    def destroys_by_wildcard(self) -> bool | Unknown:
        """Whether one request may delete or close indices by wildcard (the default before 8.0)."""
        written = self.text("action.destructive_requires_name")
        if written is not None:
            return written if isinstance(written, Unknown) else written == "false"
        if self.versions.is_at_least(8, 0):
            return False
        if self.versions.is_below(8, 0):
            return True
        return Unknown("8.0 and later refuse wildcards by default, earlier versions do not; the version is not known")
