"""The commands put together."""

import sys
from typing import Annotated

import typer

from auditor import __version__

from .exits import Exit


def _show_version(value: bool) -> None:
    if value:
        typer.echo(f"auditor {__version__}")
        raise typer.Exit


def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Audit the configuration of health-care infrastructure and map what it finds to 45 CFR 164.304."""
    del version


def build() -> typer.Typer:
    """Return the application with all commands."""
    from . import checks, explain, init, profiles, report, scan  # noqa: PLC0415  # `--version` needs none of them

    app = typer.Typer(
        name="auditor",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback()(_root)
    for command in (scan.scan, explain.explain, checks.checks, profiles.profiles, report.report, init.init):
        app.command()(command)
    return app


def main() -> None:
    """Run the command line and exit with its code."""
    if sys.argv[1:] == ["--version"]:
        typer.echo(f"auditor {__version__}")
        return
    try:
        build()()
    except KeyboardInterrupt:
        sys.exit(Exit.INTERRUPTED)
