"""The commands put together."""

import gc
import sys
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


def build() -> typer.Typer:
    """Return the application with all commands."""
    from . import checks, explain, history, init, profiles, report, scan, verify, waivers  # noqa: PLC0415  # `--version` needs none

    app = typer.Typer(
        name="auditor",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback()(_root)
    for command in (
        scan.scan,
        explain.explain,
        checks.checks,
        profiles.profiles,
        report.report,
        verify.verify,
        history.history,
        init.init,
    ):
        app.command()(command)
    app.add_typer(waivers.group, name="waivers")
    return app


def main() -> None:
    """Run the command line and exit with its code."""
    if sys.argv[1:] == ["--version"]:
        typer.echo(f"auditor {__version__}")
        return
    # A scan makes many objects and drops few: collecting garbage that often costs a third of its time.
    gc.set_threshold(100_000, 20, 100)
    try:
        build()()
    except KeyboardInterrupt:
        sys.exit(Exit.INTERRUPTED)
    except PluginError as error:
        typer.echo(f"auditor: {error}", err=True)
        sys.exit(Exit.USAGE)
    except Exception as error:  # noqa: BLE001  # its text could hold a value of a scanned file
        typer.echo(f"auditor: a fault of this program stopped it: {describe_error(error)}", err=True)
        sys.exit(Exit.INCOMPLETE)
