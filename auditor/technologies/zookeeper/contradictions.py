"""Combinations of settings that keep ZooKeeper from starting (`QuorumPeerConfig`, `AuthenticationHelper` of 3.8)."""

from collections.abc import Iterator

from auditor.model.fact import Problem
from auditor.model.location import Location
from auditor.model.numbers import whole_number
from auditor.model.secret import Secret
from auditor.model.unknown import Unknown

from .loader import Loaded

_SASL = "quorum.auth.enableSasl"
_LEARNER = "quorum.auth.learnerRequireSasl"
_SERVER = "quorum.auth.serverRequireSasl"
BUILT_IN_SCHEMES = frozenset({"ip", "digest"})
SASL_PROVIDER = "org.apache.zookeeper.server.auth.SASLAuthenticationProvider"
_X509_PROVIDER = "org.apache.zookeeper.server.auth.X509AuthenticationProvider"
_PROVIDED = {SASL_PROVIDER: "sasl", _X509_PROVIDER: "x509"}


def contradictions(loaded: Loaded, at: Location) -> Iterator[Problem]:
    """Yield what the server would stop at; nothing that depends on a value that is not known."""
    yield from _required(loaded, at)
    for name, address in (("clientPort", "clientPortAddress"), ("secureClientPort", "secureClientPortAddress")):
        if _text(loaded, name) == "" and _is_set(loaded, address):
            yield _problem(loaded, address, f"expected {name} beside {address}", at)
    if _is_set(loaded, "secureClientPort") and str(_text(loaded, "serverCnxnFactory")).endswith("NIOServerCnxnFactory"):
        message = (
            "expected serverCnxnFactory=org.apache.zookeeper.server.NettyServerCnxnFactory beside secureClientPort"
        )
        yield _problem(loaded, "secureClientPort", message, at)
    yield from _quorum_sasl(loaded, at)
    yield from _enforced(loaded, at)


def _required(loaded: Loaded, at: Location) -> Iterator[Problem]:
    if _text(loaded, "dataDir") == "":
        yield Problem(at=at, message="expected dataDir")
    low, high = _text(loaded, "minSessionTimeout"), _text(loaded, "maxSessionTimeout")
    tick = _text(loaded, "tickTime")
    if isinstance(low, str) and isinstance(high, str) and isinstance(tick, str) and (low or high):
        shortest, longest = _number(low, _number(tick, 0) * 2), _number(high, _number(tick, 0) * 20)
        if shortest > longest:
            name = "minSessionTimeout" if low else "maxSessionTimeout"
            yield _problem(loaded, name, "expected minSessionTimeout to be at most maxSessionTimeout", at)
    voting = [member for member in loaded.members.values() if not member.is_observer]
    if len(voting) > 1 and loaded.members_unknown is None:
        for name in ("initLimit", "syncLimit"):
            if _text(loaded, name) == "":
                yield Problem(at=voting[0].at, message=f"expected {name} for an ensemble")


def _quorum_sasl(loaded: Loaded, at: Location) -> Iterator[Problem]:
    enabled, learner, server = (_flag(loaded, name) for name in (_SASL, _LEARNER, _SERVER))
    if enabled is False and server is True:
        yield _problem(loaded, _SERVER, f"expected {_SASL}=true beside {_SERVER}", at)
    elif enabled is False and learner is True:
        yield _problem(loaded, _LEARNER, f"expected {_SASL}=true beside {_LEARNER}", at)
    elif learner is False and server is True:
        yield _problem(loaded, _SERVER, f"expected {_LEARNER}=true beside {_SERVER}", at)


def _enforced(loaded: Loaded, at: Location) -> Iterator[Problem]:
    """Since 3.7 an enforced scheme must have a provider."""
    if loaded.version is not None and loaded.version < (3, 7, 0):
        return
    schemes = enforced_schemes(loaded)
    if (
        schemes is None
        or isinstance(schemes, Unknown)
        or any(isinstance(v, Unknown) for v in loaded.providers.values())
    ):
        return
    required = _flag(loaded, "sessionRequireClientSASLAuth") is True
    name = "sessionRequireClientSASLAuth" if required else "enforce.auth.schemes"
    if not schemes:
        yield _problem(loaded, "enforce.auth.enabled", "expected enforce.auth.schemes beside enforce.auth.enabled", at)
    offered = {_PROVIDED.get(str(provider), "") for provider in loaded.providers.values()} | BUILT_IN_SCHEMES
    if _text(loaded, "secureClientPort") != "":
        offered.add("x509")
    known_providers = all(provider in _PROVIDED for provider in loaded.providers.values())
    digest_is_on = _text(loaded, "DigestAuthenticationProvider.enabled") == "true"
    if schemes - offered and known_providers and digest_is_on:
        yield _problem(loaded, name, f"expected an authProvider for the scheme that {name} asks for", at)


def enforced_schemes(loaded: Loaded) -> frozenset[str] | Unknown | None:
    """Return the schemes of which a client must have one, None if it needs none."""
    required = _flag(loaded, "sessionRequireClientSASLAuth")
    if required is True:
        return frozenset({"sasl"})
    if isinstance(required, Unknown):
        return required
    if loaded.version is not None and loaded.version < (3, 7, 0):
        return None
    enabled, schemes = _flag(loaded, "enforce.auth.enabled"), _text(loaded, "enforce.auth.schemes")
    if enabled is not True:
        return enabled if isinstance(enabled, Unknown) else None
    if isinstance(schemes, Unknown):
        return schemes
    return frozenset(scheme.strip() for scheme in schemes.split(",") if scheme.strip())


def _text(loaded: Loaded, name: str) -> str | Unknown:
    value = loaded.settings[name].value
    return "" if isinstance(value, Secret) else value


def _is_set(loaded: Loaded, name: str) -> bool:
    return isinstance(_text(loaded, name), str) and _text(loaded, name) != ""


def _flag(loaded: Loaded, name: str) -> bool | Unknown:
    value = _text(loaded, name)
    return value if isinstance(value, Unknown) else value.lower() == "true"


def _number(text: str, default: int) -> int:
    number = whole_number(text.removeprefix("+"))
    return default if number is None else number


def _problem(loaded: Loaded, name: str, message: str, at: Location) -> Problem:
    return Problem(at=loaded.settings[name].at or at, message=message)
