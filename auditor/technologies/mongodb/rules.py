"""What keeps mongod from starting with the options it is given.

Sources: MongoDB manual 8.0, "Self-Managed Configuration File Options" (values, conflicts, "removed in 6.1" for the
journal option) and manual 3.6 release notes (HTTP interface removed); behaviour observed on 3.6.8 (wrong-case values,
lists for bindIp, auditLog and enableEncryption refused by Community).
"""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Final

from auditor.model.fact import Problem

from .document import Option
from .names import BOOLEANS, canonical

_AUTHORIZATION: Final = ("enabled", "disabled")
_CLUSTER_MODES: Final = ("keyFile", "sendKeyFile", "sendX509", "x509")
_PROFILING: Final = ("off", "slowOp", "all")
_DESTINATIONS: Final = ("file", "syslog")
_SECURITY: Final = (
    "authorization",
    "clusterAuthMode",
    "clusterAuthX509",
    "clusterIpSourceAllowlist",
    "clusterIpSourceWhitelist",
    "enableEncryption",
    "encryptionCipherMode",
    "encryptionKeyFile",
    "javascriptEnabled",
    "keyFile",
    "kmip",
    "ldap",
    "redactClientLogData",
    "sasl",
    "transitionToAuth",
    "vault",
)
_NOT_OF_ROUTERS: Final = (
    "replication.oplogSizeMB",
    "replication.replSetName",
    "security.authorization",
    "security.enableEncryption",
    "sharding.clusterRole",
    "storage",
)
"""Options of mongod that mongos does not have (manual 8.0, mongos; mongos_options.cpp of the server)."""
_ENTERPRISE_ONLY: Final = ("security.enableEncryption", "security.encryptionKeyFile", "security.kmip", "auditLog")


def version_of(text: str | None) -> tuple[int, int] | None:
    """Return (major, minor) of "7.0.14" or "7"; None if the version is not known."""
    if not text:
        return None
    major, _, rest = text.partition(".")
    minor = rest.partition(".")[0]
    return int(major), int(minor) if minor else 0


def refused_values(options: Sequence[Option]) -> Iterator[Problem]:
    """Yield what any version refuses: wrong values, misspelt names, options that exclude each other."""
    for option in options:
        expected = _expected(option)
        if expected:
            yield Problem(at=option.at, message=expected)
    modes = {option.written: option for option in options if option.name == "net.tls.mode"}
    if "net.ssl.mode" in modes and "net.tls.mode" in modes:
        yield Problem(at=modes["net.ssl.mode"].at, message="expected net.tls.mode or net.ssl.mode, not both")
    by_name = {option.written: option for option in options}
    if "noauth" in by_name and by_name["noauth"].value == "disabled":
        for other in ("auth", "keyFile", "transitionToAuth", "clusterAuthMode"):
            if other in by_name:
                yield Problem(at=by_name["noauth"].at, message=f"expected noauth or {other}, not both")


def refused_by_version(options: Sequence[Option], version: str | None, edition: str | None) -> Iterator[Problem]:
    """Yield options that this version or edition does not have."""
    known = version_of(version)
    for option in options:
        if known and known >= (6, 1) and option.name == "storage.journal.enabled":
            yield Problem(at=option.at, message="expected no journal option; 6.1 removed it, the journal is always on")
        if known and known >= (3, 6) and option.name.startswith("net.http."):
            yield Problem(at=option.at, message="expected no option of the HTTP interface; 3.6 removed it")
        if edition == "community" and option.name.startswith(_ENTERPRISE_ONLY):
            yield Problem(at=option.at, message="expected no option of MongoDB Enterprise; Community refuses it")


def refused_by_router(options: Sequence[Option]) -> Iterator[Problem]:
    """Yield options of mongod, which mongos does not recognise."""
    for option in options:
        if any(option.name == name or option.name.startswith(f"{name}.") for name in _NOT_OF_ROUTERS):
            yield Problem(at=option.at, message="expected no option of mongod; mongos does not have it")


def _expected(option: Option) -> str:
    """Say what should stand there, "" if the value is acceptable or not known."""
    name, value = option.name, option.value
    section, _, key = name.partition(".")
    if section == "security" and key and "." not in key and key not in _SECURITY:
        close = get_close_matches(key, _SECURITY, n=1, cutoff=0.85)
        if close:
            return f"expected an option that mongod knows; this resembles security.{close[0]}"
    if not isinstance(value, str):
        return ""
    if name == "net.bindIp" and option.is_list:
        return "expected the addresses of bindIp in one text, separated by commas"
    if name in BOOLEANS and value not in {"true", "false"}:
        return "expected true or false in lower case"
    return _expected_word(option, value)


def _expected_word(option: Option, value: str) -> str:
    if option.name == "net.tls.mode" and option.written != "tlsOnNormalPorts":
        suffix = "SSL" if "ssl" in option.written else "TLS"
        allowed: tuple[str, ...] = ("disabled", f"allow{suffix}", f"prefer{suffix}", f"require{suffix}")
    elif option.name == "security.authorization":
        allowed = _AUTHORIZATION
    elif option.name == "security.clusterAuthMode":
        allowed = _CLUSTER_MODES
    elif canonical(option.written) == "operationProfiling.mode":
        allowed = _PROFILING
    elif option.name == "systemLog.destination":
        allowed = _DESTINATIONS
    else:
        return ""
    return "" if value in allowed else f"expected one of {', '.join(allowed)}"
