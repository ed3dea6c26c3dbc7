"""`auditor checks`."""

from pathlib import Path
from typing import Annotated

import typer

from auditor.packs import PackError, load_packs


def checks(
    checks_dir: Annotated[list[Path] | None, typer.Option(metavar="DIR", help="Folder with further checks.")] = None,
) -> None:
    """List every check with its severity, control and title."""
    try:
        pack = load_packs(checks_dir or [])
    except PackError as error:
        raise typer.BadParameter(str(error)) from None
    width = max((len(check.id) for check in pack.checks), default=0)
    for check in pack.checks:
        typer.echo(f"{check.id:<{width}}  {check.severity:<8}  {check.title}")
