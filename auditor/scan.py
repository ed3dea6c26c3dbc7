"""One scan: a tree in, the estate or the whole report out. No global state."""

from dataclasses import dataclass

from auditor.discovery import Examined, examine
from auditor.inventory.build import take_inventory
from auditor.inventory.files import Files
from auditor.model.fact import Fact
from auditor.sources.tree import Tree


@dataclass(frozen=True)
class Estate:
    """What a tree holds: every file with what became of it, and the facts made of them."""

    examined: tuple[Examined, ...]
    facts: tuple[Fact, ...]
    opened: frozenset[str]
    files: Files


def take_estate(tree: Tree) -> Estate:
    """Walk, read, parse and link everything in `tree`."""
    examined = tuple(examine(tree))
    files = Files(tree, examined)
    inventory = take_inventory(examined, files)
    return Estate(examined, inventory.facts, inventory.opened, files)
