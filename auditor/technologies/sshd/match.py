"""The criteria of Match lines (`match_cfg_line` in `servconf.c`, OpenSSH 9.2, with the criteria of later versions)."""

from collections.abc import Iterator

from auditor.model.unknown import Unknown
from auditor.records import dataclass

from .patterns import AddressError, address_matches, any_matches, matches_list, network
from .values import port_number
from .words import QuoteError, next_word

_NAMED = ("user", "group", "host", "rdomain")
_ADDRESSES = ("address", "localaddress")
_LATER = ("version", "command", "sessiontype", "tagged")
_LATER_ALONE = ("invalid-user",)


class MatchRefusedError(Exception):
    """sshd refuses the line; the text says what it expects."""


@dataclass(frozen=True, kw_only=True)
class Client:
    """Somebody who logs in, with the groups of the account; `label` says whom it stands for, "" for all others."""

    user: str
    groups: tuple[str, ...] = ()
    address: str = "203.0.113.7"
    host: str = "client.example.org"
    local_address: str = "203.0.113.1"
    local_port: int = 22
    label: str = ""


@dataclass(frozen=True)
class Condition:
    """The criteria of one Match line, all of which must hold; none of them is the criterion `all`."""

    criteria: tuple[tuple[str, str], ...]
    is_all: bool = False
    unknown: Unknown | None = None

    def holds(self, client: Client) -> bool | Unknown:
        """Tell whether the block is in force for a client."""
        if self.is_all:
            return True
        if not all(_holds(name, value, client) for name, value in self.criteria if name not in _LATER):
            return False
        return self.unknown if self.unknown is not None else True

    @property
    def text(self) -> str:
        """The criteria in words: `User backup, Address 10.0.0.0/8`."""
        if self.is_all:
            return "all"
        return ", ".join(f"{name.capitalize()} {value}" for name, value in self.criteria)


def read_condition(text: str) -> Condition:
    """Read what stands behind the keyword Match.

    Raises:
        MatchRefusedError: sshd would not start.
    """
    try:
        words = list(_words(text))
    except QuoteError:
        raise MatchRefusedError("expected a closing quote behind Match") from None
    if not words:
        raise MatchRefusedError("expected criteria behind Match")
    criteria: list[tuple[str, str]] = []
    unknown: Unknown | None = None
    place = 0
    while place < len(words):
        name = words[place].lower()
        if name == "all" or name in _LATER_ALONE:
            if len(words) > 1:
                raise MatchRefusedError(f"expected {name} to stand alone behind Match")
            reason = Unknown("whether an account exists is not known")
            return Condition((), is_all=name == "all", unknown=None if name == "all" else reason)
        if place + 1 == len(words) or not words[place + 1]:
            raise MatchRefusedError(f"expected a pattern behind the criterion at Match ({len(criteria) + 1})")
        _check(name, words[place + 1])
        if name in _LATER:
            unknown = Unknown(f"the criterion {name} of a Match line is not evaluated")
        criteria.append((name, words[place + 1]))
        place += 2
    return Condition(tuple(criteria), unknown=unknown)


def _words(text: str) -> Iterator[str]:
    place = 0
    while place < len(text):
        word, place = next_word(text, place)
        if word.startswith("#"):
            return
        if not word and place >= len(text):
            return
        yield word


def _check(name: str, value: str) -> None:
    if value.startswith("#"):
        raise MatchRefusedError("expected a pattern before the comment behind Match")
    if name in _ADDRESSES:
        try:
            for entry in value.split(","):
                network(entry.removeprefix("!"))
        except AddressError:
            raise MatchRefusedError("expected addresses or address/bits behind Match Address") from None
    elif name == "localport":
        if port_number(value) is None:
            raise MatchRefusedError("expected a port behind Match LocalPort")
    elif name not in (*_NAMED, *_LATER):
        raise MatchRefusedError("expected one of User, Group, Host, Address, LocalAddress, LocalPort behind Match")


def _holds(name: str, value: str, client: Client) -> bool:
    if name == "user":
        return matches_list(client.user, value)
    if name == "group":
        return any_matches(client.groups, value)
    if name == "host":
        return matches_list(client.host.lower(), value.lower())
    if name == "address":
        return address_matches(client.address, value)
    if name == "localaddress":
        return address_matches(client.local_address, value)
    if name == "localport":
        return client.local_port == port_number(value)
    return matches_list("", value)  # a routing domain, which Linux hosts seldom have
