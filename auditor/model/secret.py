"""A secret value after the parser has seen it: what may be said of it, and nothing of it."""

import hashlib
import hmac
import os
from enum import StrEnum
from typing import Final

import msgspec

_RUN_KEY: Final = os.urandom(32)
"""Random for each run, so that a digest is good for comparing values within one scan and for nothing else."""


class Charset(StrEnum):
    """The smallest class of characters that a value is made of."""

    EMPTY = "empty"
    DIGITS = "digits"
    HEX = "hex"
    LETTERS = "letters"
    ALPHANUMERIC = "letters and digits"
    MIXED = "mixed characters"


class Secret(msgspec.Struct, frozen=True, eq=True):
    """Traits and a keyed digest of a secret value; the value itself is not kept.

    `length` is in characters. `digest` is HMAC-SHA256 under a random key of this run: two secrets of one
    scan are equal exactly when their digests are, and it means nothing outside the run.
    """

    length: int
    charset: Charset
    digest: bytes

    @property
    def is_empty(self) -> bool:
        return self.length == 0

    def describe(self) -> str:
        """Say what may be said, for example `32 characters, hex`."""
        if self.is_empty:
            return "empty"
        return f"{self.length} character{'s' if self.length != 1 else ''}, {self.charset}"

    def __repr__(self) -> str:
        return f"<secret: {self.describe()}>"

    __str__ = __repr__

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle the traits and digest only (all there is), for parsing in a second process."""
        return (Secret, (self.length, self.charset, self.digest))


def seal(value: str) -> Secret:
    """Turn a plain value into a `Secret`; call it where the value is parsed and drop the value."""
    digest = hmac.digest(_RUN_KEY, value.encode("utf-8", "surrogatepass"), hashlib.sha256)
    return Secret(length=len(value), charset=_charset(value), digest=digest)


def _charset(value: str) -> Charset:
    if not value:
        return Charset.EMPTY
    if value.isascii():
        if value.isdigit():
            return Charset.DIGITS
        if all(c in "0123456789abcdefABCDEF" for c in value):
            return Charset.HEX
        if value.isalpha():
            return Charset.LETTERS
        if value.isalnum():
            return Charset.ALPHANUMERIC
    return Charset.MIXED
