"""`auditor waivers check`, and reading the file of exceptions for a scan."""

import os
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Final

import typer

from auditor.exceptions.reading import MAX_BYTES, ExceptionsError, ExceptionsFile, read_exceptions
from auditor.packs import CheckFinder, PackError
from auditor.profile import Profile, ProfileError
from auditor.scan import now

from .exits import Exit
from .profiles import find_profile

EXCEPTIONS_FILE: Final = "auditor-exceptions.yaml"
EXCEPTIONS_TEMPLATE: Final = """\
# Findings that are set aside: by whom, why and until when. `auditor waivers check auditor-exceptions.yaml` tests this
# file, and every report lists it.
exceptions: []
# exceptions:
#   - id: EX-1                       # your own; it stands in the report
#     check: redis-no-tls            # `auditor checks` lists them
#     scope:                         # one or more; all that is given has to agree
#       path: redis/**               # gitignore syntax
#       component: message-queue
#       # fingerprint: redis-no-tls-0123456789ab
#     type: alternative-measure      # false-positive, not-applicable, not-reasonable-documented, risk-accepted
#     justification: Both servers stand in one rack and the link between them is encrypted.
#     measure: WireGuard tunnel between the two hosts     # alternative-measure: the control in force instead
#     # alternative_considered: ...                       # not-reasonable-documented: what was weighed
#     owner: Sam Example, Platform engineer               # a name and a role
#     approver: Kim Example, Security official            # for a critical check another person than the owner
#     created: 2026-11-01
#     expires: 2027-10-31            # its last day, at most 365 days after `created`
#     review: 2027-05-01
#     ticket: OPS-12
"""
_SOON: Final = timedelta(days=30)

group = typer.Typer(no_args_is_help=True)


@group.callback()
def _group() -> None:
    """Work with a file of exceptions (waivers)."""


@group.command()
def check(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file of exceptions.", show_default=False)],
    checks_dir: Annotated[list[Path] | None, typer.Option(metavar="DIR", help="Folder with further checks.")] = None,
    profile: Annotated[str, typer.Option(metavar="NAME", help="Name of a built-in profile or path of one.")] = "hipaa",
) -> None:
    """Say what is wrong with a file of exceptions, and which of them have expired or expire within 30 days.

    Exit code: 0 it can be used, 2 it cannot.
    """
    try:
        exceptions = open_exceptions(file, find_profile(profile), checks_dir or [])
    except (PackError, ProfileError) as error:
        raise typer.BadParameter(str(error)) from None
    today = date.fromisoformat(now()[:10])
    ended = [record for record in exceptions.records if record.ended(today)]
    soon = [record for record in exceptions.records if record not in ended and record.last_day <= today + _SOON]
    for record in ended:
        typer.echo(f"{file}:{record.at.line}: {record.id} ({record.check.id}) is not in force: {record.ended(today)}")
    for record in soon:
        typer.echo(f"{file}:{record.at.line}: {record.id} ({record.check.id}) expires on {record.last_day}")
    typer.echo(
        f"exceptions: {len(exceptions.records)}; not in force: {len(ended)}; "
        f"expiring within {_SOON.days} days: {len(soon)}"
    )


def open_exceptions(
    file: Path, profile: Profile, checks_dirs: Sequence[Path], root: Path | None = None
) -> ExceptionsFile:
    """Read a file of exceptions; its path in the report is relative to `root`.

    Raises:
        PackError: the checks it names cannot be loaded.
        typer.BadParameter: the file cannot be read.
        typer.Exit: it is not valid; every error is on standard error, and the code is that of wrong usage.
    """
    if file.exists() and not file.is_file():
        raise typer.BadParameter(f"{file}: a file of exceptions is expected")
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise typer.BadParameter(f"{file}: {error.strerror}") from None
    path = str(file)
    if root is not None:
        path = Path(os.path.relpath(file.parent.resolve() / file.name, root.resolve())).as_posix()
    try:
        return read_exceptions(data, path, CheckFinder(checks_dirs), profile, shown=str(file))
    except ExceptionsError as error:
        for line in error.errors:
            typer.echo(line, err=True)
        raise typer.Exit(Exit.USAGE) from None
