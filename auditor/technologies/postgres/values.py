"""Values of settings as the server reads and shows them.

Source: PostgreSQL manual, "Parameter Names and Values"; `parse_bool`, `parse_int`, `convert_to_base_unit` and
`convert_int_from_base_unit` in the server.
"""

from decimal import Decimal, InvalidOperation

from auditor.patterns import lazy
from auditor.records import dataclass

_MEMORY = {"B": 1, "kB": 1024, "MB": 1024**2, "GB": 1024**3, "TB": 1024**4}
_TIME = {"us": 1, "ms": 1000, "s": 10**6, "min": 60 * 10**6, "h": 3600 * 10**6, "d": 86400 * 10**6}
_WORDS = {"true": True, "false": False, "yes": True, "no": False, "on": True, "off": False, "1": True, "0": False}
_NUMBER = lazy(
    r"\s*(?P<number>[-+]?(?:0[xX][0-9a-fA-F]+|[0-9]*\.?[0-9]*(?:[eE][-+]?[0-9]+)?))\s*(?P<unit>[A-Za-z]*)\s*"
)


_LONGEST = 64
"""Characters of a number; longer ones are out of every range, and matching them would take long."""


def parse_bool(text: str) -> bool | None:
    """Return the truth value of `on`, `off`, `true`, `false`, `yes`, `no`, `1`, `0` or a unique prefix in any case."""
    lower = text.lower()
    if not lower or lower == "o":
        return None
    for word, value in _WORDS.items():
        if word.startswith(lower):
            return value
    return None


@dataclass(frozen=True)
class Unit:
    """What a bare number counts: `name` of the unit (`ms`, `kB`, …), "" if the setting has none."""

    name: str

    @property
    def table(self) -> dict[str, int]:
        return _MEMORY if self.name in _MEMORY else _TIME if self.name in _TIME else {}


NO_UNIT = Unit("")


def parse_int(text: str, unit: Unit) -> int | None:
    """Return the number in `unit`, None if the server refuses it. `0x…` and octal `0…` count as in C."""
    match = _NUMBER.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None or not any(char.isdigit() for char in match["number"]):
        return None
    number = _number(match["number"])
    if number is None:
        return None
    if match["unit"]:
        factors = unit.table
        if match["unit"] not in factors:
            return None
        number = number * factors[match["unit"]] / factors[unit.name]
    if number.adjusted() > 12:
        return None
    try:
        rounded = int(number.to_integral_value(rounding="ROUND_HALF_EVEN"))
    except (InvalidOperation, OverflowError, ValueError):
        return None
    return rounded if -(2**31) <= rounded < 2**31 else None


def _number(text: str) -> Decimal | None:
    sign = -1 if text.startswith("-") else 1
    digits = text.lstrip("+-")
    try:
        if digits[:2].lower() == "0x":
            return Decimal(sign * int(digits, 16))
        if digits.isdigit() and digits.startswith("0") and len(digits) > 1:
            return Decimal(sign * int(digits, 8))
        return sign * Decimal(digits)
    except (InvalidOperation, ValueError):
        return None


def show_int(number: int, unit: Unit) -> str:
    """Return the number as `SHOW` prints it: in the largest unit that divides it."""
    factors = unit.table
    if not factors or number <= 0:
        return str(number)
    base = number * factors[unit.name]
    for name, factor in sorted(factors.items(), key=lambda item: -item[1]):
        if base % factor == 0 and factor >= factors[unit.name]:
            return f"{base // factor}{name}"
    return str(number)
