"""What the checks of shared secrets have in common: how a group becomes one finding."""

from collections.abc import Iterator, Sequence

from auditor.api import Diagnostic, Related, SecretUses, Sharing, fail


def shared(secrets: Sequence[SecretUses], kind: Sharing, *, expected: str) -> Iterator[Diagnostic]:
    """Yield one failure for each secret that is shared in this way, at its first place."""
    for secret in secrets:
        if secret.kind is not kind:
            continue
        why = dict.fromkeys(pair.why for pair in secret.pairs if pair.is_counted)
        first, *others = secret.places
        keys = ", ".join(dict.fromkeys(place.key for place in secret.places))
        yield fail(
            f"{secret.name}: {'; '.join(list(why)[:3])} ({keys})",
            at=first.at,
            severity=secret.severity,
            confidence=secret.confidence,
            related=tuple(Related(place.at, f"{place.key}: {place.use}") for place in others),
            key="+".join(sorted({place.key for place in secret.places})),
            expected=expected,
            sharing=secret,
        )
