"""Reading a JSON result that a user names."""

from pathlib import Path

import typer

from auditor.model.report import Report
from auditor.reporters.json_report import ResultError, read


def read_result(path: Path) -> Report:
    """Read what `--format json` wrote.

    Raises:
        typer.BadParameter: the file cannot be read or holds something else.
    """
    try:
        return read(path.read_bytes())
    except OSError as error:
        raise typer.BadParameter(f"{path}: {error.strerror}") from None
    except ResultError as error:
        raise typer.BadParameter(f"{path}: not a result of this program: {error}") from None
