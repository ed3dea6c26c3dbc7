"""Whether a literal in code can be a secret: code is full of names, labels and keys of dictionaries."""

from auditor.credentials.keys import tokens
from auditor.patterns import lazy

MIN_LENGTH = 8
"""Shorter literals are field names and test data more often than secrets, in characters."""
_WORDS = lazy(r"[A-Za-z]+(?:[ _.:/-]+[A-Za-z]+)*[:.?!]?")
"""What is written like this is a label, a field's name or a sentence more often than a secret."""


def is_secret_like(name: str, text: str) -> bool:
    """Tell whether `text`, bound to a name that says secret, looks like a value and not like another name."""
    if len(text) < MIN_LENGTH or any(c.isspace() for c in text) or _WORDS.fullmatch(text):
        return False
    return not set(tokens(text)) <= set(tokens(name))
