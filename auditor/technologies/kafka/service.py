"""Brokers, controllers and Connect workers as facts: what their effective configuration means to a client."""

from auditor.model.exposure import Exposure, Reach
from auditor.model.fact import Service
from auditor.model.location import Location
from auditor.model.secret import Secret
from auditor.model.unknown import Unknown
from auditor.records import dataclass

from .denials import DenialLog
from .listeners import Address, Listener
from .loader import UNKNOWN_LINES
from .parameters import Version

_UNSIGNED = "OAUTHBEARER"


@dataclass(frozen=True, kw_only=True)
class KafkaService(Service):
    """A program of Kafka's that a property file configures.

    `doubt` is why a key that is not among the settings may be set. `parsed_version` is Kafka's own.
    """

    doubt: Unknown | None = None
    parsed_version: Version | None = None

    def text(self, name: str) -> str | Unknown:
        """Return a setting, "" if nothing sets it and it has no default; not for secrets.

        Raises:
            TypeError: the setting is a secret.
        """
        setting = self.settings.get(name)
        if setting is None:
            return self.doubt if self.doubt is not None else ""
        if isinstance(setting.value, Secret):
            raise TypeError(f"{name} is a secret")
        return setting.value

    def flag(self, name: str) -> bool | Unknown:
        """Return a true/false setting."""
        value = self.text(name)
        return value if isinstance(value, Unknown) else value.lower() == "true"

    def number(self, name: str) -> int | Unknown:
        """Return a whole number: replicas, milliseconds."""
        value = self.text(name)
        return value if isinstance(value, Unknown) else int(value or 0)

    def words(self, name: str) -> frozenset[str] | Unknown:
        """Return the items of a list divided by commas."""
        value = self.text(name)
        if isinstance(value, Unknown):
            return value
        return frozenset(part.strip() for part in value.split(",") if part.strip())

    def is_set(self, name: str) -> bool:
        """Tell whether a line, flag or variable sets `name`, be its value known or not."""
        return self.settings.is_explicit(name) and self.settings[name].source != UNKNOWN_LINES


@dataclass(frozen=True, kw_only=True)
class KafkaBroker(KafkaService):
    """A broker, a KRaft controller, or both. `listeners` are the ports it opens; `exposures` their reach by name."""

    listeners: tuple[Listener, ...] | Unknown = ()
    exposures: tuple[tuple[str, Exposure], ...] = ()
    kept_folders: tuple[str, ...] = ()
    """Folders of the container that are storage from outside it, or may be."""
    in_container: bool = False
    jmx: tuple[Location, Exposure] | Unknown | None = None
    """Where remote JMX without a login is switched on, and its reach."""
    denials: DenialLog | Unknown | None = None
    """What decides whether refused accesses are logged; None where nothing says it and Kafka's own file is in force."""

    @property
    def roles(self) -> frozenset[str] | Unknown:
        """The roles under KRaft; only `broker` under ZooKeeper."""
        value = self.words("process.roles")
        return value if isinstance(value, Unknown) else value or frozenset({"broker"})

    @property
    def is_broker(self) -> bool | Unknown:
        """Whether it keeps data; a controller keeps only the cluster's metadata."""
        roles = self.roles
        return roles if isinstance(roles, Unknown) else "broker" in roles

    @property
    def uses_zookeeper(self) -> bool | Unknown:
        """Whether the cluster's metadata are in ZooKeeper."""
        roles = self.text("process.roles")
        return roles if isinstance(roles, Unknown) else not roles

    def exposure_of(self, listener: Listener) -> Exposure:
        """Return from where a listener can be reached."""
        return dict(self.exposures).get(listener.name, self.exposure)

    @property
    def broker_listeners(self) -> tuple[Listener, ...] | Unknown:
        """The listeners for clients and other brokers."""
        found = self.listeners
        return found if isinstance(found, Unknown) else tuple(each for each in found if not each.is_controller)

    @property
    def super_users(self) -> frozenset[str] | Unknown:
        """The principals that pass every check, divided by semicolons."""
        value = self.text("super.users")
        if isinstance(value, Unknown):
            return value
        return frozenset(part.strip() for part in value.split(";") if part.strip())

    @property
    def checks_acls(self) -> bool | Unknown:
        """Whether one of Kafka's own authorizers decides, which write what they refuse into the broker's log."""
        name = self.text("authorizer.class.name")
        if isinstance(name, Unknown):
            return name
        return name.startswith(("kafka.security.", "org.apache.kafka.metadata.authorizer."))

    @property
    def data_folders(self) -> frozenset[str] | Unknown:
        """The folders of the logs; `log.dirs` beats `log.dir`."""
        several = self.words("log.dirs")
        return several if isinstance(several, Unknown) or several else self.words("log.dir")

    def is_kept(self, folder: str) -> bool:
        """Tell whether a folder lies on storage that a container gets from outside."""
        return any(f"{folder}/".startswith(f"{kept}/") for kept in self.kept_folders)

    @property
    def voters(self) -> int | Unknown:
        """How many controllers vote, as far as the static list or the bootstrap servers tell; 0 if neither is set."""
        found = self.words("controller.quorum.voters")
        if isinstance(found, Unknown) or found:
            return found if isinstance(found, Unknown) else len(found)
        servers = self.words("controller.quorum.bootstrap.servers")
        return servers if isinstance(servers, Unknown) else len(servers)

    def accepts_unsigned_tokens(self, listener: Listener) -> bool | Unknown:
        """Whether OAUTHBEARER on a listener takes tokens that nobody signed: no handler is set that checks them.

        Source: `SaslChannelBuilder.createServerCallbackHandlers` and the manual's "Unsecured Token Creation Options".
        """
        if isinstance(listener.mechanisms, Unknown):
            return listener.mechanisms
        if _UNSIGNED not in listener.mechanisms:
            return False
        handler = "oauthbearer.sasl.server.callback.handler.class"
        values = [self.text(name) for name in (f"listener.name.{listener.name.lower()}.{handler}", handler)]
        if any(value for value in values if isinstance(value, str)):
            return False
        return next((value for value in values if isinstance(value, Unknown)), True)


@dataclass(frozen=True, kw_only=True)
class KafkaProducer(KafkaService):
    """A client that writes, as far as its property file tells."""

    @property
    def acknowledgements(self) -> str | Unknown:
        """How many copies must have a message before it counts as sent: 0, 1 or all; "" if the file does not say."""
        value = self.text("acks")
        return value if isinstance(value, Unknown) else "all" if value == "-1" else value.lower()


@dataclass(frozen=True, kw_only=True)
class KafkaConnect(KafkaService):
    """A Connect worker. `addresses` are those of its REST interface, with the scheme in upper case as name."""

    addresses: tuple[Address, ...] | Unknown = ()
    rest_at: Location

    @property
    def serves_remote_clients(self) -> bool | Unknown:
        """Whether a client on another machine or in another container reaches the REST interface."""
        if isinstance(self.addresses, Unknown):
            return self.addresses
        is_loopback = self.exposure.reach is Reach.LOOPBACK or all(each.is_loopback for each in self.addresses)
        return bool(self.addresses) and not is_loopback

    @property
    def asks_who_is_there(self) -> bool | Unknown:
        """Whether every REST address asks for a login or a client certificate."""
        extensions = self.words("rest.extension.classes")
        if isinstance(extensions, Unknown) or isinstance(self.addresses, Unknown):
            return extensions if isinstance(extensions, Unknown) else Unknown("the REST listeners are not known")
        if extensions:
            return True
        own = self.text("listeners.https.ssl.client.auth")
        wanted = own if own != "" else self.text("ssl.client.auth")
        if any(each.name != "HTTPS" for each in self.addresses):
            return False
        return wanted if isinstance(wanted, Unknown) else wanted == "required"
