"""A Solr node with the configuration in force, and the configuration of a core.

Sources: `bin/solr` 9.9 and 10.0 (what becomes of the variables); `server/etc/jetty-http.xml` and `jetty-https.xml`;
Solr Reference Guide, "Securing Solr" and "Enabling SSL" (8.11, 9.9, 10.0); "Major Changes in Solr 9" (loopback and
request log by default since 9.0), "10" (SolrCloud by default, renamed variables).
"""

from dataclasses import field
from typing import Final

from auditor.formats.xml import Element
from auditor.model.exposure import Exposure, Reach
from auditor.model.fact import Service
from auditor.model.location import Location
from auditor.model.secret import Secret
from auditor.model.setting import Origin
from auditor.model.unknown import Unknown
from auditor.records import dataclass
from auditor.technologies.common.configured import Configured, is_any_address
from auditor.technologies.common.versions import Range

from .documents import with_defaults
from .properties import is_secret
from .security import Security

ADDRESS_PROPERTIES: Final = ("solr.host.bind", "solr.jetty.host", "jetty.host")
ADDRESS_VARIABLES: Final = ("SOLR_HOST_BIND", "SOLR_JETTY_HOST")
_OPEN_ACLS: Final = frozenset({"", "DefaultZkACLProvider"})
_UNREAD: Final = Exposure(reach=Reach.UNKNOWN, reason="the files do not tell")


@dataclass(frozen=True, kw_only=True)
class Solr(Configured):
    """A node. Settings are variables by their name and system properties as `-Dname`.

    `security` is its security.json, None if there is none. `is_cloud` tells whether it keeps that file in ZooKeeper.
    `options_open` is why an option that nothing sets may be set all the same, "" if it is not. `jmx_exposure` is from
    where the port of remote JMX is reached. `is_derived` tells whether steps that are not read may have changed the
    image.
    """

    security: Security | Unknown | None = None
    is_cloud: bool | Unknown = False
    versions: Range = field(default_factory=Range)
    options_open: str = ""
    jmx_exposure: Exposure = _UNREAD
    is_derived: bool = False

    def option(self, *names: str) -> str | Unknown | None:
        """Return the first of the system properties that is set, None if none is; a password is described."""
        for name in names:
            setting = self.settings.get(f"-D{name}")
            if setting is not None:
                return setting.value.describe() if isinstance(setting.value, Secret) else setting.value
        return Unknown(self.options_open or self.incomplete) if self.options_open or self.incomplete else None

    def is_on(self, variable: str, *, default: bool = False) -> bool | Unknown:
        """Return whether a variable is `true`; one that is empty or not set is `default`."""
        value = self.text(variable)
        if isinstance(value, Unknown):
            return value
        return default if not value else value == "true"

    @property
    def tls(self) -> bool | Unknown:
        """Whether it serves HTTPS: SOLR_SSL_ENABLED, or else a key store (`bin/solr`)."""
        enabled = self.text("SOLR_SSL_ENABLED")
        if isinstance(enabled, Unknown) or enabled:
            return enabled if isinstance(enabled, Unknown) else enabled == "true"
        return self.is_set("SOLR_SSL_KEY_STORE")

    @property
    def tls_setting(self) -> str:
        """The variable that decides about TLS."""
        return "SOLR_SSL_ENABLED" if "SOLR_SSL_ENABLED" in self.settings else "SOLR_SSL_KEY_STORE"

    @property
    def needs_certificate(self) -> bool | Unknown:
        """Whether only clients with a certificate get a connection."""
        tls = self.tls
        return self.is_on("SOLR_SSL_NEED_CLIENT_AUTH") if tls is True else tls

    @property
    def address(self) -> str | Unknown:
        """The address it listens on: since 9.0 loopback unless something is set, before all of the host."""
        for name in (*(f"-D{each}" for each in ADDRESS_PROPERTIES), *ADDRESS_VARIABLES):
            value = self.text(name) if name in self.settings else None
            if value is not None and value != "":
                return value
        if self.incomplete or self.options_open:
            return Unknown(self.incomplete or self.options_open)
        if self.versions.is_at_least(9, 0):
            return "127.0.0.1"
        if self.versions.is_below(9, 0):
            return "0.0.0.0"  # noqa: S104  # read, not bound
        return Unknown("the address depends on Solr's version, which is not known")

    @property
    def listens_everywhere(self) -> bool | Unknown:
        address = self.address
        return address if isinstance(address, Unknown) else is_any_address(address)

    @property
    def address_at(self) -> Location:
        """The place of what sets the address, or of the node."""
        names = (*(f"-D{each}" for each in ADDRESS_PROPERTIES), *ADDRESS_VARIABLES)
        return self.where(next((name for name in names if name in self.settings), ""))

    @property
    def authenticates(self) -> bool | Unknown:
        """Whether anybody must log in for anything (a plugin of security.json or of the command line)."""
        if self.security is None:
            plugin = self.option("authenticationPlugin", "solr.security.auth.plugin")
            if isinstance(plugin, Unknown):
                return plugin
            return Unknown(f"-DauthenticationPlugin={plugin} decides it") if plugin else False
        if isinstance(self.security, Unknown):
            return self.security
        block = self.security.block("authentication")
        return block if isinstance(block, Unknown) else block is not None

    @property
    def secured(self) -> Security | Unknown | None:
        """The security.json of a node that has users log in, None if there is no such file or no log-in in it."""
        asks = self.authenticates
        return self.security if asks is True else asks if isinstance(asks, Unknown) else None

    @property
    def passwords_as_arguments(self) -> tuple[str, ...]:
        """The settings of passwords that stand on Java's command line."""
        return tuple(name for name in self.settings if name.startswith("-D") and is_secret(name.removeprefix("-D")))

    @property
    def has_image_password(self) -> bool:
        """Whether the image sets the administrator's password, since nobody gave one (Bitnami)."""
        setting = self.settings.get("SOLR_ADMIN_PASSWORD")
        return setting is not None and setting.origin is Origin.IMAGE

    @property
    def logs_requests(self) -> bool | Unknown:
        """Whether Jetty writes its request log (the default since 9.0)."""
        value = self.text("SOLR_REQUESTLOG_ENABLED")
        if isinstance(value, Unknown) or value:
            return value if isinstance(value, Unknown) else value == "true"
        if self.versions.is_at_least(9, 0):
            return True
        return False if self.versions.is_below(9, 0) else Unknown("the request log depends on Solr's version")

    @property
    def has_zookeeper_acls(self) -> bool | Unknown:
        """Whether what it creates in ZooKeeper is protected by ACLs (`DefaultZkACLProvider` lets everybody do all)."""
        value = self.text("solr.xml/zkACLProvider")
        return value if isinstance(value, Unknown) else (value or "").rpartition(".")[2] not in _OPEN_ACLS


@dataclass(frozen=True, kw_only=True)
class SolrCore(Service):
    """A solrconfig.xml. `versions` are those of the image that holds it, or else from its luceneMatchVersion on."""

    root: Element = field(repr=False)
    versions: Range = field(default_factory=Range)

    def text(self, *path: str) -> str | Unknown | None:
        """Return the text of the first element below the nested names `path`, None if there is none."""
        words = self.root.words(*path)
        return None if words is None else with_defaults(words)

    def attribute(self, name: str, *path: str) -> str | Unknown | None:
        """Return an attribute of the first element below `path`, None if it is not there."""
        element = self.root.first(*path)
        found = element.get(name) if element is not None else None
        return None if found is None else with_defaults(found)

    def place(self, *path: str) -> Location:
        """Return the place of the first element below `path`, of the closest one above it, or of the file."""
        for length in range(len(path), 0, -1):
            element = self.root.first(*path[:length])
            if element is not None:
                return element.at
        return self.at

    def writers(self, class_name: str) -> tuple[Element, ...]:
        """Return the response writers of a class, named with or without its package."""
        found = (each for each in self.root.named("queryResponseWriter"))
        return tuple(each for each in found if (each.get("class") or "").rpartition(".")[2] == class_name)

    @property
    def includes(self) -> bool:
        """Whether parts of it may stand in another file (XInclude) or come from a template."""
        return any(each.name == "include" for each in self.root.walk())

    @property
    def reads_streaming(self) -> bool | Unknown:
        """Whether this version reads the switches of remote streaming (SOLR-14853 took them out in 8.11.3 and 9.3)."""
        if self.versions.is_at_least(9, 3):
            return False
        if self.versions.is_below(8, 11) or (self.versions.is_at_least(9, 0) and self.versions.is_below(9, 3)):
            return True
        if self.versions.exact == (8, 11) and self.version is not None:
            # A tag without a third number is the last release of the series, 8.11.4.
            return self.version in {"8.11.0", "8.11.1", "8.11.2"}
        return Unknown("whether solrconfig.xml decides about remote streaming depends on the version")

    @property
    def renders_parameters(self) -> bool | Unknown:
        """Whether Velocity's writer of this version can take a template from a request (up to 8.3)."""
        if self.versions.is_at_least(8, 4):
            return False
        return True if self.versions.is_below(8, 4) else Unknown("whether it counts depends on the version")

    @staticmethod
    def place_of(element: Element, name: str) -> Location:
        """Return the place of a child with the attribute `name`, or of the element."""
        return next((each.at for each in element.children if each.get("name") == name), element.at)

    @staticmethod
    def value_of(element: Element, name: str) -> str | Unknown | None:
        """Return the text of a child with the attribute `name`, None if there is none."""
        child = next((each for each in element.children if each.get("name") == name), None)
        return None if child is None else with_defaults(child.text.strip())
