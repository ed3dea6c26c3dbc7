"""Whole numbers as configuration files write them."""

from auditor.patterns import lazy

_WHOLE = lazy(r"[0-9]{1,18}")


def is_whole_number(text: str) -> bool:
    """Tell whether a text is one to 18 ASCII digits, which `int` takes."""
    return _WHOLE.fullmatch(text) is not None


def whole_number(text: str) -> int | None:
    """Return the number that a text of ASCII digits stands for, None for every other text.

    None also for more than 18 digits, which no server keeps in its 64 bits. `str.isdigit` takes other characters for
    digits, such as `²`, which `int` refuses, and `int` refuses texts of more than 4,300 digits.
    """
    return int(text) if is_whole_number(text) else None
