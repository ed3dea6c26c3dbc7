"""The address column of pg_hba.conf as a set of client addresses.

Source: PostgreSQL manual, "The pg_hba.conf File", and `check_hba`, `pg_range_sockaddr` in the server.
"""

import socket
from collections.abc import Sequence
from enum import StrEnum
from functools import cached_property
from ipaddress import IPv4Network, IPv6Network

from auditor.records import dataclass

Network = IPv4Network | IPv6Network


class AddressKind(StrEnum):
    """How a rule names the clients."""

    ANY = "all"
    SAME_HOST = "samehost"
    SAME_NET = "samenet"
    MASK = "mask"
    HOST_NAME = "name"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Address:
    """Clients a rule is for, `text` as written. For a mask: IP version 4 or 6, base address and mask as numbers.

    Bits of the base outside the mask do not count, and a mask need not be contiguous, as in the server.
    """

    kind: AddressKind
    text: str
    version: int = 0
    base: int = 0
    mask: int = 0

    @property
    def bits(self) -> int:
        return 32 if self.version == 4 else 128

    @cached_property
    def network(self) -> Network | None:
        """The network, None if the rule names no contiguous one."""
        if self.kind is not AddressKind.MASK:
            return None
        length = self.mask.bit_count()
        if self.mask != ((1 << length) - 1) << (self.bits - length):
            return None
        base = self.base & self.mask
        return IPv4Network((base, length)) if self.version == 4 else IPv6Network((base, length))

    @property
    def is_loopback(self) -> bool:
        """Whether only processes of the server's own host match."""
        if self.kind is AddressKind.SAME_HOST:
            return True
        if self.kind is AddressKind.HOST_NAME:
            return self.text.lower() in {"localhost", "ip6-localhost", "localhost.localdomain"}
        network = self.network
        return network is not None and network.is_loopback

    @property
    def is_any(self) -> bool:
        """Whether every client of at least one IP version matches."""
        return self.kind is AddressKind.ANY or (self.kind is AddressKind.MASK and self.mask == 0)

    def matches(self, version: int, number: int) -> bool:
        """Tell whether a client address given as a number matches; only for `all` and masks."""
        if self.kind is AddressKind.ANY:
            return True
        return self.kind is AddressKind.MASK and self.version == version and (number ^ self.base) & self.mask == 0


_EVERY_V4 = Address(AddressKind.MASK, "0.0.0.0/0", 4)
_EVERY_V6 = Address(AddressKind.MASK, "::/0", 6)


def covered(target: Address, by: Sequence[Address]) -> bool:
    """Tell whether every client that matches `target` matches one of `by`, for certain."""
    if any(_covers(other, target) for other in by):
        return True
    if target.kind is not AddressKind.MASK:
        return target.kind is not AddressKind.UNKNOWN and _all_of(_EVERY_V4, by) and _all_of(_EVERY_V6, by)
    return _all_of(target, by)


def _covers(wide: Address, narrow: Address) -> bool:
    if wide.kind is AddressKind.ANY:
        return True
    if AddressKind.UNKNOWN in {wide.kind, narrow.kind}:
        return False
    if wide.kind is AddressKind.MASK and narrow.kind is AddressKind.MASK:
        same_bits = (wide.base ^ narrow.base) & wide.mask == 0
        return wide.version == narrow.version and wide.mask & narrow.mask == wide.mask and same_bits
    if wide.kind is AddressKind.SAME_NET and narrow.kind is AddressKind.SAME_HOST:
        return True
    if wide.kind is AddressKind.HOST_NAME:
        return narrow.kind is AddressKind.HOST_NAME and wide.text.lower() == narrow.text.lower()
    return wide.kind is narrow.kind and wide.kind is not AddressKind.MASK


def _all_of(target: Address, by: Sequence[Address]) -> bool:
    """Subtract the contiguous networks of `by` from `target`; true if nothing is left."""
    whole = target.network
    if whole is None:
        return False
    left: list[Network] = [whole]
    for other in by:
        network = _EVERY_V4.network if other.kind is AddressKind.ANY else other.network
        if network is None or network.version != whole.version:
            continue
        left = [part for piece in left for part in _minus(piece, network)]
    return not left


def _minus(piece: Network, network: Network) -> list[Network]:
    if not piece.overlaps(network):
        return [piece]
    if network.prefixlen <= piece.prefixlen:
        return []
    return list(piece.address_exclude(network))  # type: ignore[arg-type]  # both have the same IP version


def parse_ip(text: str) -> tuple[int, int] | None:
    """Return (IP version, number) of a numeric address as `getaddrinfo` with AI_NUMERICHOST takes it, or None.

    Short IPv4 forms count (`10.1` is 10.0.0.1); an IPv6 zone is left out, it does not take part in the match.
    """
    if not text or not text.isascii() or not text.isprintable() or " " in text:
        return None
    if ":" in text:
        plain = text.partition("%")[0]
        try:
            return 6, int.from_bytes(socket.inet_pton(socket.AF_INET6, plain), "big")
        except OSError:
            return None
    try:
        return 4, int.from_bytes(socket.inet_aton(text), "big")
    except OSError:
        return None


def parse_length(text: str, version: int) -> int | None:
    """Return the mask for a prefix length as written after `/`, None if the server refuses it."""
    bits = 32 if version == 4 else 128
    digits = text.lstrip(" \t").removeprefix("+")
    if not digits.isascii() or not digits.isdigit():
        return None
    length = int(digits.lstrip("0")[:4] or "0")
    if length > bits:
        return None
    return ((1 << length) - 1) << (bits - length)
