"""Which records of pg_hba.conf a connection can come to at all: the first record that matches decides.

A record is cut into cells (transport, database entry, user entry). A cell is dead if earlier records together match
all its addresses. What templates and missing includes may hold makes a cell doubtful, never dead.
Source: PostgreSQL manual, "The pg_hba.conf File": there is no fall-through and no backup.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from auditor.model.unknown import Unknown
from auditor.records import dataclass

from .address import Address, AddressKind, covered
from .rule import TRANSPORTS, UNKNOWN, Gap, HbaRule, Name, Transport

MAX_RULES = 1000
"""Records compared with each other; the work grows with the square. Real files hold a few dozen."""
MAX_COMPARISONS = 300_000
"""Cells times earlier records that are compared; what would exceed it stays doubtful. 500 plain records need half."""
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
    work = 0
    for rule in rules[:MAX_RULES]:
        if isinstance(rule, Gap):
            gap = True
            continue
        work += len(rule.databases) * len(rule.users) * (len(earlier) + 1)
        if work > MAX_COMPARISONS:
            yield Reached(rule, frozenset(), _open(rule, ssl), ())
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
        if other.type in TRANSPORTS and not (
            other.database_set.isdisjoint(database.covering) or other.user_set.isdisjoint(user.covering)
        ):
            certain.append(its)
            used[index] = other
        elif _may_match(other.database_set, database) and _may_match(other.user_set, user):
            possible.append(its)
    if covered(address, certain):
        return "dead"
    maybe = [*certain, *(_widest(its) for its in possible)]
    if gap or covered(address, [_widest(its) for its in maybe]):
        return "doubtful"
    return "live"


def _widest(address: Address) -> Address:
    return _ANYONE if address.kind is AddressKind.UNKNOWN else address


def _may_match(names: frozenset[Name], target: Name) -> bool:
    """Tell whether the entries may match everything that `target` matches, whatever unknown ones stand for."""
    return target == UNKNOWN or UNKNOWN in names or not names.isdisjoint(target.covering)
