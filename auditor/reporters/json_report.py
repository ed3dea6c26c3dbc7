"""The result as JSON (version 1): the source from which every other output can be made again."""

import msgspec

from auditor.model.report import SCHEMA_VERSION, Report


class ResultError(ValueError):
    """The bytes are not a result of this version; the text says where the form differs."""


def render(report: Report) -> str:
    """Return the report as indented JSON; the same report always gives the same bytes."""
    return msgspec.json.format(msgspec.json.encode(report), indent=2).decode() + "\n"


def read(data: bytes) -> Report:
    """Read what `render` wrote.

    Raises:
        ResultError: the bytes are not JSON, do not have the form of a result, or are of another version.
    """
    try:
        report = msgspec.json.decode(data, type=Report)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ResultError(f"not a result: {error}") from error
    if report.schema_version != SCHEMA_VERSION:
        raise ResultError(f"result version {SCHEMA_VERSION} is expected")
    return report
