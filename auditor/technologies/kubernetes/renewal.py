"""Objects of operators that keep secrets up to date, as facts: External Secrets and cert-manager."""

from collections.abc import Iterator

from auditor.model.fact import Fact
from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.records import dataclass

from .catalogue import Catalogue
from .manifest import Manifest
from .reading import text

_REFRESH = "1h0m0s"
"""What `refreshInterval` defaults to (External Secrets Operator 2.7, API reference)."""


@dataclass(frozen=True, kw_only=True)
class ExternalSecret(Fact):
    """A Secret that an operator copies from a store.

    `refresh_policy` is Periodic, OnChange or CreatedOnce; `refresh_interval` a duration as Go writes it.
    """

    name: str
    refresh_policy: str | Unknown
    refresh_policy_at: Location
    refresh_interval: str | Unknown
    refresh_interval_at: Location


@dataclass(frozen=True, kw_only=True)
class CertificateManifest(Fact):
    """A certificate that cert-manager renews; `rotation_policy` is Always, Never, or "" if it does not say."""

    name: str
    rotation_policy: str | Unknown
    rotation_policy_at: Location


def renewals(catalogue: Catalogue) -> Iterator[ExternalSecret | CertificateManifest]:
    """Yield every ExternalSecret and Certificate."""
    for manifest in catalogue.of("ExternalSecret", "external-secrets.io"):
        policy, policy_at = _text(manifest, "Periodic", "spec", "refreshPolicy")
        interval, interval_at = _text(manifest, _REFRESH, "spec", "refreshInterval")
        yield ExternalSecret(
            component=manifest.id,
            technology="kubernetes",
            at=manifest.at,
            name=manifest.shown_name,
            refresh_policy=policy,
            refresh_policy_at=policy_at,
            refresh_interval=interval,
            refresh_interval_at=interval_at,
        )
    for manifest in catalogue.of("Certificate", "cert-manager.io"):
        policy, policy_at = _text(manifest, "", "spec", "privateKey", "rotationPolicy")
        yield CertificateManifest(
            component=manifest.id,
            technology="kubernetes",
            at=manifest.at,
            name=manifest.shown_name,
            rotation_policy=policy,
            rotation_policy_at=policy_at,
        )


def _text(manifest: Manifest, default: str, *path: str) -> tuple[str | Unknown, Location]:
    found = text(manifest.body, *path)
    return (found.value, found.at) if found is not None else (default, manifest.at)
