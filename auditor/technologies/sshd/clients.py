"""Clients that stand for all others: one that no Match block is about, and some for each block.

What holds for everybody who logs in is found by looking at one client of each kind; a block that reopens what the
global part closed shows in the client that it matches.
"""

import ipaddress
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, product

from .match import Client, Condition
from .patterns import AddressError, address_matches, any_matches, matches_list, network
from .values import port_number

_PER_CRITERION = 6
_PER_BLOCK = 12
_MOST = 80
"""Clients looked at; configurations with more Match blocks than that are not written by people."""
_FILLINGS = ("x", "user", "")


def clients_of(conditions: Sequence[Condition], port: int) -> tuple[Client, ...]:
    """Return the clients to look at, the one without a block of its own first.

    Args:
        conditions: Those of all Match lines.
        port: One that the server listens on.
    """
    general = Client(user=_unnamed(conditions), local_port=port)
    found = [general]
    for condition in conditions:
        if condition.is_all:
            continue
        for client in islice(_matching(condition, general), _PER_BLOCK):
            if client not in found and condition.holds(client) is not False:
                found.append(client)
    return tuple(found[:_MOST])


def root_clients(clients: Sequence[Client]) -> tuple[Client, ...]:
    """Return root in the place of every client that is not a certain user."""
    general = clients[0].user
    found = [
        replace(client, user="root", groups=tuple(dict.fromkeys(("root", *client.groups))))
        for client in clients
        if client.user in {general, "root"}
    ]
    return tuple(dict.fromkeys(found))


def _unnamed(conditions: Sequence[Condition]) -> str:
    """Return a user name that no condition names."""
    named = {
        word.removeprefix("!")
        for condition in conditions
        for name, value in condition.criteria
        if name == "user"
        for word in value.split(",")
    }
    return next(name for number in range(len(named) + 1) if (name := f"somebody{number or ''}") not in named)


def _matching(condition: Condition, general: Client) -> Iterator[Client]:
    choices = [list(islice(_choices(name, value), _PER_CRITERION)) for name, value in condition.criteria]
    for chosen in product(*choices):
        client = general
        for (name, _), text in zip(condition.criteria, chosen, strict=True):
            client = _with(client, name, text)
        words = (f"{_WORDS.get(name, name)} {text}" for (name, text) in zip(_names(condition), chosen, strict=True))
        yield replace(client, label=", ".join(words))


_WORDS = {
    "user": "the user",
    "group": "the group",
    "address": "clients at",
    "host": "clients named",
    "localaddress": "connections to",
    "localport": "connections to port",
}


def _names(condition: Condition) -> list[str]:
    return [name for name, _ in condition.criteria]


def _with(client: Client, name: str, text: str) -> Client:
    if name == "user":
        return replace(client, user=text)
    if name == "group":
        return replace(client, groups=(*client.groups, text))
    if name == "host":
        return replace(client, host=text)
    if name == "address":
        return replace(client, address=text)
    if name == "localaddress":
        return replace(client, local_address=text)
    return replace(client, local_port=port_number(text) or client.local_port) if name == "localport" else client


def _choices(name: str, patterns: str) -> Iterator[str]:
    if name in {"address", "localaddress"}:
        yield from (text for text in _addresses(patterns) if _is_address_in(text, patterns))
    elif name == "localport":
        yield patterns
    else:
        for pattern in patterns.split(","):
            for filling in _FILLINGS if not pattern.startswith("!") else ():
                text = pattern.replace("*", filling).replace("?", "x")
                if text and (any_matches([text], patterns) if name == "group" else matches_list(text, patterns)):
                    yield text
                    break


def _is_address_in(text: str, patterns: str) -> bool:
    try:
        return address_matches(text, patterns)
    except (AddressError, ValueError):
        return False


def _addresses(patterns: str) -> Iterator[str]:
    for pattern in patterns.split(","):
        if pattern.startswith("!"):
            continue
        try:
            block = network(pattern)
        except AddressError:
            continue
        if block is not None:
            last = block.num_addresses - 1
            yield from dict.fromkeys(str(block[min(place, last)]) for place in (1, 2, last // 2))
            continue
        parts = ["1" if "*" in part or not part else part.replace("?", "1") for part in pattern.split(".")]
        text = ".".join((parts + ["1"] * 4)[:4])
        try:
            yield str(ipaddress.ip_address(text))
        except ValueError:
            continue
