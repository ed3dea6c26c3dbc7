"""Which records of pg_hba.conf a connection can come to at all: the first record that matches decides.

A record is cut into cells (transport, database entry, user entry). A cell is dead if earlier records together match
all its addresses. What templates and missing includes may hold makes a cell doubtful, never dead.
Source: PostgreSQL manual, "The pg_hba.conf File": there is no fall-through and no backup.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from auditor.model.unknown import Unknown

from .address import Address, AddressKind, covered
from .rule import TRANSPORTS, Gap, HbaRule, Name, NameKind, Transport

MAX_RULES = 1000
"""Records compared with each other; the work grows with the square. Real files hold a few dozen."""
_ANYONE = Address(AddressKind.ANY, "all")


@dataclass(frozen=True)
class Reached:
    """Transports by which connections come to a rule for certain, and by which they may come.

    `covered_by` are the earlier rules that share its connections, in file order; with `live` and `doubtful` empty
    they take all of them.
    """

    rule: HbaRule
    live: frozenset[Transport]
    doubtful: frozenset[Transport]
    covered_by: tuple[HbaRule, ...]

    @property
    def is_dead(self) -> bool:
        return not self.live and not self.doubtful


def evaluate(rules: Sequence[HbaRule | Gap], ssl: bool | Unknown) -> Iterator[Reached]:
    """Yield every rule with the transports it can be reached by, in file order. `ssl` is whether the server has TLS."""
    earlier: list[HbaRule] = []
    gap = False
    for rule in rules[:MAX_RULES]:
        if isinstance(rule, Gap):
            gap = True
            continue
        yield reach(rule, earlier, ssl, gap=gap)
        earlier.append(rule)


def reach(rule: HbaRule, earlier: Sequence[HbaRule], ssl: bool | Unknown, *, gap: bool) -> Reached:
    """Evaluate one rule behind `earlier` ones; `gap` tells whether unknown records stand among these."""
    live: set[Transport] = set()
    doubtful: set[Transport] = set()
    used: dict[int, HbaRule] = {}
    for transport in _open(rule, ssl):
        same = {index: other for index, other in enumerate(earlier) if transport in other.transports}
        states = {
            _cell(rule.address or _ANYONE, cell, same, used, gap=gap) for cell in product(rule.databases, rule.users)
        }
        if "live" in states:
            live.add(transport)
        elif "doubtful" in states:
            doubtful.add(transport)
    return Reached(rule, frozenset(live), frozenset(doubtful), tuple(used[index] for index in sorted(used)))


def _open(rule: HbaRule, ssl: bool | Unknown) -> frozenset[Transport]:
    """Leave TLS out where the server has none: hostssl records then match nothing."""
    return rule.transports - {Transport.TLS} if ssl is False else rule.transports


def _cell(
    address: Address, cell: tuple[Name, Name], earlier: Mapping[int, HbaRule], used: dict[int, HbaRule], *, gap: bool
) -> str:
    database, user = cell
    certain: list[Address] = []
    possible: list[Address] = []
    for index, other in earlier.items():
        its = other.address or _ANYONE
        covers = any(name.covers(database) for name in other.databases) and any(
            name.covers(user) for name in other.users
        )
        if covers and other.type in TRANSPORTS:
            certain.append(its)
            used[index] = other
        elif _may_cover(other.databases, database) and _may_cover(other.users, user):
            possible.append(its)
    if covered(address, certain):
        return "dead"
    maybe = [*certain, *(_widest(its) for its in possible)]
    if gap or covered(address, [_widest(its) for its in maybe]):
        return "doubtful"
    return "live"


def _widest(address: Address) -> Address:
    return _ANYONE if address.kind is AddressKind.UNKNOWN else address


def _may_cover(names: Sequence[Name], target: Name) -> bool:
    """Tell whether an unknown entry could stand for everything that `target` matches."""
    return any(name.covers(target) or name.kind is NameKind.UNKNOWN for name in names)
