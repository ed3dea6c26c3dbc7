"""A node with the configuration in force: what Elasticsearch and OpenSearch mean alike.

Sources: Elasticsearch reference 8.x, "Networking" (addresses and what takes precedence, `_local_` and its like),
"Discovery and cluster formation settings"; OpenSearch documentation 2.x, "Network settings", says the same.
"""

from dataclasses import field

from auditor.model.exposure import Exposure, Reach
from auditor.model.unknown import Unknown
from auditor.records import dataclass
from auditor.technologies.common.configured import is_loopback
from auditor.technologies.common.sectioned import Sectioned

_NOT_TOLD = Exposure(reach=Reach.UNKNOWN, reason="where it listens for other nodes is not known")
_HTTP = ("http.bind_host", "http.host", "network.bind_host", "network.host")
_TRANSPORT = ("transport.bind_host", "transport.host", "network.bind_host", "network.host")
_EVERYWHERE = frozenset({"0.0.0.0", "::", "[::]", "0", "0:0:0:0:0:0:0:0", "_global_"})  # noqa: S104  # compared
_ANY_ORIGIN = frozenset({".*", ".+", "http.*", "https?://.*", "https?://.+", "(http|https)://.*"})
"""Regular expressions, without anchors and escapes, that the address of any page matches."""
_SEEDS = (
    "discovery.seed_hosts",
    "discovery.seed_providers",
    "discovery.zen.ping.unicast.hosts",
    "discovery.zen.hosts_provider",
    "cluster.initial_master_nodes",
    "cluster.initial_cluster_manager_nodes",
)


@dataclass(frozen=True, kw_only=True)
class SearchNode(Sectioned):
    """A node of Elasticsearch or OpenSearch; `transport_exposure` is that of the port for other nodes."""

    transport_exposure: Exposure = field(default=_NOT_TOLD)

    def named(self, *, below: str = "", ending: str = "") -> tuple[str, ...]:
        """Return the names of the settings that something sets, by their beginning and ending, in file order."""
        return tuple(
            name
            for name in self.settings
            if name.startswith(below) and name.endswith(ending) and self.settings.is_explicit(name)
        )

    def has_any(self, below: str) -> bool | Unknown:
        """Return whether a setting below the prefix `below` (which ends with a dot) is set."""
        if self.named(below=below):
            return True
        gap = next((gap for gap in self.gaps if gap.touches(below.rstrip("."))), None)
        return Unknown(gap.reason) if gap is not None else False

    def _hosts(self, names: tuple[str, ...]) -> tuple[str, ...] | Unknown:
        for name in names:
            hosts = self.words(name)
            if isinstance(hosts, Unknown) or hosts:
                return hosts
        return ("_local_",)

    @property
    def http_hosts(self) -> tuple[str, ...] | Unknown:
        """The addresses that the REST interface listens on."""
        return self._hosts(_HTTP)

    @property
    def listening_setting(self) -> str:
        """The name of the setting that decides where the REST interface listens."""
        return next((name for name in _HTTP if name in self.settings), "network.host")

    @property
    def http_outside(self) -> tuple[str, ...] | Unknown:
        """The addresses of the REST interface that another host can reach."""
        hosts = self.http_hosts
        return hosts if isinstance(hosts, Unknown) else tuple(host for host in hosts if not is_local(host))

    @property
    def listens_everywhere(self) -> tuple[str, ...] | Unknown:
        """The addresses of the REST interface that stand for all of the host's."""
        hosts = self.http_hosts
        return hosts if isinstance(hosts, Unknown) else tuple(host for host in hosts if host in _EVERYWHERE)

    @property
    def transport_hosts(self) -> tuple[str, ...] | Unknown:
        """The addresses for other nodes, `_local_` as a loopback address."""
        hosts = self._hosts(_TRANSPORT)
        return hosts if isinstance(hosts, Unknown) else tuple("127.0.0.1" if is_local(h) else h for h in hosts)

    @property
    def transport_outside(self) -> tuple[str, ...] | Unknown:
        """The addresses for other nodes that another host can reach."""
        hosts = self._hosts(_TRANSPORT)
        return hosts if isinstance(hosts, Unknown) else tuple(host for host in hosts if not is_local(host))

    @property
    def is_single_node(self) -> bool | Unknown:
        """Whether it forms a cluster of its own and takes no other node in (`discovery.type: single-node`)."""
        kind = self.text("discovery.type")
        return kind if isinstance(kind, Unknown) else kind == "single-node"

    @property
    def has_peers(self) -> bool | Unknown:
        """Whether its settings name other nodes or say how to find them."""
        single = self.is_single_node
        if single is not False:
            return single if isinstance(single, Unknown) else False
        for name in _SEEDS:
            found = self.words(name)
            if isinstance(found, Unknown):
                return found
            if found and not (name.startswith("cluster.") and found == self.words("node.name")):
                return True
        return False

    @property
    def any_origin(self) -> bool | Unknown:
        """Whether pages of any site may read answers (`http.cors`; a value between slashes is a regular expression)."""
        enabled = self.is_on("http.cors.enabled")
        if enabled is not True:
            return enabled
        origin = self.text("http.cors.allow-origin")
        return origin if isinstance(origin, Unknown) else _is_any_origin(origin or "")


def _is_any_origin(text: str) -> bool:
    if not (len(text) > 1 and text.startswith("/") and text.endswith("/")):
        return text == "*"
    return text[1:-1].removeprefix("^").removesuffix("$").replace("\\", "") in _ANY_ORIGIN


def is_local(host: str) -> bool:
    """Tell whether an address to listen on is this host only (`_local_`, `_local:ipv4_`, `_lo_`, 127.0.0.1)."""
    if host.startswith("_") and host.endswith("_"):
        return host.strip("_").partition(":")[0] in {"local", "lo"}
    return is_loopback(host)
