"""The records of one server in the order in which it tries them, and the questions that checks ask of them."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from auditor.model.fact import Service
from auditor.model.unknown import UndecidedError, Unknown
from auditor.records import dataclass

from .reach import Reached, evaluate
from .rule import Gap, HbaRule


@dataclass(frozen=True, kw_only=True)
class HbaRecords(Service):
    """Base of a fact that holds records."""

    rules: tuple[HbaRule | Gap, ...] = ()

    @property
    def ssl(self) -> bool | Unknown:
        """Whether the server offers TLS; without it, hostssl records match nothing."""
        return Unknown("no configuration of a server goes with these records")

    @cached_property
    def reached(self) -> tuple[Reached, ...]:
        """Every rule with how it can be reached, in file order."""
        return tuple(evaluate(self.rules, self.ssl))

    def reachable(self) -> Iterator[HbaRule]:
        """Yield the rules a connection can come to, `transports` narrowed to those still open.

        Raises:
            UndecidedError: at the end, if unknown records may take the connections of further rules.
        """
        for item in self.reached:
            if item.live:
                yield replace(item.rule, transports=item.live)
        self.require_known()

    def authenticating(self, *methods: str, remote: bool | None = None) -> Iterator[HbaRule]:
        """Yield the reachable rules with one of `methods`; `remote` picks those for other hosts, or for this one.

        Raises:
            UndecidedError: at the end, if a rule's method, the address asked for or the rules before it are not known.
        """
        undecided: Unknown | None = None
        for item in self.reached:
            where = item.rule.is_remote if remote is not None else None
            if not item.live or (isinstance(where, bool) and where is not remote):
                continue
            method = item.rule.method
            if isinstance(method, Unknown):
                undecided = method
            elif method in methods and isinstance(where, Unknown):
                undecided = where
            elif method in methods:
                yield replace(item.rule, transports=item.live)
        if undecided is not None:
            raise UndecidedError(undecided.reason)
        self.require_known()

    def shadowed(self) -> Iterator[Reached]:
        """Yield the rules that earlier rules leave nothing to; a record dead because TLS is off is not among them."""
        for item in self.reached:
            if item.is_dead and item.covered_by:
                yield item
        self.require_known()

    def require_known(self) -> None:
        """Raise UndecidedError if a part of the rules is not known."""
        for rule in self.rules:
            if isinstance(rule, Gap):
                raise UndecidedError(f"{rule.reason} ({rule.at})")
        for item in self.reached:
            if not item.live and item.doubtful:
                raise UndecidedError(f"whether the record can be reached depends on earlier ones ({item.rule.at})")
