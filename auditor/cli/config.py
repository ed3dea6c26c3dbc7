"""`auditor.toml`: the options of a scan that a repository keeps."""

import tomllib
from pathlib import Path
from typing import Any

import msgspec
import typer

FILE_NAME = "auditor.toml"

TEMPLATE = """\
# Options of `auditor scan` for this repository. Options on the command line win over these.
[scan]
profile = "hipaa"
fail_on = "medium"          # critical, high, medium, low, info or never
# environment = "production"  # shown in the report
# exclude = ["legacy/**"]     # gitignore syntax
# ignore = ["check-id"]       # checks not to run
"""


class ScanTable(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The table `[scan]`."""

    profile: str | None = None
    fail_on: str | None = None
    environment: str | None = None
    exclude: list[str] = msgspec.field(default_factory=list[str])
    select: list[str] = msgspec.field(default_factory=list[str])
    ignore: list[str] = msgspec.field(default_factory=list[str])


class Config(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A whole `auditor.toml`. It can tune and suppress; it can never load code."""

    scan: ScanTable = msgspec.field(default_factory=ScanTable)


def load_config(file: Path | None, root: Path) -> Config:
    """Read the configuration `file`, or `auditor.toml` at `root` if there is one.

    Raises:
        typer.BadParameter: the file cannot be read or has an unknown key.
    """
    path = file or root / FILE_NAME
    if file is None and not path.is_file():
        return Config()
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
        return msgspec.convert(data, Config)
    except OSError as error:
        raise typer.BadParameter(f"{path}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"{path}: {error}") from None
