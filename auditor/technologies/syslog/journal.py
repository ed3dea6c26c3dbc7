"""journald.conf and journal-upload.conf: the last assignment counts, and drop-ins go last (systemd 252)."""

import re
from dataclasses import field
from typing import Final

from auditor.formats.sections import Entry, read_sections
from auditor.formats.template import conditional_lines, is_templated, mask
from auditor.model.source import Source
from auditor.model.unknown import HOLE, Unknown
from auditor.records import dataclass
from auditor.technologies.document import Document

MANUAL: Final = "journald.conf(5), systemd 252"
DEFAULTS: Final = {"Storage": "auto", "MaxLevelStore": "debug", "MaxRetentionSec": "0", "Compress": "yes"}
_UNITS: Final = {
    "us": 0, "usec": 0, "ms": 0, "msec": 0, "": 1, "s": 1, "sec": 1, "second": 1, "seconds": 1, "m": 60, "min": 60,
    "minute": 60, "minutes": 60, "h": 3600, "hr": 3600, "hour": 3600, "hours": 3600, "d": 86400, "day": 86400,
    "days": 86400, "w": 604800, "week": 604800, "weeks": 604800, "month": 2630016, "months": 2630016, "M": 2630016,
    "y": 31557600, "year": 31557600, "years": 31557600,
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class JournalConf(Document):
    """The assignments of a file, in order. `section` is Journal or Upload."""

    entries: tuple[tuple[Entry, str | Unknown], ...] = field(default=(), repr=False)
    section: str = "Journal"


def read_journal(source: Source) -> JournalConf:
    """Read a file; never raises."""
    text = mask(source.text)[0] if is_templated(source.text) else source.text
    text = re.sub(r"\$\{\w[^}\n]*\}|@[A-Z_]{2,}@", lambda match: HOLE * len(match[0]), text)
    conditional = conditional_lines(source.text)
    found: list[tuple[Entry, str | Unknown]] = []
    for entry in read_sections(source, text):
        value: str | Unknown = entry.value
        if HOLE in entry.value or entry.at.line - source.line + 1 in conditional:
            value = Unknown("a template decides about the value")
        found.append((entry, value))
    is_upload = any(entry.path == ("Upload",) for entry, _ in found) or "upload" in source.file_name.lower()
    return JournalConf(
        source=source,
        entries=tuple(found),
        section="Upload" if is_upload else "Journal",
        partial="template expressions" if text != source.text else "",
    )


def seconds(text: str) -> int | Unknown:
    """Return a span of time in seconds (systemd.time(7))."""
    pieces = re.findall(r"\s*(\d{1,12})\s*([A-Za-z]*)", text)
    if not re.fullmatch(r"(?:\s*+[0-9]{1,12}+(?![0-9])\s*+[A-Za-z]*+)++\s*+", text) or any(
        unit not in _UNITS for _, unit in pieces
    ):
        return Unknown("a span of time is not written as systemd expects it")
    return sum(int(number) * _UNITS[unit] for number, unit in pieces)
