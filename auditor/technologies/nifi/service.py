"""NiFi and NiFi Registry as facts: what their effective configuration means to a client.

Sources: System Administrator's Guide and source of NiFi 1.28.1 and 2.11.0 (`FrameworkServerConnectorFactory`,
`AuthorizerFactoryBean`, `LdapProvider`, `LdapUserGroupProvider`), and of NiFi Registry 2.11.0.
"""

import re
from dataclasses import field
from urllib.parse import urlsplit

from auditor.model.exposure import Exposure
from auditor.model.location import Location
from auditor.model.secret import Secret, seal
from auditor.model.unknown import Unknown
from auditor.records import dataclass
from auditor.technologies.common.configured import Configured, is_loopback
from auditor.technologies.common.versions import Range

from .parameters import BUILT_IN_KEY, GENERATED_KEY, PUBLISHED_PASSWORD
from .providers import SINGLE_USER, Provider

_NO_FILE = Unknown("the file that defines it is not in the scanned files")
_KUBERNETES = "KubernetesLeaderElectionManager"
_ENCRYPTED = frozenset({"LDAPS", "START_TLS"})
_KEY = "nifi.sensitive.props.key"
_SAML_EXPIRATION = "nifi.security.user.saml.authentication.expiration"
_EXPIRATION = "Authentication Expiration"
_BLANK_KEY = Unknown("what NiFi does about a blank key depends on its version, which the files do not tell")


@dataclass(frozen=True)
class Debugger:
    """Java's debug port, which asks nobody for a password. `is_remote` tells whether it listens on the network."""

    port: str
    is_remote: bool | Unknown
    exposure: Exposure
    at: Location


@dataclass(frozen=True)
class LdapConnection:
    """A connection to a directory. `asks_passwords` tells whether it carries those of NiFi's users."""

    provider: Provider
    asks_passwords: bool

    @property
    def strategy(self) -> str | Unknown:
        """`SIMPLE`, `ANONYMOUS`, `LDAPS` or `START_TLS`."""
        return self.provider.text("Authentication Strategy")

    @property
    def clear_host(self) -> str | Unknown | None:
        """The first server that is reached without TLS over a network, None if there is none.

        `SIMPLE` and `ANONYMOUS` encrypt only towards an address `ldaps://`. The log-in provider binds with each user's
        password, whatever the strategy is.
        """
        strategy, urls = self.strategy, self.provider.text("Url")
        if isinstance(strategy, Unknown):
            return strategy
        if strategy in _ENCRYPTED or strategy == "":
            return None
        if isinstance(urls, Unknown):
            return urls
        for url in urls.split():
            host = _host(url)
            if not url.lower().startswith("ldaps://") and not is_loopback(host):
                return host
        return None

    @property
    def carries_password(self) -> bool:
        """Whether a password crosses the connection: a user's, or the manager's, which `ANONYMOUS` leaves out."""
        return self.asks_passwords or self.strategy == "SIMPLE"


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or url
    except ValueError:
        return "a server"


@dataclass(frozen=True, kw_only=True)
class NiFi(Configured):
    """A NiFi server.

    `versions` are those it may be. `authorizer` and `login_provider` are the selected entries of authorizers.xml and
    login-identity-providers.xml, None where nothing is selected; `directories` are the connections to LDAP servers that
    they make, `directories_doubt` is why there may be more. `cluster_state` is the provider of state that nodes share.
    """

    versions: Range = field(default_factory=Range)
    authorizer: Provider | Unknown | None = field(default=_NO_FILE)
    login_provider: Provider | Unknown | None = field(default=_NO_FILE)
    directories: tuple[LdapConnection, ...] = ()
    directories_doubt: str = ""
    cluster_state: Provider | Unknown | None = field(default=_NO_FILE)
    debugger: Debugger | Unknown | None = None

    def flag(self, name: str) -> bool | Unknown:
        """Return a true/false setting, which is true when it is `true` in any case."""
        value = self.text(name)
        return value if isinstance(value, Unknown) else (value or "").lower() == "true"

    @property
    def is_plain(self) -> bool | Unknown:
        """Whether it serves HTTP without TLS, where it asks nobody who he is and gives everybody every role.

        Only one of the two ports may be set (Security Configuration).
        """
        plain, secure = self.text("nifi.web.http.port"), self.text("nifi.web.https.port")
        if isinstance(secure, Unknown):
            return secure
        if secure:
            return False
        return plain if isinstance(plain, Unknown) else bool(plain)

    @property
    def is_single_user(self) -> bool | Unknown:
        """Whether the authorizer in force approves every request of whoever is logged in."""
        plain, authorizer = self.is_plain, self.authorizer
        if isinstance(plain, Unknown) or plain:
            return plain if isinstance(plain, Unknown) else False
        if isinstance(authorizer, Unknown):
            return authorizer
        return authorizer is not None and authorizer.class_name == SINGLE_USER

    @property
    def sensitive_key_length(self) -> int | Unknown | None:
        """Characters of the key that encrypts passwords in flows, None for the key in NiFi's public source code.

        A blank key is that one before 1.14; from then on NiFi makes a random one, or does not start.
        """
        setting = self.settings.get(_KEY)
        if setting is None or (self.incomplete and not self.settings.is_explicit(_KEY)):
            return Unknown(self.incomplete or "the key is not known")
        if not isinstance(setting.value, Secret):
            return setting.value if isinstance(setting.value, Unknown) else len(setting.value)
        if not setting.value.is_empty:
            return None if setting.value == seal(BUILT_IN_KEY) else setting.value.length
        if self.versions.is_at_least(1, 14):
            return GENERATED_KEY
        return None if self.versions.is_below(1, 14) else _BLANK_KEY

    @property
    def session_lifetime(self) -> tuple[str, Location] | Unknown | None:
        """For how long a log-in by LDAP, Kerberos or SAML is valid, with its place; None where something else decides.

        The tokens of OpenID Connect live as long as those of its provider.
        """
        saml = self.is_set("nifi.security.user.saml.idp.metadata.url")
        provider = self.login_provider
        if isinstance(saml, Unknown):
            return saml
        if saml:
            expiration = self.text(_SAML_EXPIRATION)
            if isinstance(expiration, Unknown):
                return expiration
            return expiration or "", self.where(_SAML_EXPIRATION)
        if isinstance(provider, Unknown) or provider is None:
            return provider
        expiration = provider.value(_EXPIRATION)
        if isinstance(expiration, Unknown) or expiration is None:
            return expiration
        return expiration, provider.where(_EXPIRATION)

    def clear_address(self, name: str) -> str | Unknown | None:
        """Return the other host that a setting's address is fetched from over HTTP, None if it is not."""
        url = self.text(name)
        if isinstance(url, Unknown):
            return url
        host = _host(url) if url is not None and url.lower().startswith("http://") else None
        return None if host is None or is_loopback(host) else host

    @property
    def is_node(self) -> bool | Unknown:
        """Whether it is a node of a cluster."""
        return self.flag("nifi.cluster.is.node")

    @property
    def zookeeper_host(self) -> str | Unknown | None:
        """A ZooKeeper server of another host that the node is clustered through, None if there is none.

        Kubernetes Leases stand in for ZooKeeper where `KubernetesLeaderElectionManager` is chosen (from 2.0 on).
        """
        node, election = self.is_node, self.text("nifi.cluster.leader.election.implementation")
        if isinstance(node, Unknown) or not node:
            return node if isinstance(node, Unknown) else None
        if isinstance(election, Unknown):
            return election
        if (election or "").endswith(_KUBERNETES):
            return None
        servers = self.text("nifi.zookeeper.connect.string")
        if isinstance(servers, Unknown):
            return servers
        hosts = [re.sub(r":\d+(?:/.*)?$", "", each.strip()) for each in (servers or "").split(",") if each.strip()]
        return next((host for host in hosts if not is_loopback(host)), None)


@dataclass(frozen=True, kw_only=True)
class NiFiRegistry(Configured):
    """A NiFi Registry server."""

    @property
    def is_plain(self) -> bool | Unknown:
        """Whether it serves HTTP without TLS, where it asks nobody who he is (Security Configuration)."""
        plain, secure = self.text("nifi.registry.web.http.port"), self.text("nifi.registry.web.https.port")
        if isinstance(secure, Unknown):
            return secure
        if secure:
            return False
        return plain if isinstance(plain, Unknown) else bool(plain)

    @property
    def has_published_password(self) -> bool | Unknown:
        """Whether its password for the database is the one of the distribution's file."""
        setting = self.settings.get("nifi.registry.db.password")
        if setting is None:
            return Unknown(self.incomplete) if self.incomplete else False
        if isinstance(setting.value, Unknown):
            return setting.value
        return setting.value == seal(PUBLISHED_PASSWORD)

    @property
    def database_server(self) -> str | Unknown | None:
        """The kind of database server that it logs in to, None for the H2 file that it keeps itself."""
        url = self.text("nifi.registry.db.url")
        if isinstance(url, Unknown) or not url:
            return url if isinstance(url, Unknown) else None
        kind = url.removeprefix("jdbc:").partition(":")[0]
        return None if kind == "h2" else kind
