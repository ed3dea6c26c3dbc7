"""Patterns of names and addresses (`match.c` and `addrmatch.c`, OpenSSH 9.2)."""

import ipaddress
from collections.abc import Iterable

_MOST_BITS = 128
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class AddressError(Exception):
    """A list holds a mask or address that sshd refuses."""


def matches(text: str, pattern: str) -> bool:
    """Tell whether `text` matches a pattern with `*` and `?`, case included, without backtracking."""
    place = star = mark = 0
    has_star, index = False, 0
    while index < len(text):
        if place < len(pattern) and pattern[place] == "*":
            has_star, star, mark = True, place, index
            place += 1
        elif place < len(pattern) and (pattern[place] == "?" or pattern[place] == text[index]):
            place += 1
            index += 1
        elif has_star:
            mark += 1
            place, index = star + 1, mark
        else:
            return False
    return all(character == "*" for character in pattern[place:])


def matches_list(text: str, patterns: str) -> bool:
    """Tell whether `text` matches a comma-separated list; a matching pattern behind `!` ends it with no."""
    found = False
    for pattern in patterns.split(","):
        if pattern.startswith("!"):
            if matches(text, pattern[1:]):
                return False
        elif matches(text, pattern):
            found = True
    return found


def any_matches(texts: Iterable[str], patterns: str) -> bool:
    """Tell whether one of the names matches and none is denied (`ga_match_pattern_list`)."""
    found = False
    texts = tuple(texts)
    for pattern in patterns.split(","):
        negated, bare = pattern.startswith("!"), pattern.removeprefix("!")
        if any(matches(text, bare) for text in texts):
            if negated:
                return False
            found = True
    return found


def network(text: str) -> Network | None:
    """Return the network of an address or address/bits; None for what sshd takes for a wildcard pattern.

    Raises:
        AddressError: an empty entry, more bits than the address has, or an address with bits behind the mask.
    """
    if not text:
        raise AddressError
    address, slash, bits = text.partition("/")
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return None
    if not slash:
        return ipaddress.ip_network(parsed)
    if not bits.isascii() or not bits.isdigit() or len(bits) > 3 or int(bits) > _MOST_BITS:
        return None
    try:
        return ipaddress.ip_network(f"{address}/{bits}")
    except ValueError:
        raise AddressError from None


def address_matches(address: str, patterns: str) -> bool:
    """Tell whether an address matches a list of addresses, networks and wildcard patterns; `!` denies.

    Raises:
        AddressError: an entry that sshd refuses.
    """
    parsed = ipaddress.ip_address(address)
    found = False
    for pattern in patterns.split(","):
        negated, bare = pattern.startswith("!"), pattern.removeprefix("!")
        block = network(bare)
        hit = matches(address, bare) if block is None else parsed in block
        if hit and negated:
            return False
        found = found or hit
    return found
