"""Where outputs go: `--format NAME[=FILE]`."""

import os
import stat
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import typer

from auditor.hazards.style import StyleName
from auditor.model.report import Report
from auditor.packs import resource_dir
from auditor.records import dataclass
from auditor.reporters import REPORTERS, Options, render

FOLDER_STYLES: Mapping[str, StyleName] = {"hazard-log": "quill", "hazard-log-dcsp": "dcsp"}
"""Formats that are a folder of files: the hazard log in its two layouts."""
FORMATS = (*REPORTERS, *FOLDER_STYLES)
_MAX_TEXT_WIDTH = 100


@dataclass(frozen=True)
class Output:
    """A format and the file it is written to; None is standard output."""

    name: str
    file: Path | None


def parse_outputs(formats: Sequence[str]) -> list[Output]:
    """Read the values of `--format`; none given is text on standard output.

    Raises:
        typer.BadParameter: an unknown format, or two of them on standard output.
    """
    outputs: list[Output] = []
    for value in formats or ["text"]:
        name, equals, file = value.partition("=")
        if name not in FORMATS:
            raise typer.BadParameter(f"{name!r} is no format; there are: {', '.join(FORMATS)}")
        if name in FOLDER_STYLES and not file:
            raise typer.BadParameter(f"{name}=FOLDER is expected: it writes a file for each hazard")
        if equals and not file:
            raise typer.BadParameter(f"{value!r}: a file name is expected after =")
        outputs.append(Output(name, Path(file) if equals else None))
    if sum(output.file is None for output in outputs) > 1:
        raise typer.BadParameter("at most one format may be without =FILE: it alone goes to standard output")
    for output in outputs:
        if output.file is not None and not output.file.parent.is_dir():
            raise typer.BadParameter(f"{output.file.parent} is no folder")
    return outputs


def write_outputs(report: Report, outputs: Sequence[Output]) -> None:
    """Write every output; files by renaming into place, so that no reader sees half of one.

    Raises:
        OSError: a file cannot be written.
    """
    for output in outputs:
        if output.file is not None and output.name in FOLDER_STYLES:
            _write_folder(report, output.file, FOLDER_STYLES[output.name])
            continue
        on_terminal = output.file is None and sys.stdout.isatty()
        options = Options(
            templates=resource_dir("reports") / "templates",
            colour=on_terminal and not os.environ.get("NO_COLOR"),
            width=min(os.get_terminal_size().columns, _MAX_TEXT_WIDTH) if on_terminal else 80,
        )
        data = render(output.name, report, options).encode("utf-8", "replace")
        if output.file is None:
            sys.stdout.buffer.write(data)
            sys.stdout.flush()
        else:
            _write(output.file, data)


def _write_folder(report: Report, folder: Path, style: StyleName) -> None:
    """Write the hazard log, keeping what people changed in the files that are there."""
    from auditor.hazards.log import hazard_log  # noqa: PLC0415  # start-up time

    folder.mkdir(exist_ok=True)
    existing = {file.name: file.read_text("utf-8") for file in sorted(folder.glob("*.md"))}
    for name, text in hazard_log(report, existing, style).items():
        _write(folder / name, text.encode("utf-8", "replace"))


def _write(file: Path, data: bytes) -> None:
    """Write a regular or absent file by rename; anything else (a device, a pipe) is written to as it is."""
    try:
        is_regular = stat.S_ISREG(file.stat().st_mode)
    except FileNotFoundError:
        is_regular = True
    if not is_regular:
        file.write_bytes(data)
        return
    import tempfile  # noqa: PLC0415  # start-up time

    target = file.resolve()
    descriptor, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
        Path(temporary).chmod(mode)
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
