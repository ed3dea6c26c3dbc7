"""`auditor report`: rebuild outputs from a JSON result."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from auditor.reporters.json_report import read

from .exits import Exit
from .outputs import parse_outputs, write_outputs


def report(
    result: Annotated[Path, typer.Argument(metavar="RESULT.json", help="A result that `--format json` wrote.")],
    formats: Annotated[
        list[str] | None, typer.Option("--format", "-f", metavar="NAME[=FILE]", help="As for scan.")
    ] = None,
) -> None:
    """Rebuild any output from a JSON result."""
    outputs = parse_outputs(formats or [])
    try:
        loaded = read(result.read_bytes())
    except OSError as error:
        raise typer.BadParameter(f"{result}: {error.strerror}") from None
    except msgspec.DecodeError as error:
        raise typer.BadParameter(f"{result}: not a result of this program: {error}") from None
    try:
        write_outputs(loaded, outputs)
    except OSError as error:
        typer.echo(f"auditor: {error.filename or 'standard output'}: {error.strerror}", err=True)
        raise typer.Exit(Exit.USAGE) from None
