"""Other forms of one value: what stands behind percent signs, base64, hexadecimal digits and gzip.

A value is decoded in this order, up to three times, and a result counts only if it is text, so that a random value is
not taken for the encoding of something else.
"""

import base64
import binascii
import zlib
from urllib.parse import unquote_to_bytes

from auditor.patterns import lazy

MAX_DEPTH = 3
"""Decodings that are followed: a gzip stream in base64 in a Secret's base64 is three (a Helm release)."""
MAX_OUTPUT = 1024 * 1024
"""Longest result, in bytes; compressed data can grow a thousandfold."""
_MIN_LENGTH = 8
"""Shorter values are texts by chance, in characters."""
_PRINTABLE = 0.95
_PERCENT = lazy(r"%[0-9A-Fa-f]{2}")
_BASE64 = lazy(r"[A-Za-z0-9+/_-]{7,}={0,2}")
_HEX = lazy(r"(?:[0-9a-f]{2}){4,}|(?:[0-9A-F]{2}){4,}")
_GZIP = b"\x1f\x8b"
_MAGIC = (b"-----BEGIN ", b"{", b"eyJ")
"""What PEM, JSON and JSON Web Tokens begin with."""


def decoded_forms(value: str) -> tuple[str, ...]:
    """Return the texts that the value is an encoding of, the outermost encoding first; empty for plain text."""
    found: list[str] = []
    current = value
    for _ in range(MAX_DEPTH):
        if not _MIN_LENGTH <= len(current) <= MAX_OUTPUT:
            break
        after = _decode(current)
        if after is None or after == current:
            break
        found.append(after)
        current = after
    return tuple(found)


def _decode(value: str) -> str | None:
    if _PERCENT.search(value):
        return _text(unquote_to_bytes(value))
    compact = "".join(value.split())
    for data in (_base64(compact), _hex(compact)):
        if data is not None:
            text = _text(_unzipped(data) if data.startswith(_GZIP) else data)
            if text:
                return text
    return None


def _base64(value: str) -> bytes | None:
    if _BASE64.fullmatch(value) is None:
        return None
    bare = value.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None


def _hex(value: str) -> bytes | None:
    return bytes.fromhex(value) if _HEX.fullmatch(value) else None


def _unzipped(data: bytes) -> bytes:
    """Return the content of a gzip stream, nothing of one that is broken or larger than the limit."""
    reader = zlib.decompressobj(wbits=31)
    try:
        text = reader.decompress(data, MAX_OUTPUT)
    except zlib.error:
        return b""
    return text if reader.eof else b""


def _text(data: bytes) -> str | None:
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    if not text.strip():
        return None
    if data.startswith(_MAGIC):
        return text
    printable = sum(character.isprintable() or character in "\t\r\n" for character in text)
    return text if printable >= _PRINTABLE * len(text) else None
