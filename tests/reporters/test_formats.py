"""All formats together: each finding once and at one place in every one, and the same bytes for the same report."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings

from auditor.model.report import Report
from auditor.reporters import REPORTERS, Options, render
from auditor.reporters.plain import visible
from tests.reporters.generated import reports
from tests.reporters.reports import clinic
from tests.reporters.standards import oscal, sarif

ROOT = Path(__file__).parents[2]
OPTIONS = Options(templates=ROOT / "reports" / "templates")
Place = tuple[str, str, int]
"""A finding's fingerprint, its path made visible, and its line."""


def _of_json(report: Report) -> list[Place]:
    found = json.loads(render("json", report, OPTIONS))["findings"]
    return [(finding["fingerprint"], visible(finding["path"]), finding["line"]) for finding in found]


def _of_sarif(report: Report) -> list[Place]:
    places: list[Place] = []
    for result in sarif(render("sarif", report, OPTIONS))["runs"][0]["results"]:
        if result.get("baselineState") == "absent":
            continue
        ((at,),) = [[location["physicalLocation"] for location in result["locations"]]]
        path = visible(unquote(at["artifactLocation"]["uri"], errors="surrogateescape"))
        places.append((result["partialFingerprints"]["auditor/v1"], path, at["region"]["startLine"]))
    return places


def _of_csv(report: Report) -> list[Place]:
    rows = csv.DictReader(io.StringIO(render("csv", report, OPTIONS), newline=""), strict=True)
    return [(row["fingerprint"], row["path"], int(row["line"])) for row in rows]


def _of_oscal(name: str, report: Report) -> list[Place]:
    content = oscal(render(name, report, OPTIONS))
    holder = content["results"][0] if "results" in content else content
    places: list[Place] = []
    for observation in holder.get("observations", ()):
        told = {prop["name"]: prop["value"] for prop in observation["props"]}
        path, _, line = observation["relevant-evidence"][0]["href"].rpartition("#L")
        places.append((told["fingerprint"], visible(unquote(path)), int(line)))
    return places


class _Page(HTMLParser):
    """Collects every id, and of each element with an id the first place in it."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.places: dict[str, str] = {}
        self._is_place = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if (name := values.get("id")) is not None:
            self.ids.append(name)
        self._is_place = tag == "code" and values.get("class") == "place" and self.ids[-1] not in self.places

    def handle_endtag(self, tag: str) -> None:
        self._is_place = self._is_place and tag != "code"

    def handle_data(self, data: str) -> None:
        if self._is_place:
            self.places[self.ids[-1]] = self.places.get(self.ids[-1], "") + data


def _of_html(report: Report) -> list[Place]:
    page = _Page()
    page.feed(render("html", report, OPTIONS))
    assert len(set(page.ids)) == len(page.ids)
    places: list[Place] = []
    for finding in report.findings:
        path, _, line = page.places[finding.fingerprint].rpartition(":")
        places.append((finding.fingerprint, path, int(line)))
    return places


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(reports())
def test_every_finding_stands_once_at_its_place_in_every_format(report: Report) -> None:
    expected = sorted(_of_json(report))
    assert len(expected) == len(report.findings)
    assert sorted(_of_sarif(report)) == expected
    assert sorted(_of_oscal("oscal", report)) == expected
    assert sorted(_of_oscal("oscal-poam", report)) == expected
    assert sorted(_of_html(report)) == expected
    shown = sorted(_of_csv(report))
    assert [(fingerprint, line) for fingerprint, _, line in shown] == [(f, line) for f, _, line in expected]
    # A path that looks like a formula has an apostrophe before it.
    assert all(cell in {path, f"'{path}"} for (_, cell, _), (_, path, _) in zip(shown, expected, strict=True))


def _scan(folder: Path, jobs: int, seed: str, zone: str) -> dict[str, bytes]:
    """Scan a sample with all formats at once, text on standard output; return what was written."""
    folder.mkdir()
    outputs = [argument for name in REPORTERS if name != "text" for argument in ("-f", f"{name}={folder / name}")]
    command = [sys.executable, "-m", "auditor", "scan", "samples/clinic-insecure", "--jobs", str(jobs), "-f", "text"]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1767225600", "PYTHONHASHSEED": seed, "TZ": zone}
    done = subprocess.run([*command, *outputs], cwd=ROOT, env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (1, b"")
    return {"text": done.stdout, **{file.name: file.read_bytes() for file in folder.iterdir()}}


def test_one_run_writes_every_format_and_two_runs_the_same_bytes(tmp_path: Path) -> None:
    first = _scan(tmp_path / "first", 1, "1", "UTC")
    second = _scan(tmp_path / "second", 4, "2", "Asia/Tokyo")
    assert set(first) == set(REPORTERS)
    assert all(first.values())
    assert [name for name in REPORTERS if first[name] != second[name]] == []
    sarif(first["sarif"].decode())
    for name in ("oscal", "oscal-poam"):
        oscal(first[name].decode())


def test_every_format_is_in_the_guide() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \|", (ROOT / "docs" / "formats.md").read_text("utf-8"), re.MULTILINE)
    assert set(rows) == set(REPORTERS)


@pytest.mark.parametrize("name", REPORTERS)
def test_another_report_has_other_bytes(name: str) -> None:
    report = clinic()
    changed = msgspec.structs.replace(report.findings[0], line=report.findings[0].line + 1)
    other = msgspec.structs.replace(report, findings=(changed, *report.findings[1:]))
    assert render(name, report, OPTIONS) != render(name, other, OPTIONS)
