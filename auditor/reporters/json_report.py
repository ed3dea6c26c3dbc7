"""The result as JSON (version 1): the source from which every other output can be made again."""

import json
import re
from typing import Final

import msgspec

from auditor.model.report import SCHEMA_VERSION, Report

_STRAY: Final = re.compile("[\ud800-\udfff]")
_ACTIVE: Final = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")


class ResultError(msgspec.DecodeError):
    """The bytes are not a result of this version; the text says where the form differs."""


def render(report: Report) -> str:
    r"""Return the report as indented JSON; the same report always gives the same bytes.

    Characters that a terminal would act on are JSON escapes. A file name that is not UTF-8 appears with its
    stray bytes written out, for example as `\udce9`.
    """
    try:
        encoded = msgspec.json.encode(report)
    except UnicodeEncodeError:
        text = json.dumps(msgspec.to_builtins(report), ensure_ascii=False)
        encoded = _STRAY.sub(lambda match: rf"\\u{ord(match[0]):04x}", text).encode()
    formatted = msgspec.json.format(encoded, indent=2).decode() + "\n"
    return _ACTIVE.sub(lambda match: f"\\u{ord(match[0]):04x}", formatted)


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
