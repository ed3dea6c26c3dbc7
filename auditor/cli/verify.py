"""`auditor verify`: whether a report, its JSON result and what was scanned still belong together."""

import hashlib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Annotated, Literal

import typer

from auditor import __version__
from auditor.assembly import inputs_digest
from auditor.discovery import MAX_BYTES
from auditor.model.report import Report
from auditor.packs import PackError, load_packs, resource_dir
from auditor.profile import ProfileError
from auditor.records import dataclass
from auditor.reporters import Options, render
from auditor.reporters.json_report import ResultError, read
from auditor.reporters.plain import one_line
from auditor.sources.directory import DirectoryTree
from auditor.sources.tree import ReadError

from .exits import Exit
from .profiles import find_profile

DIGEST_NAME = "auditor-result-sha256"
"""The name of the `<meta>` element in which an HTML report quotes the digest of its result."""


@dataclass(frozen=True)
class Answer:
    """What one comparison showed."""

    subject: str
    outcome: Literal["same", "differs", "not compared"]
    detail: str


def verify(
    report: Annotated[Path, typer.Argument(metavar="REPORT.html", help="What `--format html` wrote.")],
    result: Annotated[Path, typer.Argument(metavar="RESULT.json", help="What `--format json` wrote in the same run.")],
    root: Annotated[
        Path | None, typer.Option(metavar="DIR", help="The folder scanned: compare its files with the result too.")
    ] = None,
    checks_dir: Annotated[
        list[Path] | None, typer.Option(metavar="DIR", help="Folder with further checks, as for the scan.")
    ] = None,
) -> None:
    """Tell whether a report, its result and the files scanned belong together.

    Exit code: 0 all that was compared is the same, 1 something differs, 2 wrong usage.
    """
    page, data = _bytes(report), _bytes(result)
    quoted = _quoted_digest(page)
    if quoted is None:
        raise typer.BadParameter(f"{report}: it quotes no digest of a result, as a report of this program does")
    try:
        loaded = read(data)
    except ResultError as error:
        raise typer.BadParameter(f"{result}: not a result of this program: {error}") from None
    if root is not None and not root.is_dir():
        raise typer.BadParameter(f"{root} is no folder")
    answers = [_result(data, quoted), _page(page, loaded), *_rules(loaded, checks_dir or []), _listed(loaded)]
    if root is not None:
        answers += _files(loaded, root)
    for answer in answers:
        typer.echo(f"{answer.outcome:<13} {answer.subject}: {one_line(answer.detail)}")
    if any(answer.outcome == "differs" for answer in answers):
        raise typer.Exit(Exit.FINDINGS)


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise typer.BadParameter(f"{file}: {error.strerror}") from None


class _Head(HTMLParser):
    """Finds the digest in the head of a page; what stands in the body is not looked at."""

    def __init__(self) -> None:
        super().__init__()
        self.digest: str | None = None
        self._is_over = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "body":
            self._is_over = True
        elif tag == "meta" and values.get("name") == DIGEST_NAME and self.digest is None and not self._is_over:
            self.digest = values.get("content")


def _quoted_digest(page: bytes) -> str | None:
    head = _Head()
    head.feed(page.decode("utf-8", "replace"))
    return head.digest


def _result(data: bytes, quoted: str) -> Answer:
    actual = hashlib.sha256(data).hexdigest()
    if actual == quoted:
        return Answer("result", "same", f"its SHA-256 is the one that the report quotes, {actual}")
    return Answer("result", "differs", f"its SHA-256 is {actual}, the report quotes {quoted}")


def _page(page: bytes, report: Report) -> Answer:
    options = Options(templates=resource_dir("reports") / "templates")
    if render("html", report, options).encode("utf-8", "replace") == page:
        return Answer("report", "same", "made again from the result it has the same bytes")
    if report.tool.version != __version__:
        return Answer("report", "not compared", _other_version(report))
    return Answer("report", "differs", "made again from the result it has other bytes")


def _rules(report: Report, checks_dir: list[Path]) -> Iterator[Answer]:
    """Compare the digests of the checks and of the profile with those installed."""
    try:
        checks = load_packs(checks_dir, folders=()).digest
    except PackError as error:
        raise typer.BadParameter(str(error)) from None
    yield _rule("checks", report.tool.checks_digest, checks, report)
    try:
        profile = find_profile(report.scan.profile).digest
    except (typer.BadParameter, ProfileError):
        yield Answer("profile", "not compared", f"{report.scan.profile!r} is no profile here")
    else:
        yield _rule("profile", report.integrity.profile, profile, report)


def _rule(subject: str, then: str, now: str, report: Report) -> Answer:
    if then == now:
        return Answer(subject, "same", "those of this installation")
    if report.tool.version != __version__:
        return Answer(subject, "not compared", _other_version(report))
    return Answer(subject, "differs", f"SHA-256 {then} then, {now} in this installation")


def _other_version(report: Report) -> str:
    return f"made by version {report.tool.version}, and this is {__version__}: use that version to compare"


def _listed(report: Report) -> Answer:
    """Compare the digest over all inputs with the files that the result lists."""
    actual = inputs_digest(report.coverage.files)
    if actual == report.integrity.inputs:
        return Answer("inputs", "same", f"the digest over the files listed is {actual}")
    return Answer("inputs", "differs", f"the digest over the files listed is {actual}, not {report.integrity.inputs}")


def _files(report: Report, root: Path) -> Iterator[Answer]:
    """Compare the files below `root` with those of the result; files that the result does not list are not seen."""
    tree = DirectoryTree(root.resolve(), [])
    same = 0
    for file in report.coverage.files:
        if file.sha256 is None:
            continue
        try:
            actual = hashlib.sha256(tree.read(file.path, MAX_BYTES + 1)).hexdigest()
        except (ReadError, ValueError) as error:  # ValueError: a path with a null character
            yield Answer("file", "differs", f"{file.path}: {error}")
            continue
        if actual == file.sha256:
            same += 1
        else:
            yield Answer("file", "differs", f"{file.path}: SHA-256 {actual}, not {file.sha256}")
    yield Answer("files", "same", f"{same} below {root} are those of the result")
