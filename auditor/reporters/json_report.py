"""The result as JSON (version 1): the source from which every other output can be made again."""

import hashlib
import json
import re
from typing import Final

import msgspec

from auditor.model.report import SCHEMA_VERSION, Report
from auditor.patterns import lazy

_STRAY: Final = lazy("[\ud800-\udfff]")
_NOT_PRINTABLE_ASCII: Final = re.compile(rb"[\x7f-\xff]+")


class ResultError(msgspec.DecodeError):
    """The bytes are not a result of this version; the text says where the form differs."""


def render(report: Report) -> str:
    r"""Return the report as indented JSON; the same report always gives the same bytes.

    Everything but printable ASCII is a JSON escape, so that no terminal acts on it. A file name that is not UTF-8
    appears with its stray bytes written out, for example as `\udce9`.
    """
    try:
        encoded = msgspec.json.encode(report)
    except UnicodeEncodeError:
        text = json.dumps(msgspec.to_builtins(report), ensure_ascii=False)
        encoded = _STRAY.sub(lambda match: rf"\\u{ord(match[0]):04x}", text).encode()
    # The result of a large estate is tens of megabytes: few copies at a time, and escaped before it is indented.
    encoded = _NOT_PRINTABLE_ASCII.sub(_escape, encoded)
    encoded = msgspec.json.format(encoded, indent=2)
    encoded += b"\n"
    return encoded.decode("ascii")


def digest(report: Report) -> str:
    """Return the SHA-256 (hexadecimal) of the file that `render` makes, by which other outputs name it."""
    return hashlib.sha256(render(report).encode("ascii")).hexdigest()


def _escape(match: re.Match[bytes]) -> bytes:
    return json.dumps(match[0].decode()).strip('"').replace("\x7f", r"\u007f").encode()


def read(data: bytes) -> Report:
    """Read what `render` wrote.

    Raises:
        ResultError: the bytes are not JSON, do not have the form of a result, or are of another version.
    """
    try:
        report = msgspec.json.decode(data, type=Report)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ResultError(str(error)) from error
    if report.schema_version != SCHEMA_VERSION:
        raise ResultError(f"result version {SCHEMA_VERSION} is expected")
    return report
