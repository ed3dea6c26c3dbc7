"""Which messages a filter lets through, by facility and severity (rsyslog.conf(5), "Selectors")."""

from auditor.model.unknown import HOLE, Unknown
from auditor.patterns import lazy

SEVERITIES = ("emerg", "alert", "crit", "err", "warning", "notice", "info", "debug")
_OTHER_NAMES = {"panic": "emerg", "error": "err", "warn": "warning"}
_PRIFILT = lazy(r"\(*\s*prifilt\(\s*[\"']([^\"']*)[\"']\s*\)\s*\)*")


def selects(text: str, facility: str, severity: str) -> bool | Unknown:
    """Return whether a priority filter holds of a message; later parts of it change earlier ones."""
    if HOLE in text:
        return Unknown("a template decides about a filter")
    selected, level = False, SEVERITIES.index(severity)
    for part in text.lower().split(";"):
        facilities, _, priority = part.rpartition(".")
        listed = facilities.split(",")
        if "*" not in listed and facility not in listed:
            continue
        negated = priority.startswith("!")
        word = priority.lstrip("!")
        exact = word.startswith("=")
        word = word.lstrip("=")
        word = _OTHER_NAMES.get(word, word)
        if word == "none":
            selected = negated
        elif word == "*":
            selected = not negated
        elif word in SEVERITIES:
            limit = SEVERITIES.index(word)
            if (level == limit) if exact else (level <= limit):
                selected = not negated
        else:
            return Unknown("a filter names a priority that is not known here")
    return selected


def holds(kind: str, text: str, facility: str, severity: str) -> bool | Unknown:
    """Return whether a filter of any kind holds of a message."""
    if kind == "priority":
        return selects(text, facility, severity)
    match = _PRIFILT.fullmatch(text) if kind == "expression" else None
    if match is not None:
        return selects(match[1], facility, severity)
    return Unknown("a filter looks at more than facility and severity")
