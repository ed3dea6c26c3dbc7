"""A Cassandra server with the configuration in force.

Sources: Cassandra documentation 4.1 and 5.0, "cassandra.yaml file configuration" and "Security"; Config.java and
EncryptionOptions.java of 3.11-5.0 (AllowAllAuthenticator and AllowAllAuthorizer where none is named; `optional` counts
with and without `enabled`; `dc` and `rack` leave connections within them in clear text).
"""

from dataclasses import field

from auditor.model.exposure import Exposure
from auditor.model.unknown import Unknown
from auditor.model.workload import Workload
from auditor.records import dataclass
from auditor.technologies.common.configured import exposure_of, is_any_address, is_loopback
from auditor.technologies.common.sectioned import Sectioned
from auditor.technologies.common.versions import Range

from .script import Jmx

_NODE_PORTS = (7000, 7001)
_JMX_PORT = 7199
_TRUE = frozenset({"true", "yes", "on"})


@dataclass(frozen=True, kw_only=True)
class Cassandra(Sectioned):
    """A Cassandra server.

    `versions` are those it may have. `default_password` tells whether an image sets up the administrator `cassandra`
    with the published password; None where nothing tells.
    """

    versions: Range = field(default_factory=Range)
    jmx: Jmx = field(default_factory=Jmx)
    default_password: bool | None = None
    workload: Workload | None = None
    """The container that runs it, None for a server of a file."""

    def is_on(self, name: str) -> bool | Unknown:
        """Return whether a true/false setting is on, in the words of YAML 1.1."""
        value = self.text(name)
        return value if isinstance(value, Unknown) else (value or "").lower() in _TRUE

    def class_of(self, name: str) -> str | Unknown:
        """Return the class that a setting names, without its package."""
        value = self.text(name)
        return value if isinstance(value, Unknown) else (value or "").rpartition(".")[2]

    @property
    def authenticates(self) -> bool | Unknown:
        """Whether clients must log in."""
        name = self.class_of("authenticator")
        return name if isinstance(name, Unknown) else name not in {"", "AllowAllAuthenticator"}

    @property
    def authorizes(self) -> bool | Unknown:
        """Whether permissions are checked."""
        name = self.class_of("authorizer")
        return name if isinstance(name, Unknown) else name not in {"", "AllowAllAuthorizer"}

    @property
    def client_hosts(self) -> tuple[str, ...] | Unknown:
        """The address that clients connect to; the host's own name where none is set."""
        if self.text("rpc_interface") is not None:
            return Unknown("the address of a network interface is not known")
        address = self.text("rpc_address")
        if isinstance(address, Unknown):
            return address
        return (address or "the default address",)

    @property
    def serves_remote(self) -> bool | Unknown:
        """Whether clients of other hosts can connect."""
        hosts = self.client_hosts
        return hosts if isinstance(hosts, Unknown) else not all(is_loopback(host) for host in hosts)

    @property
    def listens_everywhere(self) -> bool | Unknown:
        """Whether clients can connect to every address of the host."""
        hosts = self.client_hosts
        return hosts if isinstance(hosts, Unknown) else any(is_any_address(host) for host in hosts)

    @property
    def client_tls(self) -> bool | Unknown:
        """Whether clients can speak TLS."""
        enabled = self.is_on("client_encryption_options.enabled")
        if enabled is not False:
            return enabled
        return self.is_on("client_encryption_options.optional")

    @property
    def plaintext_setting(self) -> str | Unknown | None:
        """The setting that lets clients in without TLS although there is TLS, None if it is required or missing."""
        tls = self.client_tls
        if tls is not True:
            return tls if isinstance(tls, Unknown) else None
        optional = self.is_on("client_encryption_options.optional")
        if optional is not False:
            return optional if isinstance(optional, Unknown) else "client_encryption_options.optional"
        port, secure = self.text("native_transport_port"), self.text("native_transport_port_ssl")
        if isinstance(secure, Unknown) or isinstance(port, Unknown):
            return secure if isinstance(secure, Unknown) else port
        return "native_transport_port_ssl" if secure is not None and secure != (port or "9042") else None

    @property
    def internode_encryption(self) -> str | Unknown:
        """Between which nodes TLS is spoken: none, rack, dc or all."""
        value = self.text("server_encryption_options.internode_encryption")
        return value if isinstance(value, Unknown) else (value or "none").lower()

    @property
    def node_exposure(self) -> Exposure:
        """From where the ports for other nodes are reached (storage_port 7000, ssl_storage_port 7001)."""
        address = self.text("listen_address")
        hosts = [address or "the default address"] if not isinstance(address, Unknown) else address
        return exposure_of(hosts, _NODE_PORTS, self.workload, self.where("listen_address"))

    @property
    def jmx_exposure(self) -> Exposure:
        """From where remote JMX is reached: port 7199 of every address."""
        return exposure_of([""], (_JMX_PORT,), self.workload, None)

    @property
    def audits(self) -> bool | Unknown:
        """Whether an audit log is written (4.0 and later)."""
        if self.versions.is_below(4, 0):
            return False
        return self.is_on("audit_logging_options.enabled")
