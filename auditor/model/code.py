"""What source code does with secrets."""

from auditor.records import dataclass

from .credential import FileRole
from .fact import Fact


@dataclass(frozen=True, kw_only=True)
class KeyUse(Fact):
    """A place where a program signs, verifies or encrypts with a setting.

    `symbol` is the setting's name in upper case with underscores (`JWT_SECRET`), `mechanism` what the key is used
    for there, `function` the function around it ("" for module level) and `sink` the call or setting that takes the
    key. `unit` is the folder that the program starts from. `is_separated` is True if the key is not used as it is:
    a salt or a derivation keeps the purposes apart. `is_fallback` is True if another setting is asked for first.
    """

    symbol: str
    mechanism: str
    function: str
    sink: str
    is_separated: bool
    is_fallback: bool
    unit: str
    role: FileRole


@dataclass(frozen=True, kw_only=True)
class TokenPayload(Fact):
    """The claims that a program puts in the JSON Web Tokens it signs.

    `personal` names claims that hold personal data with what they hold. `has_expiry` is None where the code adds
    claims that are not known.
    """

    function: str
    personal: tuple[tuple[str, str], ...]
    has_expiry: bool | None
    role: FileRole


@dataclass(frozen=True, kw_only=True)
class SecretsDiffer(Fact):
    """A program that refuses to start if two of its secrets are equal; `symbols` are their names."""

    symbols: frozenset[str]
