"""`auditor scan`."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from auditor.discovery import Examined
from auditor.history import HistoryError, open_history
from auditor.inventory.secret_history import MAX_AGE_DAYS
from auditor.model.report import Report
from auditor.model.severity import Severity
from auditor.packs import PackError, check_ids, load_packs
from auditor.profile import Profile, ProfileError
from auditor.scan import Options, Result, audit
from auditor.sources.directory import DirectoryTree
from auditor.sources.git import GitFacts

from .config import load_config
from .exits import Exit, Gate, exit_code
from .outputs import FORMATS, parse_outputs, write_outputs
from .profiles import find_profile
from .results import read_result

if TYPE_CHECKING:
    from auditor.exceptions.reading import ExceptionsFile
    from auditor.history.store import History

FailOn = Literal["critical", "high", "medium", "low", "info", "never"]


def scan(  # noqa: PLR0917  # Typer passes options by name
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Folders or files to audit.", show_default=False)
    ],
    formats: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            "-f",
            metavar="NAME[=FILE]",
            help=f"{', '.join(FORMATS)}; repeat it for several. Default: text.",
        ),
    ] = None,
    profile: Annotated[
        str | None, typer.Option(metavar="NAME", help="Name of a built-in profile or path of one. Default: hipaa.")
    ] = None,
    fail_on: Annotated[
        FailOn | None, typer.Option(help="Lowest severity that makes the exit code 1. Default: medium.")
    ] = None,
    exclude: Annotated[
        list[str] | None, typer.Option(metavar="GLOB", help="Paths to leave out, gitignore syntax.")
    ] = None,
    select: Annotated[list[str] | None, typer.Option(metavar="ID", help="Run only these checks.")] = None,
    ignore: Annotated[list[str] | None, typer.Option(metavar="ID", help="Do not run these checks.")] = None,
    checks_dir: Annotated[list[Path] | None, typer.Option(metavar="DIR", help="Folder with further checks.")] = None,
    config: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Default: auditor.toml at the scanned root.")
    ] = None,
    environment: Annotated[
        str | None, typer.Option(metavar="NAME", help="Name of the environment, shown in the report.")
    ] = None,
    waivers: Annotated[
        Path | None, typer.Option(metavar="FILE", help="File of exceptions; `auditor waivers check` tests it.")
    ] = None,
    no_ignores: Annotated[
        bool, typer.Option("--no-ignores", help="List exceptions and auditor:ignore comments, but honour none.")
    ] = False,
    baseline: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A JSON result; findings it has do not fail the run.")
    ] = None,
    history: Annotated[
        str | None,
        typer.Option(metavar="FILE|URL", help="Database of runs to compare with and to add this one to."),
    ] = None,
    fail_on_new: Annotated[
        bool, typer.Option("--fail-on-new", help="Only findings new since the history or baseline fail the run.")
    ] = False,
    fail_coverage_below: Annotated[
        int | None,
        typer.Option(min=0, max=100, metavar="N", help="Exit code 4 if fewer than N % of paragraphs are assessed."),
    ] = None,
    jobs: Annotated[
        int, typer.Option(min=1, metavar="N", help="Threads that read and parse; the result is the same.")
    ] = 1,
    explain_files: Annotated[
        bool, typer.Option("--explain-files", help="Say for each file what it was taken for and why.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress on standard error.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Name files that were not read.")] = False,
) -> None:
    """Audit configuration files and report what deviates.

    Exit code: 0 clean, 1 findings at or above --fail-on, 2 wrong usage, 3 nothing to audit, 4 incomplete.
    """
    outputs = parse_outputs(formats or [])
    for path in paths:
        if not path.exists():
            raise typer.BadParameter(f"{path} does not exist")
    root, targets = _common_root(paths)
    configured = load_config(config, root)
    settings = configured.scan
    threshold = fail_on or settings.fail_on or "medium"
    if threshold not in {*Severity, "never"}:
        raise typer.BadParameter(f"fail_on: {threshold!r} is no severity; there are: {', '.join(Severity)}, never")
    known = baseline or settings.baseline
    gate = Gate(
        fail_on=None if threshold == "never" else Severity(threshold),
        new_only=fail_on_new or settings.fail_on_new,
        coverage=settings.fail_coverage_below if fail_coverage_below is None else fail_coverage_below,
    )
    if gate.new_only and known is None and history is None:
        raise typer.BadParameter("--fail-on-new needs --history or --baseline to tell what is new")
    try:
        store = open_history(history, write=True) if history is not None else None
        wanted, unwanted = {*(select or settings.select)}, {*(ignore or []), *settings.ignore}
        if wanted or unwanted:
            _refuse_unknown({*wanted, *unwanted} - check_ids(checks_dir or []))
        chosen = find_profile(profile or settings.profile or "hipaa")
        exceptions = waivers or settings.waivers
        options = Options(
            pack=lambda folders: load_packs(checks_dir or [], folders=folders),
            profile=chosen,
            targets=[str(path) for path in paths],
            select=wanted,
            ignore=unwanted,
            exclude=[*settings.exclude, *(exclude or [])],
            environment=environment or settings.environment,
            git=GitFacts.open(root),
            jobs=jobs,
            secret_max_age_days=settings.secret_max_age_days or MAX_AGE_DAYS,
            cover=configured.report.cover(),
            not_applicable=configured.report.reasons(chosen.regulation),
            exceptions=_exceptions(exceptions, chosen, checks_dir or [], root) if exceptions else None,
            honour_exceptions=not no_ignores,
            baseline=read_result(known) if known is not None else None,
            past=store.past if store is not None else None,
        )
    except (PackError, ProfileError, HistoryError) as error:
        raise typer.BadParameter(str(error)) from None
    tree = DirectoryTree(root, options.exclude, targets)
    try:
        result = _run(tree, options, progress=not quiet and sys.stderr.isatty())
    except (PackError, HistoryError) as error:
        raise typer.BadParameter(str(error)) from None
    if explain_files:
        _explain(result)
    if verbose:
        _name_unread(result)
    report = result.report
    del result  # the estate is most of a scan's memory, and outputs are made of the report alone
    try:
        write_outputs(report, outputs)
    except OSError as error:
        typer.echo(f"auditor: {error.filename or 'standard output'}: {error.strerror}", err=True)
        raise typer.Exit(Exit.USAGE) from None
    if store is not None:
        _save(report, store)
    if report.summary.coverage_percent < gate.coverage:
        typer.echo(
            f"auditor: {report.summary.coverage_percent} % of the assessable paragraphs are assessed, "
            f"fewer than the {gate.coverage} % asked for",
            err=True,
        )
    raise typer.Exit(exit_code(report, gate))


def _save(report: Report, store: "History") -> None:
    """Store the run after its outputs are written: the history never has one that nobody could read."""
    try:
        store.save(report)
    except HistoryError as error:
        typer.echo(f"auditor: the run is not stored: {error}", err=True)
        raise typer.Exit(Exit.INCOMPLETE) from None


def _exceptions(file: Path, profile: Profile, checks_dirs: list[Path], root: Path) -> "ExceptionsFile":
    from .waivers import open_exceptions  # noqa: PLC0415  # start-up time

    return open_exceptions(file, profile, checks_dirs, root)


def _run(tree: DirectoryTree, options: Options, *, progress: bool) -> Result:
    if not progress:
        return audit(tree, options)
    from rich.console import Console  # noqa: PLC0415  # start-up time

    with Console(stderr=True).status("Reading configuration files"):
        return audit(tree, options)


def _common_root(paths: list[Path]) -> tuple[Path, list[str]]:
    """Return the folder that report paths are relative to, and the targets in it (none: all of it)."""
    resolved = [path.resolve() for path in paths]
    if len(resolved) == 1 and resolved[0].is_dir():
        return resolved[0], []
    folders = [path if path.is_dir() else path.parent for path in resolved]
    root = Path(os.path.commonpath(folders))
    return root, [path.relative_to(root).as_posix() for path in resolved]


def _refuse_unknown(ids: set[str]) -> None:
    if ids:
        raise typer.BadParameter(f"no such check: {', '.join(sorted(ids))}; `auditor checks` lists them")


def _explain(result: Result) -> None:
    for item in result.estate.examined:
        typer.echo(f"{item.entry.path}: {_what(item)}", err=True)


def _what(item: Examined) -> str:
    if item.recognition is None:
        return f"not read ({item.reason})"
    note = f"; {item.status}: {item.reason}" if item.reason else ""
    return f"{item.technology} ({item.recognition.reason}){note}"


def _name_unread(result: Result) -> None:
    for item in result.estate.examined:
        if item.status != "parsed":
            typer.echo(f"auditor: {item.entry.path}: {item.status}: {item.reason}", err=True)
