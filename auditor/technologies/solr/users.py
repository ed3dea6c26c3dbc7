"""Users of BasicAuthPlugin, and whether their hashes are those of passwords that everybody knows.

Source: `Sha256AuthenticationProvider` of Solr 9.9: a text `HASH SALT`, both in base64, with
HASH = SHA-256(SHA-256(SALT + password)); without a salt SHA-256(SHA-256(password)).
"""

import base64
import binascii
import hashlib
from collections.abc import Iterator
from typing import Final

from auditor.credentials.defaults import COMMON
from auditor.formats.tree import Mapping, Scalar
from auditor.model.location import Location
from auditor.model.unknown import Unknown
from auditor.records import dataclass
from auditor.technologies.common.namedvalues import place_of

_PUBLISHED: Final = frozenset({"36dc7b97e99f4eedce0a5f55e50a876bfcac8a5d3e07f04e4f603bd66a8b215f"})
"""SHA-256 of the credential that the Reference Guide shows (5.3 to 10.1) and Bitnami's image starts with."""
_MOST_TRIED: Final = 100
"""Users whose hashes are compared with common passwords; each costs 0.3 ms."""
_NOT_TRIED: Final = Unknown(f"the hashes of the first {_MOST_TRIED} users only are compared with common passwords")


@dataclass(frozen=True)
class SolrUser:
    """A user. `is_published`: the password is the one of the manual. `is_guessable`: it is among the most common."""

    name: str
    at: Location
    is_published: bool | Unknown = False
    is_guessable: bool | Unknown = False


def read_users(settings: Mapping) -> Iterator[SolrUser]:
    """Yield the users of a BasicAuthPlugin's `credentials`."""
    credentials = settings.mapping("credentials")
    for number, (key, node) in enumerate(credentials or ()):
        if not isinstance(node, Scalar) or node.is_null:
            continue
        at = place_of(node)
        if isinstance(node.value, Unknown):
            yield SolrUser(key.text, at, node.value, node.value)
            continue
        words = node.text.split()
        digest = hashlib.sha256(" ".join(words).encode("utf-8", "surrogatepass")).hexdigest()
        published = digest in _PUBLISHED
        guessable = _is_guessable(key.text, words) if number < _MOST_TRIED and not published else False
        yield SolrUser(key.text, at, published, _NOT_TRIED if number >= _MOST_TRIED else guessable)


def _is_guessable(user: str, words: list[str]) -> bool:
    try:
        parts = [base64.b64decode(word, validate=True) for word in words]
    except (binascii.Error, ValueError):
        return False
    if not 1 <= len(parts) <= 2 or len(parts[0]) != hashlib.sha256().digest_size:
        return False
    salt = parts[1] if len(parts) == 2 else b""
    guesses = {*COMMON, user, user.lower(), f"{user}123", f"{user.lower()}123", ""}
    return any(hash_of(guess, salt) == parts[0] for guess in guesses)


def hash_of(password: str, salt: bytes) -> bytes:
    """Return the hash that Solr compares."""
    return hashlib.sha256(hashlib.sha256(salt + password.encode("utf-8", "surrogatepass")).digest()).digest()
