"""How hard a secret is to guess, and why one is weak; nothing of the value is in the answer.

Keys: RFC 7518 section 3.2 (a key for HS256, HS384 or HS512 is at least as long as the hash: 32, 48 or 64 bytes), and
128 bits as the strength to reach (NIST SP 800-57 Part 1 Rev. 5, section 5.6.1). Tokens: 64 bits (NIST SP 800-63B-4,
section 5.1). Passwords: at least 12 characters of four classes, none that is on lists, none that holds the name of its
user or product; a random one need not have all classes. Those numbers are what health-care frameworks ask for of
passwords (public summaries of HITRUST CSF 01.d).
"""

import math
import re
from collections.abc import Collection
from enum import StrEnum

from auditor.patterns import lazy

from .guessing import parts_of

MIN_KEY_BITS = 128
MIN_TOKEN_BITS = 64
MIN_RANDOM_BITS = 70
"""A password that looks random and has this many bits may lack a class of characters."""
MIN_PASSWORD = 12
"""Characters."""
MIN_GUESSES = 10.0
"""Decimal logarithm of the guesses that a password takes."""
KEY_BYTES = {"HS256": 32, "HS384": 48, "HS512": 64}
CHANCE_GUESSES = 8.0
"""Decimal logarithm of the guesses below which two people may choose one value."""
_MAX_ESTIMATED = 40
"""Characters that are estimated, the rest is taken to be like them."""
_BY_CHANCE = 3
"""Characters of words that random texts hold."""
_WORDS_SHARE = 0.4
"""Share of characters in words, sequences and repeats from which a value no longer looks random."""
_CLASSES = (
    ("lower-case letters", lazy(r"[a-z]"), 26),
    ("upper-case letters", lazy(r"[A-Z]"), 26),
    ("digits", lazy(r"[0-9]"), 10),
    ("other characters", lazy(r"[^A-Za-z0-9]"), 33),
)
_HEX = lazy(r"[0-9a-f]+|[0-9A-F]+")
_EVIDENT = 20
"""Characters from which the look of a value tells."""
_HEX_DIGITS = 10
"""Different ones among those of a random hexadecimal number of 20 digits or more."""
_KINDS = lazy(r"[a-z]+|[A-Z]+|[0-9]+|[^a-zA-Z0-9]+")
_LETTERS_IN_ROW = lazy(r"[a-z]{4,}|[A-Z]{4,}|[A-Z][a-z]{3,}")
_SEPARATORS = lazy(r"[^A-Za-z0-9]+")
_PASSWORD_WORD = lazy(r"pass(?:wor[dt])?(?![a-z]{2})|passwd|passphrase|passw0rd|p[a@]ssw[o0]rd", re.IGNORECASE)


class Use(StrEnum):
    """What a secret is used for, as far as its strength goes."""

    SIGNING_KEY = "signing key"
    """Signs JSON Web Tokens."""
    KEY = "key"
    TOKEN = "token"  # noqa: S105  # a kind of secret
    PASSWORD = "password"  # noqa: S105  # as above


def weakness_of(value: str, use: Use, *, names: Collection[str] = (), algorithm: str = "HS256") -> str:
    """Return the strongest reason why the value is weak, "" if it is not.

    Args:
        value: the secret.
        use: what it is for.
        names: the user's, the server's and the product's names, which a password must not hold.
        algorithm: what a signing key is used with, HS256 unless something tells.
    """
    if use is Use.PASSWORD:
        return _password(value, names)
    size = len(value.encode())
    minimum = KEY_BYTES.get(algorithm, KEY_BYTES["HS256"])
    if use is Use.SIGNING_KEY and size < minimum:
        return f"shorter than the {minimum} bytes that {algorithm} takes"
    needed = MIN_TOKEN_BITS if use is Use.TOKEN else MIN_KEY_BITS
    # Estimating takes milliseconds; what is too short even if it were random needs none.
    if ceiling(value) < needed:
        return f"shorter than {needed} bits even if it is random"
    return f"guessable: words or patterns, fewer than {needed} bits" if bits_of(value) < needed else ""


def may_be_chance(value: str) -> bool:
    """Tell whether strangers may come to the same value, as they do with a few words."""
    return _Estimate(value).guesses < CHANCE_GUESSES


def _password(value: str, names: Collection[str]) -> str:
    lower = value.lower()
    if _PASSWORD_WORD.search(value):
        return 'it holds the word "password" or a form of it'
    if any(len(name) > 3 and name.lower() in lower for name in names):
        return "it holds the name of its user, server or product"
    if len(value) < MIN_PASSWORD:
        return f"shorter than {MIN_PASSWORD} characters"
    estimate = _Estimate(value)
    if estimate.looks_random and estimate.bits >= MIN_RANDOM_BITS:
        return ""
    if estimate.guesses < MIN_GUESSES:
        return f"guessable: fewer than 10^{MIN_GUESSES:.0f} guesses by words and patterns"
    missing = [name for name, pattern, _ in _CLASSES if not pattern.search(value)]
    return f"without {' and '.join(missing)}" if missing else ""


def ceiling(value: str) -> float:
    """Return the bits that the value would have if each character were random among those of its alphabet."""
    return len(value) * math.log2(_alphabet(value)) if value else 0.0


def bits_of(value: str) -> float:
    """Estimate a value's bits: by its alphabet if it looks random, else by how words and patterns are guessed."""
    return _Estimate(value).bits


def _alphabet(value: str) -> int:
    if value.isdigit() and value.isascii():
        return 10
    if _HEX.fullmatch(value):
        return 16
    return sum(size for _, pattern, size in _CLASSES if pattern.search(value))


def _is_evidently_random(value: str) -> bool:
    """Tell whether a long value changes between kinds of characters as random ones do, with few letters in a row.

    It spares most generated secrets the search for words, which costs more than all else that is done with them.
    """
    if len(value) < _EVIDENT:
        return False
    if _HEX.fullmatch(value):
        return len(set(value)) >= _HEX_DIGITS and not value.isdigit() and value[:6] not in value[6:]
    changes = len(_KINDS.findall(value)) - 1
    in_row = sum(len(row) for row in _LETTERS_IN_ROW.findall(value))
    return changes >= 0.4 * len(value) and in_row < 0.25 * len(value) and len(set(value)) >= len(value) // 3


class _Estimate:
    """How words and patterns guess a value.

    How many characters they cover tells whether the value looks random; if so, the alphabet counts, because a random
    text holds short words by chance.
    """

    def __init__(self, value: str) -> None:
        if _is_evidently_random(value):
            self.looks_random = True
            self.bits = ceiling(value)
            self.guesses = self.bits * math.log10(2)
            return
        head = value[:_MAX_ESTIMATED]
        parts = [part for word in _SEPARATORS.split(head) if word for part in parts_of(word)]
        patterned = sum(part.length for part in parts if part.is_pattern and part.length > _BY_CHANCE)
        self.looks_random = patterned < _WORDS_SHARE * len(head)
        in_words = sum(part.guesses for part in parts) * len(value) / max(len(head), 1)
        self.guesses = in_words
        self.bits = ceiling(value) if self.looks_random else min(ceiling(value), in_words * math.log2(10))
