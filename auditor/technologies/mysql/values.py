"""Read one value of an option as the server does (`setval` in `mysys/my_getopt.c` of MariaDB 10.11 and MySQL 8.0)."""

import re

from auditor.patterns import lazy

from .variables import Kind, Variable

_INTEGER = lazy(r"[ \t\n\v\f\r]*\+?(\d*)(.?)", re.S)
_POWERS = {letter: 10 * power for power, letter in enumerate("kmgtpe", 1)}
_TRUE = frozenset({"1", "on", "true"})
_FALSE = frozenset({"0", "off", "false"})
_COMBINED = {
    "ANSI": ("REAL_AS_FLOAT", "PIPES_AS_CONCAT", "ANSI_QUOTES", "IGNORE_SPACE", "ANSI"),
    "TRADITIONAL": (
        "STRICT_TRANS_TABLES", "STRICT_ALL_TABLES", "NO_ZERO_IN_DATE", "NO_ZERO_DATE", "ERROR_FOR_DIVISION_BY_ZERO",
        "TRADITIONAL", "NO_AUTO_CREATE_USER", "NO_ENGINE_SUBSTITUTION",
    ),
}  # fmt: skip


class RefusedError(Exception):
    """The server does not start with the value; the text says what was expected."""


def read(variable: Variable, text: str, product: str) -> str | None:
    """Return the value as `SHOW VARIABLES` has it; None where the server ignores it and the one before stays.

    Raises:
        RefusedError: the server would not start.
    """
    if variable.kind in {Kind.BOOLEAN, Kind.SWITCH}:
        return _boolean(variable, text)
    if variable.kind is Kind.INTEGER:
        return str(_integer(variable, text))
    if variable.kind is Kind.ENUM:
        return _enum(variable, text, product)
    if variable.kind is Kind.SET:
        return _set(variable, text, product)
    return text


def _boolean(variable: Variable, text: str) -> str | None:
    word = text.lower()
    if variable.kind is Kind.BOOLEAN:
        return "ON" if word in _TRUE else "OFF"
    if word in _TRUE or word.startswith("1"):
        return "ON"
    return "OFF" if word in _FALSE or word.startswith("0") else None


def _integer(variable: Variable, text: str) -> int:
    match = _INTEGER.match(text)
    if match is None or (match[2] and match[2].lower() not in _POWERS) or len(match[1]) > 20:
        raise RefusedError(f"expected a whole number for {variable.name}")
    number = int(match[1] or 0) << _POWERS.get(match[2].lower(), 0)
    if variable.name == "port" and not number:
        return 3306
    return max(variable.low, min(number, variable.high))


def _enum(variable: Variable, text: str, product: str) -> str:
    lower = text.lower()
    exact = [choice for choice in variable.choices if choice.lower() == lower]
    found = exact or [choice for choice in variable.choices if lower and choice.lower().startswith(lower)]
    if len(found) == 1:
        return found[0]
    if text.isascii() and text.isdigit() and int(text) < len(variable.choices) and product == "mariadb":
        return variable.choices[int(text)]
    if product != "mariadb":
        return text  # MySQL has other words for some of these
    raise RefusedError(f"expected one of {', '.join(variable.choices)} for {variable.name}")


def _set(variable: Variable, text: str, product: str) -> str:
    if product != "mariadb":
        return text
    if not text:
        return ""
    if text.isascii() and text.isdigit() and int(text) < 1 << len(variable.choices):
        number = int(text)
        return ",".join(choice for place, choice in enumerate(variable.choices) if number >> place & 1)
    chosen: set[str] = set()
    words = text.lower().split(",")
    for place, word in enumerate(words):
        # The last word may be a unique beginning (`find_typeset` in `mysys/typelib.c`).
        is_last = place == len(words) - 1
        exact = [choice for choice in variable.choices if choice.lower() == word.rstrip(" ")]
        begun = [choice for choice in variable.choices if is_last and choice.lower().startswith(word)]
        choice = exact[0] if exact else begun[0] if len(begun) == 1 else None
        if choice is None:
            raise RefusedError(f"expected a list of {', '.join(variable.choices[:4])} … for {variable.name}")
        chosen |= {choice, *(_COMBINED.get(choice, ()) if variable.name == "sql_mode" else ())}
    return ",".join(choice for choice in variable.choices if choice in chosen)
