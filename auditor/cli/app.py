"""The commands put together."""

import sys
from importlib import import_module
from typing import Annotated

import typer

from auditor import __version__
from auditor.model.errors import describe_error
from auditor.plugins import PluginError

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


_COMMANDS = ("scan", "explain", "checks", "profiles", "report", "verify", "history", "init")
"""Commands by the name of their module and function, as the help lists them."""


def build(asked: str | None = None) -> typer.Typer:
    """Return the application with all commands, or with `asked` alone if it names one: others cost time to load."""
    app = typer.Typer(
        name="auditor",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback()(_root)
    for name in _COMMANDS if asked not in _COMMANDS else (asked,):
        app.command()(getattr(import_module(f"{__package__}.{name}"), name))
    if asked not in _COMMANDS:
        from .waivers import group  # noqa: PLC0415  # start-up time

        app.add_typer(group, name="waivers")
    return app


def command() -> None:
    """Run the command that `sys.argv` names and exit with its code."""
    if sys.argv[1:] == ["--version"]:
        typer.echo(f"auditor {__version__}")
        return
    try:
        build(sys.argv[1] if len(sys.argv) > 1 else None)()
    except KeyboardInterrupt:
        sys.exit(Exit.INTERRUPTED)
    except PluginError as error:
        typer.echo(f"auditor: {error}", err=True)
        sys.exit(Exit.USAGE)
    except Exception as error:  # noqa: BLE001  # its text could hold a value of a scanned file
        typer.echo(f"auditor: a fault of this program stopped it: {describe_error(error)}", err=True)
        sys.exit(Exit.INCOMPLETE)
