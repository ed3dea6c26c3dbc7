"""What reading the source code of any language has in common: names of settings, purposes of keys, and the facts."""

from .facts import Found, Module, Payload, Use, facts_of
from .names import is_configuration, names_of_one_thing, symbol_of
from .purposes import purpose
from .symbols import NOTHING, Symbols, joined
from .values import MIN_LENGTH, is_secret_like

__all__ = [
    "MIN_LENGTH",
    "NOTHING",
    "Found",
    "Module",
    "Payload",
    "Symbols",
    "Use",
    "facts_of",
    "is_configuration",
    "is_secret_like",
    "joined",
    "names_of_one_thing",
    "purpose",
    "symbol_of",
]
