"""One secret in several places: what it is used for in each, and why that is a hazard or is not."""

from enum import StrEnum

from auditor.records import dataclass

from .fact import Fact
from .location import Location
from .severity import Confidence, Severity


class Sharing(StrEnum):
    """What makes the sharing of a secret a hazard, the worst first."""

    KEY_AND_PASSWORD = "key and password"  # noqa: S105  # a kind of sharing
    """A key that signs or encrypts is also somebody's password."""
    PURPOSES = "purposes"
    """One key serves several cryptographic mechanisms."""
    ENVIRONMENTS = "environments"
    """Production and another environment have the same secret."""
    LOGINS = "logins"
    """Several accounts or servers have one password."""
    UNITS = "units"
    """Parts of the estate that have nothing to do with each other have the same secret."""


@dataclass(frozen=True)
class SecretPlace:
    """A place that holds or takes the secret; `use` says what for in words, such as `csrf` or `app at postgres db`."""

    at: Location
    key: str
    use: str


@dataclass(frozen=True)
class SecretPair:
    """Two of the uses: whether having one secret for both counts against it, and why."""

    first: SecretPlace
    second: SecretPlace
    is_counted: bool
    why: str


@dataclass(frozen=True, kw_only=True)
class SecretUses(Fact):
    """One secret with all its uses; `kind` is None where they may well have it in common.

    `name` is S-1, S-2 … in the order of first places for those that may not, "" for others.
    """

    name: str
    kind: Sharing | None
    severity: Severity
    confidence: Confidence
    purposes: tuple[str, ...]
    logins: tuple[str, ...]
    places: tuple[SecretPlace, ...]
    pairs: tuple[SecretPair, ...]
