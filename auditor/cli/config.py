"""`auditor.toml`: the options of a scan that a repository keeps, and who files the report."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from auditor.model.evidence import Cover
from auditor.model.regulation import Regulation

FILE_NAME = "auditor.toml"

TEMPLATE = """\
# Options of `auditor scan` for this repository. Options on the command line win over these.
[scan]
profile = "hipaa"
fail_on = "medium"          # critical, high, medium, low, info or never
# environment = "production"  # shown in the report
# exclude = ["legacy/**"]     # gitignore syntax
# ignore = ["check-id"]       # checks not to run
# baseline = "baseline.json"  # a former result whose findings do not fail the run; relative to this file
# fail_on_new = true          # with a baseline or a history: only new findings fail the run
# fail_coverage_below = 30    # percent of the assessable paragraphs
# secret_max_age_days = 90    # how long a secret may stay the same, by the git history
waivers = "auditor-exceptions.yaml"  # exceptions; a path relative to this file

# The cover of the report. What is left out is a line to fill in by hand.
[report]
# organisation = "Example Clinic"
# system = "Patient records"
# period = "November 2026"
# prepared_by = "Platform team"
# technical_reviewer = "Sam Example, Platform engineer"
# security_official = "Kim Example, Security official"
# next_review = 2027-02-01

# Paragraphs of 45 CFR Part 164 Subpart C that do not apply to the organisation, each with the reason.
[report.not_applicable]
# "164.308(a)(4)(ii)(A)" = "The organisation is no health care clearinghouse."
"""


class ScanTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The table `[scan]`."""

    profile: str | None = None
    fail_on: str | None = None
    environment: str | None = None
    exclude: list[str] = msgspec.field(default_factory=list[str])
    select: list[str] = msgspec.field(default_factory=list[str])
    ignore: list[str] = msgspec.field(default_factory=list[str])
    waivers: Path | None = None
    """The file of exceptions; `load_config` makes it relative to the configuration's folder."""
    baseline: Path | None = None
    """As `waivers`. There is no key for a history: what is scanned must not choose what is connected to."""
    fail_on_new: bool = False
    fail_coverage_below: Annotated[int, msgspec.Meta(ge=0, le=100)] = 0
    secret_max_age_days: Annotated[int, msgspec.Meta(ge=1)] | None = None
    """How long a secret may stay the same, by the git history."""


class ReportTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The table `[report]`: the lines of the cover, and a reason by paragraph that does not apply."""

    organisation: str = ""
    system: str = ""
    period: str = ""
    prepared_by: str = ""
    technical_reviewer: str = ""
    security_official: str = ""
    next_review: date | None = None
    not_applicable: dict[str, str] = msgspec.field(default_factory=dict[str, str])

    def cover(self) -> Cover:
        return Cover(
            organisation=self.organisation,
            system=self.system,
            period=self.period,
            prepared_by=self.prepared_by,
            technical_reviewer=self.technical_reviewer,
            security_official=self.security_official,
            next_review=self.next_review.isoformat() if self.next_review else "",
        )

    def reasons(self, regulation: Regulation) -> Mapping[str, str]:
        """Return the reason by the id of each paragraph that does not apply; other ways to cite one are understood.

        Raises:
            typer.BadParameter: a paragraph is unknown or has no reason.
        """
        ids = {name: paragraph.id for paragraph in regulation.paragraphs for name in (*paragraph.aliases, paragraph.id)}
        for name, reason in self.not_applicable.items():
            if name not in ids:
                raise typer.BadParameter(f"report.not_applicable: {name!r} is no paragraph of {regulation.citation}")
            if not reason.strip():
                raise typer.BadParameter(f"report.not_applicable: a reason is expected for {name}")
        return {ids[name]: reason for name, reason in self.not_applicable.items()}


class Config(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A whole `auditor.toml`. It can tune and suppress; it can never load code."""

    scan: ScanTable = msgspec.field(default_factory=ScanTable)
    report: ReportTable = msgspec.field(default_factory=ReportTable)


def load_config(file: Path | None, root: Path) -> Config:
    """Read the configuration `file`, or `auditor.toml` at `root` if there is one.

    Raises:
        typer.BadParameter: the file cannot be read or has an unknown key.
    """
    path = file or root / FILE_NAME
    if file is None and not path.is_file():
        return Config()
    import tomllib  # noqa: PLC0415  # start-up time

    try:
        data: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
        config = msgspec.convert(data, Config, dec_hook=_path)
    except OSError as error:
        raise typer.BadParameter(f"{path}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"{path}: {error}") from None
    if config.scan.waivers is not None:
        config.scan.waivers = path.parent / config.scan.waivers
    if config.scan.baseline is not None:
        config.scan.baseline = path.parent / config.scan.baseline
    return config


def _path(kind: type, value: object) -> object:
    if kind is Path and isinstance(value, str):
        return Path(value)
    raise TypeError(f"Expected `str`, got `{type(value).__name__}`")
