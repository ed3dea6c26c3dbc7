"""Actions and inputs with the parameters in force.

Sources: rsyslog's manual 8.2302, "omfwd", "imtcp", "imudp", "omfile", "Queue parameters", and their older directives;
`plugins/imtcp/imtcp.c`, `tools/omfwd.c`, `runtime/nsd_gtls.c` (without a mode of authentication the name is checked).
"""

from dataclasses import field

from auditor.model.location import Location
from auditor.model.unknown import HOLE, Unknown
from auditor.patterns import lazy
from auditor.records import dataclass
from auditor.technologies.common.configured import is_loopback

from .statements import Object

TLS_DRIVERS = frozenset({"gtls", "ossl", "mbedtls"})
NETWORK = frozenset(
    "omfwd omrelp omhttp omelasticsearch omkafka omclickhouse ommongodb ommysql ompgsql omlibdbi omrabbitmq omamqp1 "
    "omhiredis omsnmp omgssapi omdtls omazureeventhubs omudpspoof ommail".split()
)


@dataclass(frozen=True)
class Action:
    """Something done with messages. Texts that no file decides are Unknown; names are those of action()."""

    kind: str
    parameters: dict[str, str | Unknown] = field(repr=False)
    at: Location
    places: dict[str, Location] = field(default_factory=dict[str, Location], repr=False)

    def text(self, name: str) -> str | Unknown:
        """Return a parameter, "" if it is not set."""
        return self.parameters.get(name, "")

    def place(self, *names: str) -> Location:
        """Return where the first of the parameters that is set stands, else the action."""
        return next((self.places[name] for name in names if name in self.places), self.at)

    @property
    def is_forward(self) -> bool:
        """Whether it sends messages to another syslog server."""
        return self.kind in {"omfwd", "omrelp"}

    @property
    def target(self) -> str:
        """The host it sends to, in words for a message."""
        target = self.text("target")
        return target if isinstance(target, str) and target else "a host that is filled in"

    @property
    def leaves_the_host(self) -> bool:
        """Whether it sends messages to another host."""
        target = self.text("target")
        local = isinstance(target, str) and is_loopback(target)
        return self.kind in NETWORK and not (self.is_forward and local) and self.works

    @property
    def is_handed_on(self) -> bool:
        """Whether a program on the same host gets the messages, which may send them on (a tunnel, an agent)."""
        target = self.text("target")
        local = isinstance(target, str) and is_loopback(target)
        return self.kind in {"omprog", "omuxsock"} or (self.is_forward and local)

    @property
    def works(self) -> bool:
        """Whether it sends at all: a driver without TLS sends nothing in the mode that asks for TLS."""
        return self.kind != "omfwd" or self.is_udp is not False or _has_driver(self)

    @property
    def is_udp(self) -> bool | Unknown:
        """Whether it sends over UDP: the default of omfwd."""
        protocol = self.text("protocol")
        if isinstance(protocol, Unknown):
            return protocol
        return self.kind == "omfwd" and protocol.lower() in {"", "udp"}

    @property
    def has_tls(self) -> bool | Unknown:
        """Whether it speaks TLS."""
        return _tls(self)

    @property
    def verifies_nobody(self) -> bool | Unknown:
        """Whether it takes every certificate of the server."""
        return _is_anonymous(self)

    @property
    def keeps_messages(self) -> bool | Unknown:
        """Whether messages wait on disk until the server takes them."""
        kind, name, retries = (self.text(key) for key in ("queue.type", "queue.filename", "action.resumeretrycount"))
        if isinstance(kind, Unknown):
            return kind
        if isinstance(name, Unknown):
            return name
        if isinstance(retries, Unknown):
            return retries
        queued = kind.lower() == "disk" or (kind.lower() in {"linkedlist", "fixedarray"} and bool(name))
        return queued and retries.strip() == "-1"


@dataclass(frozen=True)
class Listener:
    """An input that takes messages from the network. `kind` is imudp, imtcp, imptcp or imrelp."""

    kind: str
    port: str | Unknown
    address: str | Unknown
    parameters: dict[str, str | Unknown] = field(repr=False)
    at: Location
    limited: bool = False
    """Whether `$AllowedSender` names who may send."""

    def text(self, name: str) -> str | Unknown:
        """Return a parameter, "" if it is not set."""
        return self.parameters.get(name, "")

    @property
    def works(self) -> bool:
        """Whether it takes messages at all: without a driver for TLS it does not in the mode that asks for TLS."""
        return self.kind != "imtcp" or _has_driver(self)

    @property
    def is_local(self) -> bool | Unknown:
        """Whether only the same host reaches it."""
        return self.address if isinstance(self.address, Unknown) else bool(self.address) and is_loopback(self.address)

    @property
    def has_tls(self) -> bool | Unknown:
        """Whether it takes TLS only."""
        return _tls(self)

    @property
    def verifies_nobody(self) -> bool | Unknown:
        """Whether it takes messages of clients without a certificate."""
        return _is_anonymous(self)


def _tls(part: Action | Listener) -> bool | Unknown:
    if part.kind in {"imrelp", "omrelp"}:
        value = part.text("tls")
        return value if isinstance(value, Unknown) else value.lower() in {"on", "yes", "1"}
    if part.kind not in {"omfwd", "imtcp"}:
        return False
    if isinstance(part, Action) and (udp := part.is_udp) is not False:
        return udp if isinstance(udp, Unknown) else False
    mode, driver = part.text("streamdrivermode"), part.text("streamdriver")
    if isinstance(mode, Unknown):
        return mode
    if isinstance(driver, Unknown):
        return driver
    return driver.lower() in TLS_DRIVERS and mode not in {"", "0"}


def _has_driver(part: Action | Listener) -> bool:
    mode, driver = part.text("streamdrivermode"), part.text("streamdriver")
    if isinstance(mode, Unknown) or isinstance(driver, Unknown):
        return True
    return mode in {"", "0"} or driver.lower() in TLS_DRIVERS


def _is_anonymous(part: Action | Listener) -> bool | Unknown:
    mode = part.text("streamdriverauthmode")
    return mode if isinstance(mode, Unknown) else mode.lower() == "anon"


_OLD_FORWARD = lazy(
    r"(?P<tcp>@?)@(?:\((?P<options>[^)]*)\))?(?:\[(?P<six>[^\]]*)\]|(?P<host>[^:;\s]*))(?::(?P<port>[^;\s]*))?"
)


def old_action(text: str, at: Location, legacy: dict[str, tuple[str | Unknown, Location]]) -> Action:
    """Return the action that an old line means, with the `$Action…` directives before it."""
    queue = {new: legacy[old][0] for old, new in _OLD_QUEUE.items() if old in legacy}
    if text.startswith("@") and (match := _OLD_FORWARD.match(text)):
        host = match["six"] if match["six"] is not None else match["host"]
        parameters: dict[str, str | Unknown] = {
            **queue,
            "target": Unknown("a template fills in the host") if HOLE in host else host,
            "protocol": "tcp" if match["tcp"] else "udp",
            "port": match["port"] or "514",
        }
        places: dict[str, Location] = {}
        for old, new in _OLD_STREAM.items():
            if old in legacy:
                parameters[new], places[new] = legacy[old]
        return Action("omfwd", parameters, at, places)
    if text.lstrip("-").startswith(("/", "?")):
        mode = legacy.get("filecreatemode")
        path = text.lstrip("-").partition(";")[0].strip()
        found: dict[str, str | Unknown] = {"file": path}
        if mode is not None:
            return Action("omfile", {**found, "filecreatemode": mode[0]}, at, {"filecreatemode": mode[1]})
        return Action("omfile", found, at)
    if text.startswith(":"):
        return Action(text[1:].partition(":")[0].lower(), queue, at)
    if text.startswith(">"):
        return Action("ommysql", queue, at)
    return Action({"|": "ompipe", "^": "omshell"}.get(text[:1], "omusrmsg"), {}, at)


_OLD_STREAM = {
    "actionsendstreamdriver": "streamdriver",
    "actionsendstreamdrivermode": "streamdrivermode",
    "actionsendstreamdriverauthmode": "streamdriverauthmode",
    "actionsendstreamdriverpermittedpeer": "streamdriverpermittedpeers",
}
_OLD_QUEUE = {
    "actionqueuetype": "queue.type",
    "actionqueuefilename": "queue.filename",
    "actionresumeretrycount": "action.resumeretrycount",
}


def new_action(thing: Object) -> Action:
    """Return the action that an object means."""
    kind = thing.text("type")
    name = kind.lower().removeprefix("builtin:") if isinstance(kind, str) else ""
    parameters = {key.replace("streamdriver.", "streamdriver"): value.text for key, value in thing.parameters.items()}
    places = {key.replace("streamdriver.", "streamdriver"): value.at for key, value in thing.parameters.items()}
    if "streamdrivername" in parameters:
        parameters["streamdriver"] = parameters.pop("streamdrivername")
    return Action(name, parameters, thing.at, places)
