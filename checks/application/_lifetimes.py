"""How long a token or a session lives, as far as a setting's name and value say in which unit."""

from collections.abc import Collection, Mapping, Sequence

from auditor.api import Entry, span_seconds, unit_seconds

_LIFETIME = frozenset(
    [
        "AGE",
        "DURATION",
        "EXP",
        "EXPIRATION",
        "EXPIRE",
        "EXPIRES",
        "EXPIRY",
        "LIFESPAN",
        "LIFETIME",
        "TIMEOUT",
        "TTL",
        "VALIDITY",
    ]
)


def _split(entry: Entry) -> tuple[list[str], float | None]:
    """Return the words of the key without its unit, and the unit in seconds if the key names one."""
    words = entry.key.split("_")
    unit = unit_seconds(words[-1]) if len(words) > 1 and len(words[-1]) > 1 else None
    if unit is not None:
        words.pop()
    if words and words[-1] in {"IN", "TIME", "AFTER"}:
        words.pop()
    return words, unit


def is_about(entry: Entry, subjects: Sequence[Sequence[str]], excluded: Collection[str]) -> bool:
    """Tell whether the key names a lifetime of one of `subjects` (all words of one), and no `excluded` word."""
    words, _ = _split(entry)
    if not words or words[-1] not in _LIFETIME or any(word in excluded for word in words):
        return False
    return any(all(word in words for word in subject) for subject in subjects)


def lifetime(entry: Entry, units: Mapping[str, float]) -> float | None:
    """Return the lifetime in seconds, None where the unit is in neither the key, the value nor `units` (by key)."""
    _, unit = _split(entry)
    return span_seconds(entry.value, unit if unit is not None else units.get(entry.key))
