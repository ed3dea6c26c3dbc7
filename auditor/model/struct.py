"""The base of every type of the result."""

import msgspec


class Struct(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A part of the JSON result: immutable, plain, redacted."""
