"""The reports that the browser tests open, each written once, and one browser for a module."""

from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from auditor.cli.profiles import find_profile
from auditor.model.report import Report
from auditor.packs import load_packs
from auditor.reporters.html_report import render
from auditor.scan import Options, audit
from auditor.sources.directory import DirectoryTree
from tests.browser.chromium import EXECUTABLE, Page, chromium
from tests.reporters.reports import clinic

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "reports" / "templates"


@pytest.fixture(scope="module")
def page() -> Generator[Page]:
    if EXECUTABLE is None:
        pytest.skip("Chromium is not installed")
    with chromium() as page:
        yield page


@pytest.fixture(scope="session")
def write(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Report], Path]:
    """Return a function that writes a report to a file of its own."""

    def write(report: Report) -> Path:
        file = tmp_path_factory.mktemp("report") / "report.html"
        file.write_text(render(report, TEMPLATES), "utf-8")
        return file

    return write


@pytest.fixture(scope="session")
def file(write: Callable[[Report], Path]) -> Path:
    return write(clinic())


@pytest.fixture(scope="session")
def samples(write: Callable[[Report], Path]) -> dict[str, Path]:
    """Return the reports of the sample repositories by name."""
    options = Options(pack=load_packs(), profile=find_profile("hipaa"))
    return {
        name: write(audit(DirectoryTree(ROOT / "samples" / name), options).report)
        for name in ("clinic-insecure", "clinic-hardened")
    }
