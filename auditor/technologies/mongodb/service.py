"""A MongoDB server with the configuration in force."""

from typing import Final

from auditor.model.unknown import Unknown
from auditor.records import dataclass
from auditor.technologies.common.sectioned import Sectioned

from .rules import version_of

LOOPBACK: Final = frozenset(["127.0.0.1", "::1", "localhost"])


@dataclass(frozen=True, kw_only=True)
class Mongod(Sectioned):
    """A mongod, or a mongos router (`program`).

    `edition` is "community", "enterprise" or "percona", None where the files do not tell.
    """

    program: str = "mongod"
    edition: str | None = None

    def is_on(self, name: str) -> bool | Unknown:
        """Return whether a true/false option is on; one that is not set and has no default is off."""
        value = self.text(name)
        return value if isinstance(value, Unknown) else value in {"true", "1"}

    def parameter(self, name: str) -> str | Unknown | None:
        """Return a server parameter (`setParameter`)."""
        return self.text(f"setParameter.{name}")

    @property
    def is_data_node(self) -> bool:
        """Whether it stores data (a mongos does not)."""
        return self.program == "mongod"

    @property
    def internal_authentication(self) -> str | Unknown | None:
        """How members prove themselves to each other: keyFile, sendKeyFile, sendX509, x509; None: not at all.

        Without `clusterAuthMode` it is keyFile where a key file is given (manual 8.0, security.clusterAuthMode).
        """
        mode = self.text("security.clusterAuthMode")
        if mode is not None:
            return mode
        key = self.text("security.keyFile")
        return key if key is None or isinstance(key, Unknown) else "keyFile"

    @property
    def is_disabled_beside_key(self) -> bool | Unknown:
        """Whether `authorization: disabled` is written although a key file or cluster mode would turn it on."""
        internal = self.internal_authentication
        written = self.text("security.authorization")
        if isinstance(written, Unknown):
            return written
        if isinstance(internal, Unknown):
            return internal
        return internal is not None and written == "disabled" and self.settings.is_explicit("security.authorization")

    @property
    def authorization(self) -> bool | Unknown:
        """Whether clients must log in.

        A key file or a cluster mode turns it on where `authorization` is absent. Beside an explicit `disabled`,
        3.6.8 kept it on (observed) and the server's current source (8.x, storeServerOptions) turns it off; what the
        versions between do is not known here.
        """
        written = self.text("security.authorization")
        if isinstance(written, Unknown) or written == "enabled":
            return written if isinstance(written, Unknown) else True
        internal = self.internal_authentication
        if internal is None or isinstance(internal, Unknown):
            return False if internal is None else internal
        if self.is_disabled_beside_key is not True:
            return True
        version = version_of(self.version)
        if version is None or (3, 6) < version < (8, 0):
            return Unknown("authorization is disabled beside internal authentication; the versions of mongod differ")
        return version <= (3, 6)

    @property
    def bind_addresses(self) -> tuple[str, ...] | Unknown:
        """The addresses it listens on; `bindIpAll` and `*` stand for 0.0.0.0."""
        everywhere = self.is_on("net.bindIpAll")
        if isinstance(everywhere, Unknown):
            return everywhere
        if everywhere:
            return ("0.0.0.0",)  # noqa: S104  # what mongod takes * for  # the address that the configuration asks for
        listed = self.text("net.bindIp")
        if isinstance(listed, Unknown):
            return listed
        addresses = (address.strip() for address in (listed or "localhost").split(","))
        return tuple("0.0.0.0" if address == "*" else address for address in addresses if address)  # noqa: S104  # read, not bound

    @property
    def outside_addresses(self) -> tuple[str, ...] | Unknown:
        """The addresses it listens on that another host can reach."""
        addresses = self.bind_addresses
        if isinstance(addresses, Unknown):
            return addresses
        return tuple(address for address in addresses if not is_loopback(address))

    @property
    def tls_mode(self) -> str | Unknown:
        """`disabled`, `allowTLS`, `preferTLS` or `requireTLS`, whichever spelling the file uses."""
        mode = self.text("net.tls.mode")
        return mode if isinstance(mode, Unknown) else (mode or "disabled").replace("SSL", "TLS")

    @property
    def has_audit(self) -> bool | Unknown:
        """Whether the audit log of Enterprise or Percona is on."""
        destination = self.text("auditLog.destination")
        return destination if isinstance(destination, Unknown) else destination is not None

    @property
    def replica_set(self) -> str | Unknown | None:
        """The name of its replica set, None for a standalone server."""
        return self.text("replication.replSetName")

    @property
    def is_member(self) -> bool | Unknown:
        """Whether it belongs to a replica set or a sharded cluster."""
        for value in (self.replica_set, self.text("sharding.clusterRole"), self.text("sharding.configDB")):
            if isinstance(value, Unknown):
                return value
            if value:
                return True
        return False


def is_loopback(address: str) -> bool:
    """Tell whether a bind address is this host only (a path is a Unix socket)."""
    return address in LOOPBACK or address.startswith(("127.", "/"))
