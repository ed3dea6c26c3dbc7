"""`auditor report`: rebuild outputs from a JSON result or a stored run."""

from pathlib import Path
from typing import Annotated

import typer

from auditor.history import HistoryError, open_history
from auditor.model.report import Report

from .exits import Exit
from .outputs import parse_outputs, write_outputs
from .results import read_result


def report(
    result: Annotated[
        Path | None, typer.Argument(metavar="[RESULT.json]", help="A result that `--format json` wrote.")
    ] = None,
    formats: Annotated[
        list[str] | None, typer.Option("--format", "-f", metavar="NAME[=FILE]", help="As for scan.")
    ] = None,
    history: Annotated[
        str | None, typer.Option(metavar="FILE|URL", help="Take a run that is stored there instead.")
    ] = None,
    run: Annotated[
        str, typer.Option(metavar="ID|latest", help="Which run: the first characters of its id, eight or more.")
    ] = "latest",
) -> None:
    """Rebuild any output from a JSON result, or from a run of a history; the bytes are those of the scan."""
    outputs = parse_outputs(formats or [])
    loaded = _load(result, history, run)
    try:
        write_outputs(loaded, outputs)
    except OSError as error:
        typer.echo(f"auditor: {error.filename or 'standard output'}: {error.strerror}", err=True)
        raise typer.Exit(Exit.USAGE) from None


def _load(result: Path | None, history: str | None, run: str) -> Report:
    if (result is None) == (history is None):
        raise typer.BadParameter("either the file of a result or --history is expected")
    if result is not None:
        return read_result(result)
    try:
        return open_history(history or "").report(run)
    except HistoryError as error:
        raise typer.BadParameter(str(error)) from None
