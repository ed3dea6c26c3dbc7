"""Which settings an expression may stand for."""

from collections.abc import Iterable

from auditor.records import dataclass


@dataclass(frozen=True)
class Symbols:
    """The settings an expression may stand for, the one asked first in front; `is_separated`: not used as it is."""

    names: tuple[str, ...] = ()
    is_separated: bool = False

    def separated(self) -> "Symbols":
        """Return the same after a derivation."""
        return Symbols(self.names, is_separated=True)


NOTHING = Symbols()


def joined(found: Iterable[Symbols]) -> Symbols:
    """Return what several expressions stand for, in their order."""
    names: dict[str, None] = {}
    is_separated = False
    for symbols in found:
        names.update(dict.fromkeys(symbols.names))
        is_separated |= symbols.is_separated
    return Symbols(tuple(names), is_separated)
