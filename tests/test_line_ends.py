"""Findings stand at the same line and column however a file's lines end and its characters are encoded."""

import codecs
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest

from auditor.discovery import decode
from tests.inventory.scanning import scan

SAMPLES = Path(__file__).parents[1] / "samples"
FOLDERS = sorted(path.parent.name for path in SAMPLES.glob("*/bad"))
WRITTEN: dict[str, Callable[[str], bytes]] = {
    "crlf": lambda text: text.replace("\n", "\r\n").encode(),
    "mark": lambda text: codecs.BOM_UTF8 + text.encode(),
    "utf-16": lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
    "utf-16-be-crlf": lambda text: codecs.BOM_UTF16_BE + text.replace("\n", "\r\n").encode("utf-16-be"),
}


@cache
def texts(folder: str) -> Mapping[str, str]:
    root = SAMPLES / folder / "bad"
    files = {
        str(path.relative_to(root)): decode(path.read_bytes()) for path in sorted(root.rglob("*")) if path.is_file()
    }
    return {path: text for path, (text, problem) in files.items() if not problem}


def places(files: Mapping[str, str] | Mapping[str, bytes]) -> list[tuple[str, str, int, int, int, int]]:
    return [
        (found.check_id, found.path, found.line, found.column, found.end_line, found.end_column)
        for found in scan(files).report.findings
    ]


@cache
def expected(folder: str) -> list[tuple[str, str, int, int, int, int]]:
    return places(texts(folder))


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("folder", FOLDERS)
def test_places_of_findings(folder: str, written: str) -> None:
    assert expected(folder)
    assert places({path: WRITTEN[written](text) for path, text in texts(folder).items()}) == expected(folder)
