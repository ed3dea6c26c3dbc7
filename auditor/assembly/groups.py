"""The uses of a shared secret, for the report to draw."""

from collections.abc import Callable

from auditor.model.report import SecretGroup, SecretPair, SecretUse
from auditor.model.sharing import SecretPlace, SecretUses

MAX_PAIRS = 60


def group_of(secret: SecretUses, clean: Callable[[str], str]) -> SecretGroup:
    """Return the group with texts redacted by `clean`; places of a pair are named by their numbers."""
    numbers: dict[SecretPlace, int] = {}
    for place in secret.places:
        numbers.setdefault(place, len(numbers))
    pairs = [
        SecretPair(first=numbers[pair.first], second=numbers[pair.second], counted=pair.is_counted, why=clean(pair.why))
        for pair in secret.pairs
    ]
    return SecretGroup(
        name=secret.name,
        uses=tuple(
            SecretUse(path=place.at.path, line=place.at.line, key=clean(place.key), use=clean(place.use))
            for place in numbers
        ),
        pairs=tuple(sorted(pairs, key=lambda pair: not pair.counted)[:MAX_PAIRS]),
    )
