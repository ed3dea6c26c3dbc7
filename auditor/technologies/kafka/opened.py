"""The listeners that a broker's settings open, and from where each can be reached."""

from collections.abc import Callable
from dataclasses import field

from auditor.model.exposure import Exposure, Reach
from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.secret import Secret
from auditor.model.setting import Origin
from auditor.model.unknown import Unknown
from auditor.records import dataclass

from .listeners import Address, Listener, names_of, parse_addresses, parse_map
from .loader import Loaded

_WIDEST = (
    Reach.PUBLISHED,
    Reach.HOST_NETWORK,
    Reach.UNKNOWN,
    Reach.CONTAINER_NETWORK,
    Reach.NAMED_PEERS,
    Reach.LOOPBACK,
)
_MAP = "listener.security.protocol.map"
_TLS_OR_SASL = frozenset({"SSL", "SASL_SSL", "SASL_PLAINTEXT"})
LOOPBACK = Exposure(reach=Reach.LOOPBACK, reason="it listens on loopback addresses only")


@dataclass
class Opened:
    """The listeners, or why they are not known, and what Kafka would refuse about them."""

    listeners: tuple[Listener, ...] | Unknown
    problems: list[Problem] = field(default_factory=list[Problem])


def open_listeners(loaded: Loaded, at: Location) -> Opened:
    """Return what the settings open."""
    written, mapped, controllers = (_text(loaded, name) for name in ("listeners", _MAP, "controller.listener.names"))
    for value in (written, mapped, controllers):
        if isinstance(value, Unknown):
            return Opened(value)
    place = loaded.settings["listeners"].at or at
    addresses, protocols = parse_addresses(str(written)), parse_map(str(mapped))
    if addresses is None:
        return Opened((), [Problem(at=place, message="expected NAME://host:port for every listener")])
    if protocols is None:
        where = loaded.settings[_MAP].at or at
        return Opened(
            (), [Problem(at=where, message="expected NAME:PROTOCOL for every listener, with a known protocol")]
        )
    names = names_of(str(controllers))
    _default_controllers(loaded, addresses, names, protocols)
    problems = list(_refused(loaded, addresses, protocols, place, at))
    found = tuple(
        _listener(loaded, address, protocols[address.name], is_controller=address.name in names, at=at)
        for address in addresses
        if address.name in protocols
    )
    return Opened(found, problems)


def _default_controllers(
    loaded: Loaded, addresses: list[Address], names: frozenset[str], protocols: dict[str, str]
) -> None:
    """Map controller listeners to PLAINTEXT as KRaft does where nothing is said of TLS or SASL."""
    is_kraft = _text(loaded, "process.roles") != ""
    if is_kraft and loaded.settings[_MAP].origin is Origin.DEFAULT:
        used = names | {address.name for address in addresses}
        if not used & _TLS_OR_SASL:
            protocols.update(dict.fromkeys(names, "PLAINTEXT"))


def _refused(
    loaded: Loaded, addresses: list[Address], protocols: dict[str, str], place: Location, at: Location
) -> list[Problem]:
    problems: list[Problem] = []
    names = [address.name for address in addresses]
    ports = [address.port for address in addresses if address.port]
    if len(set(names)) < len(names):
        problems.append(Problem(at=place, message="expected each listener name only once"))
    if len(set(ports)) < len(ports) and len({address.host for address in addresses}) == 1:
        problems.append(Problem(at=place, message="expected a port of its own for every listener"))
    if any(name not in protocols for name in names):
        message = f"expected a protocol in {_MAP} for every listener"
        problems.append(Problem(at=place, message=message))
    advertised = _text(loaded, "advertised.listeners")
    shown = parse_addresses(advertised) if isinstance(advertised, str) else []
    if any(address.host == "0.0.0.0" for address in shown or []):  # noqa: S104  # looked for, not bound
        where = loaded.settings["advertised.listeners"].at or at
        problems.append(Problem(at=where, message="expected an address that clients can use in advertised.listeners"))
    inter, security = (
        loaded.settings[name] for name in ("inter.broker.listener.name", "security.inter.broker.protocol")
    )
    if inter.value != "" and inter.at is not None and security.origin is not Origin.DEFAULT:
        message = "expected either inter.broker.listener.name or security.inter.broker.protocol, not both"
        problems.append(Problem(at=inter.at, message=message))
    return problems


def _listener(loaded: Loaded, address: Address, protocol: str, *, is_controller: bool, at: Location) -> Listener:
    prefix = f"listener.name.{address.name.lower()}."
    client_auth = _own(loaded, prefix, "ssl.client.auth")
    mechanisms = _own(loaded, prefix, "sasl.enabled.mechanisms")
    has_sasl = protocol.startswith("SASL_")
    is_mapped = loaded.settings.is_explicit(_MAP)
    place = loaded.settings["listeners"].at or at
    return Listener(
        address=address,
        protocol=protocol,
        is_controller=is_controller,
        client_auth=client_auth if isinstance(client_auth, Unknown) else client_auth.lower(),
        mechanisms=frozenset()
        if not has_sasl
        else mechanisms
        if isinstance(mechanisms, Unknown)
        else names_of(mechanisms),
        at=place,
        protocol_at=(loaded.settings[_MAP].at or place) if is_mapped else place,
    )


def _own(loaded: Loaded, prefix: str, name: str) -> str | Unknown:
    """Return a setting of one listener, the general one where it has none of its own."""
    for full in (prefix + name, name):
        setting = loaded.settings.get(full)
        if setting is not None and not isinstance(setting.value, Secret):
            return setting.value
    return loaded.doubt if loaded.doubt is not None else ""


def _text(loaded: Loaded, name: str) -> str | Unknown:
    value = loaded.settings[name].value
    return "" if isinstance(value, Secret) else value


def exposures(
    listeners: tuple[Listener, ...] | Unknown, outside: Callable[[int], Exposure]
) -> tuple[tuple[str, Exposure], ...]:
    """Return each listener's name with its reach; `outside` tells the reach of a port."""
    if isinstance(listeners, Unknown):
        return ()
    return tuple(
        (each.name, LOOPBACK if each.address.is_loopback else outside(each.address.port)) for each in listeners
    )


def widest(found: list[Exposure], default: Exposure) -> Exposure:
    """Return the exposure that lets in most."""
    return min(found, key=lambda each: _WIDEST.index(each.reach), default=default)
