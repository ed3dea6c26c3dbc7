"""A Kibana or OpenSearch Dashboards server with the configuration in force.

Sources: Kibana reference 8.x, "Configure Kibana" and "Security settings in Kibana"; OpenSearch documentation 2.x,
"Configuring TLS for OpenSearch Dashboards" and "Anonymous authentication"; config/opensearch_dashboards.yml of 2.x.
"""

from typing import Final
from urllib.parse import urlsplit

from auditor.model.unknown import Unknown
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.common.configured import is_loopback
from auditor.technologies.common.sectioned import Sectioned

_ADDRESS: Final = lazy(r"https?://[^\s\"',\[\]]+|https?://\[[0-9a-fA-F:]+\][^\s\"',]*")


@dataclass(frozen=True)
class Cluster:
    """An address of the cluster that it asks."""

    is_tls: bool
    host: str

    @property
    def is_remote(self) -> bool:
        """Whether it is another machine or container."""
        return not is_loopback(self.host)


@dataclass(frozen=True, kw_only=True)
class Kibana(Sectioned):
    """A server of dashboards. `is_dashboards` tells whether it is OpenSearch's."""

    is_dashboards: bool = False

    @property
    def product(self) -> str:
        """The name of the program."""
        return "OpenSearch Dashboards" if self.is_dashboards else "Kibana"

    @property
    def back(self) -> str:
        """How the settings about the cluster begin."""
        return "opensearch" if self.is_dashboards else "elasticsearch"

    @property
    def host(self) -> str | Unknown:
        """The address that browsers connect to; Node takes 0 for all of them."""
        value = self.text("server.host")
        if isinstance(value, Unknown):
            return value
        return "::" if value == "0" else value or "localhost"

    @property
    def clusters(self) -> tuple[Cluster, ...] | Unknown:
        """The addresses of the cluster."""
        value = self.text(f"{self.back}.hosts")
        if isinstance(value, Unknown):
            return value
        found: list[Cluster] = []
        for match in _ADDRESS.finditer(value or ""):
            try:
                parts = urlsplit(match[0])
                found.append(Cluster(parts.scheme == "https", parts.hostname or ""))
            except ValueError:
                return Unknown("an address of the cluster cannot be read")
        return tuple(found)

    @property
    def remote_clusters(self) -> tuple[Cluster, ...] | Unknown:
        """The addresses of the cluster that are not this host."""
        found = self.clusters
        return found if isinstance(found, Unknown) else tuple(each for each in found if each.is_remote)

    def is_neighbour(self, cluster: Cluster) -> bool:
        """Tell whether an address is a name on the network of its own container."""
        return self.in_container and "." not in cluster.host

    @property
    def anonymous_setting(self) -> str | Unknown | None:
        """The setting that lets browsers in without a log-in, None if nothing does."""
        name = "opensearch_security.auth.anonymous_auth_enabled"
        if self.is_dashboards:
            on = self.is_on(name)
            return on if isinstance(on, Unknown) else name if on else None
        below = "xpack.security.authc.providers.anonymous."
        found = [each for each in self.settings if each.startswith(below)]
        switches = [each for each in found if each.endswith(".enabled") and self.text(each) == "false"]
        return found[0] if found and not switches else None
