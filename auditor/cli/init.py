"""`auditor init`."""

from pathlib import Path
from typing import Annotated

import typer

from auditor.sources.directory import IGNORE_FILE

from .config import FILE_NAME, TEMPLATE
from .waivers import EXCEPTIONS_FILE, EXCEPTIONS_TEMPLATE

_IGNORE = """\
# Paths that `auditor scan` leaves out, in gitignore syntax. Files that git ignores are read all the same:
# .env files, tfvars and state files are exactly what it looks for.
"""


def init(
    folder: Annotated[Path, typer.Argument(help="The repository's root.")] = Path(),
) -> None:
    """Write auditor.toml, .auditorignore and auditor-exceptions.yaml to start from; never over a file that exists."""
    if not folder.is_dir():
        raise typer.BadParameter(f"{folder} is no folder")
    for name, text in ((FILE_NAME, TEMPLATE), (IGNORE_FILE, _IGNORE), (EXCEPTIONS_FILE, EXCEPTIONS_TEMPLATE)):
        path = folder / name
        if path.exists():
            typer.echo(f"{path} exists; left as it is")
        else:
            path.write_text(text, "utf-8")
            typer.echo(f"{path} written")
