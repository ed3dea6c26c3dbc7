"""MySQL and MariaDB as facts: what their effective configuration means to a client."""

import ipaddress

from auditor.model.fact import Problem, Service
from auditor.model.location import Location
from auditor.model.secret import Secret
from auditor.model.unknown import Unknown
from auditor.records import dataclass

from .images import RootLogin
from .loader import NOT_KNOWN_LINES
from .variables import Version

_EVERYWHERE = frozenset({"", "*", "0.0.0.0", "::", "0"})  # noqa: S104  # read, not bound


@dataclass(frozen=True, kw_only=True)
class Mysql(Service):
    """A MySQL, MariaDB or Percona server. `product` is mysql or mariadb, "" where the files do not tell.

    `plugins` are the libraries that the configuration loads, without .so. `root` is how the image creates the
    administrator, None outside such images.
    """

    product: str = ""
    edition: str = "community"
    parsed_version: Version | None = None
    plugins: tuple[str, ...] | Unknown = ()
    dropped_plugins: tuple[Problem, ...] = ()
    """Lines whose plugins a later plugin_load takes back; the message names the plugins."""
    orphan_options: tuple[Problem, ...] = ()
    """Options of plugins that nothing in the configuration loads; the message names the option."""
    unrecognised: tuple[Problem, ...] = ()
    root: RootLogin | None = None
    in_container: bool = False

    @property
    def label(self) -> str:
        """The product's name in a sentence."""
        if self.edition == "percona":
            return "Percona Server"
        return {"mysql": "MySQL", "mariadb": "MariaDB"}.get(self.product, "MySQL or MariaDB")

    def text(self, name: str) -> str | Unknown:
        """Return a variable as `SHOW VARIABLES` has it; Unknown also where this server has no such variable.

        Raises:
            TypeError: the variable is a secret.
        """
        setting = self.settings.get(name)
        if setting is None:
            return Unknown(f"{self.label} has no {name}")
        if isinstance(setting.value, Secret):
            raise TypeError(f"{name} is a secret")
        return setting.value

    def on(self, name: str) -> bool | Unknown:
        """Tell whether a switch is ON (or FORCE)."""
        value = self.text(name)
        return value if isinstance(value, Unknown) else value not in {"OFF", ""}

    def number(self, name: str) -> int | Unknown:
        """Return a number as the server counts it: seconds, a port."""
        value = self.text(name)
        return value if isinstance(value, Unknown) else int(value)

    def words(self, name: str) -> tuple[str, ...] | Unknown:
        """Return the parts of a list, without blanks around them and without empty ones."""
        value = self.text(name)
        return value if isinstance(value, Unknown) else tuple(p.strip() for p in value.split(",") if p.strip())

    def has(self, name: str) -> bool:
        """Tell whether this server may have a variable of this name."""
        return name in self.settings

    def is_set(self, name: str) -> bool:
        """Tell whether a line, option or image sets `name`, be its value known or not."""
        return self.settings.is_explicit(name) and self.settings[name].source != NOT_KNOWN_LINES

    def place(self, *names: str) -> Location:
        """Return the place of the first of the variables that is set, else of the service."""
        return next((self.where(name) for name in names if self.is_set(name)), self.at)

    @property
    def loads(self) -> frozenset[str] | Unknown:
        """The libraries loaded, in lower case."""
        return self.plugins if isinstance(self.plugins, Unknown) else frozenset(each.lower() for each in self.plugins)

    @property
    def is_open_to_all(self) -> bool | Unknown:
        """Whether the privilege tables are off, so that any name and password has all rights."""
        return self.on("skip_grant_tables")

    @property
    def has_tcp(self) -> bool | Unknown:
        """Whether it listens on TCP at all; MySQL 8.0 and later does not while the privilege tables are off."""
        off, grants = self.on("skip_networking"), self.on("skip_grant_tables")
        if off is True:
            return False
        if grants is not False and self.product != "mariadb":
            if isinstance(grants, Unknown):
                return grants
            if self.product == "" or self.parsed_version is None:
                return Unknown("whether it serves the network without privilege tables depends on product and version")
            return self.parsed_version < (8, 0)
        return off if isinstance(off, Unknown) else True

    @property
    def addresses(self) -> tuple[str, ...] | Unknown:
        """Addresses it listens on, `*` for all; empty if it listens on no TCP port."""
        tcp = self.has_tcp
        if tcp is False:
            return ()
        value = self.text("bind_address")
        if isinstance(value, Unknown) or isinstance(tcp, Unknown):
            return value if isinstance(value, Unknown) else tcp if isinstance(tcp, Unknown) else ()
        found = tuple(part.strip() for part in value.split(","))
        return tuple("*" if address in _EVERYWHERE else address for address in found)

    @property
    def listens_beyond_loopback(self) -> bool | Unknown:
        """Whether one of its addresses is not a loopback address."""
        addresses = self.addresses
        return addresses if isinstance(addresses, Unknown) else any(not is_loopback(each) for each in addresses)

    @property
    def serves_remote_clients(self) -> bool | Unknown:
        """Whether a client on another machine or in another container reaches it."""
        return False if self.exposure.is_loopback else self.listens_beyond_loopback

    @property
    def refuses_clear_text(self) -> bool | Unknown:
        """Whether a TCP client without TLS is turned away; MariaDB does not, while the privilege tables are off."""
        required, grants = self.on("require_secure_transport"), self.on("skip_grant_tables")
        if required is not True or grants is False or self.product == "mysql":
            return required
        return grants if isinstance(grants, Unknown) else False

    @property
    def has_tls(self) -> bool | Unknown:
        """Whether a client can use TLS.

        MariaDB up to 11.3 does so with a certificate, which switches `ssl` on; from 11.4 on it makes its own. MySQL 8.0
        and later makes its own unless `ssl` (gone in 8.4) or an empty `tls_version` ends it.
        """
        versions = self.text("tls_version")
        ssl = self.on("ssl") if self.has("ssl") else True
        if versions == "" and self.product == "mysql":
            return False
        if self.product == "mysql":
            if ssl is False:
                return False
            if self.parsed_version is not None and self.parsed_version < (8, 0) and not self.is_set("ssl_cert"):
                return Unknown("whether a certificate was made for it before 8.0 is not known")
            return versions if isinstance(versions, Unknown) else ssl
        if ssl is False:
            return False
        if isinstance(ssl, Unknown):
            return ssl
        return True


def is_loopback(address: str) -> bool:
    """Tell whether an address is one that only the same host reaches."""
    if address.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(address.partition("/")[0]).is_loopback
    except ValueError:
        return False
