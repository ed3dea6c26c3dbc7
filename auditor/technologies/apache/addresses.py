"""Addresses as `Require ip` and `Allow from` write them."""

import ipaddress
from collections.abc import Iterable

_Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def network(word: str) -> _Network | None:
    """Return the network of an address, a part of one (`10.1`) or one with bits or a mask; None if it is none."""
    address, slash, mask = word.partition("/")
    parts = address.rstrip(".").split(".")
    if ":" not in address and not slash and len(parts) < 4:
        if not all(part.isdigit() for part in parts):
            return None
        address, mask = ".".join([*parts, *["0"] * (4 - len(parts))]), str(8 * len(parts))
    elif ":" not in address and slash and len(parts) < 4:
        address = ".".join([*parts, *["0"] * (4 - len(parts))])
    try:
        return ipaddress.ip_network(f"{address}/{mask}" if mask else address, strict=False)
    except ValueError:
        return None


def within_any(address: str, words: Iterable[str]) -> bool:
    """Tell whether an address is in one of the networks."""
    wanted = ipaddress.ip_address(address)
    networks = [network(word) for word in words]
    return any(each is not None and each.version == wanted.version and wanted in each for each in networks)


def is_loopback(address: str) -> bool:
    """Tell whether only the same host reaches an address or name."""
    if address.lower() in {"localhost", "localhost.localdomain", "ip6-localhost"}:
        return True
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False
