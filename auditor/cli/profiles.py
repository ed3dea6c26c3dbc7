"""`auditor profiles`, and finding a profile by name."""

from pathlib import Path

import typer

from auditor.packs import resource_dir
from auditor.profile import Profile, load_profile


def find_profile(name: str) -> Profile:
    """Load the built-in profile `name`, or the file it names.

    Raises:
        typer.BadParameter: there is neither.
        ProfileError: the file is not a valid profile.
    """
    built_in = resource_dir("profiles") / f"{name}.yaml"
    if "/" not in name and built_in.is_file():
        return load_profile(built_in)
    if Path(name).is_file():
        return load_profile(Path(name))
    raise typer.BadParameter(f"{name!r} is no profile; there are: {', '.join(_names())}, or give the path of a file")


def _names() -> list[str]:
    return sorted(path.stem for path in resource_dir("profiles").glob("*.yaml"))


def profiles() -> None:
    """List the built-in profiles."""
    for name in _names():
        typer.echo(f"{name}  {find_profile(name).title}")
