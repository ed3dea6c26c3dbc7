"""Files of pam.d, and files of settings beside them (login.defs(5) of shadow 4.13)."""

from dataclasses import field

from auditor.model.source import Source
from auditor.records import dataclass
from auditor.technologies.common.pam.lines import Assigned, Line, read_lines, read_values
from auditor.technologies.document import Document


@dataclass(frozen=True, kw_only=True)
class PamFile(Document):
    """The lines of a file in order; `gap` is why lines are not known, "" if all are."""

    lines: tuple[Line, ...] = ()
    gap: str = ""


@dataclass(frozen=True, kw_only=True)
class SettingsFile(Document):
    """pwquality.conf or a drop-in of it, faillock.conf or login.defs: of each name the last value.

    `kind` is the file's name without `.conf`, that of the main file for a drop-in.
    """

    kind: str
    settings: dict[str, Assigned] = field(default_factory=dict[str, Assigned])


def read_pam(source: Source) -> PamFile:
    """Read a file of pam.d."""
    read = read_lines(source)
    return PamFile(source=source, lines=read.lines, gap=read.gap, partial=read.partial)


def read_settings(source: Source, kind: str) -> SettingsFile:
    """Read a file of names and values."""
    settings, partial = read_values(source)
    return SettingsFile(source=source, kind=kind, settings=settings, partial=partial)
