"""A node of OpenSearch with the configuration in force.

Sources: OpenSearch documentation 2.x, "Security settings" and "Disabling and enabling the Security plugin";
ConfigConstants.java, SSLConfigConstants.java and OpenSearchSecurityPlugin.java of the security plugin (3.x): off with
`plugins.security.disabled`, TLS without log-in with `plugins.security.ssl_only`, TLS of the REST interface off by
default, no audit log without `plugins.security.audit.type`.
"""

from typing import Final

from auditor.model.unknown import Unknown
from auditor.records import dataclass
from auditor.technologies.common.searchnode import SearchNode

_DISABLED: Final = "plugins.security.disabled"
_ALLOWED: Final = "plugins.security.allow_unsafe_democertificates"
_DEMO_USERS: Final = ("kibanaserver", "kibanaro", "logstash", "readall", "snapshotrestore")
_DEMO_FILES: Final = frozenset({"esnode.pem", "esnode-key.pem", "kirk.pem", "kirk-key.pem"})


@dataclass(frozen=True, kw_only=True)
class OpenSearch(SearchNode):
    """A node of OpenSearch or of Open Distro for Elasticsearch.

    `has_plugin` tells whether the security plugin is installed. `runs_demo_installer` tells whether the image sets up
    its demonstration certificates and users, `admin_is_chosen` whether somebody chose the administrator's password.
    """

    product: str = "OpenSearch"
    has_plugin: bool | Unknown = True
    runs_demo_installer: bool | Unknown = False
    admin_is_chosen: bool | Unknown = True

    @property
    def plugin_on(self) -> bool | Unknown:
        """Whether the security plugin is installed and not disabled."""
        if self.has_plugin is not True:
            return self.has_plugin
        disabled = self.is_on(_DISABLED)
        return disabled if isinstance(disabled, Unknown) else not disabled

    @property
    def security(self) -> bool | Unknown:
        """Whether clients must log in."""
        plugin = self.plugin_on
        if plugin is not True:
            return plugin
        only = self.is_on("plugins.security.ssl_only")
        return only if isinstance(only, Unknown) else not only

    @property
    def http_tls(self) -> bool | Unknown:
        """Whether the REST interface speaks TLS."""
        plugin = self.plugin_on
        return self.is_on("plugins.security.ssl.http.enabled") if plugin is True else plugin

    @property
    def audits(self) -> bool | Unknown:
        """Whether audit events are sent anywhere; in audit.yml they can be switched off as well."""
        kind = self.text("plugins.security.audit.type")
        if isinstance(kind, Unknown):
            return kind
        return self.plugin_on if kind not in {None, "", "noop"} else False

    @property
    def uses_demo_certificates(self) -> bool | Unknown:
        """Whether its certificate is, by its name or by the image's set-up, the published demonstration one.

        A node that does not allow them compares the digests of its files and refuses to start with one of them.
        """
        allowed = self.is_on(_ALLOWED)
        plugin = self.plugin_on
        if allowed is not True or plugin is not True:
            return allowed if allowed is not True else plugin
        names = (name for name in self.settings if name.startswith("plugins.security.ssl.") and "_filepath" in name)
        files = (self.text(name) for name in names)
        return any(isinstance(file, str) and file.rpartition("/")[2] in _DEMO_FILES for file in files)

    @property
    def published_users(self) -> tuple[str, ...] | Unknown:
        """The users that the image sets up with published passwords (the administrator's is chosen since 2.12)."""
        if self.runs_demo_installer is not True or self.security is not True:
            return Unknown(self.runs_demo_installer.reason) if isinstance(self.runs_demo_installer, Unknown) else ()
        if isinstance(self.admin_is_chosen, Unknown):
            return self.admin_is_chosen
        return _DEMO_USERS if self.admin_is_chosen else ("admin", *_DEMO_USERS)
