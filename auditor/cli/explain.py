"""`auditor explain`: a check's documentation, or the settings a component is judged on."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from auditor.exceptions.expired import EXCEPTION_EXPIRED
from auditor.model.report import ReportedComponent
from auditor.packs import PackError, load_packs
from auditor.scan import Options, audit
from auditor.sources.directory import DirectoryTree

from .profiles import find_profile


def explain(
    subject: Annotated[
        str, typer.Argument(metavar="ID|PATH", help="A check's id; with --component the scanned folder.")
    ],
    component: Annotated[
        str | None, typer.Option(metavar="ID", help="Show this component's effective settings.")
    ] = None,
    checks_dir: Annotated[list[Path] | None, typer.Option(metavar="DIR", help="Folder with further checks.")] = None,
) -> None:
    """Explain a check, or with --component the settings a component in PATH is judged on."""
    if component is not None:
        _explain_component(component, Path(subject))
        return
    try:
        pack = load_packs(checks_dir or [])
        # What the program itself reports is documented like a check, but is in no pack.
        check = EXCEPTION_EXPIRED if subject == EXCEPTION_EXPIRED.id else pack[subject]
    except PackError as error:
        raise typer.BadParameter(str(error)) from None
    except KeyError:
        raise typer.BadParameter(f"no such check: {subject}; `auditor checks` lists them") from None
    profile = find_profile("hipaa").map(check.id, check.control, check.also)
    cited = ", ".join(f"{citation.id} ({citation.designation})" for citation in profile.citations)
    text = (
        f"# {check.id}\n\nSeverity {check.severity}, control {check.control}, category {profile.category}. "
        f"Relevant to 45 CFR {cited}.\n\n{check.documentation}\n"
    )
    if sys.stdout.isatty():
        from rich.console import Console  # noqa: PLC0415  # start-up time
        from rich.markdown import Markdown  # noqa: PLC0415  # start-up time

        Console().print(Markdown(text))
    else:
        typer.echo(text, nl=False)


def _explain_component(name: str, path: Path) -> None:
    if not path.is_dir():
        raise typer.BadParameter(f"{path} is no folder")
    pack = load_packs(folders=())
    report = audit(DirectoryTree(path), Options(pack=pack, profile=find_profile("hipaa"))).report
    for found in report.components:
        if found.id == name:
            _print(found)
            return
    names = "\n  ".join(found.id for found in report.components)
    raise typer.BadParameter(f"no component {name!r} in {path}; there are:\n  {names}")


def _print(component: ReportedComponent) -> None:
    version = f" {component.version}" if component.version else ""
    typer.echo(f"{component.id}: {component.kind}{version}, declared at {component.at.path}:{component.at.line}")
    if component.exposure:
        typer.echo(f"reachable from: {component.exposure}")
    width = max((len(setting.name) for setting in component.settings), default=0)
    for setting in component.settings:
        where = f"{setting.origin} {setting.path}:{setting.line}" if setting.path else setting.origin
        source = f" ({setting.source})" if setting.source else ""
        typer.echo(f"  {setting.name:<{width}}  {setting.value}  [{where}{source}]")
