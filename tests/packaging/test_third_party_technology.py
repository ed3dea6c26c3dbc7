"""The distribution that docs/adding-a-technology.md describes adds a technology without touching this program."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
PAGE = CHECKOUT / "docs/adding-a-technology.md"
FENCE = re.compile(r"^(?P<mark>`{3}|~{4})(?:python|toml) (?P<path>\S+)\n(?P<text>.*?)^(?P=mark)$", re.M | re.S)
EXAMPLES = """
from auditor.packs import load_packs
from auditor.testing import examples
own = [check for check in load_packs().checks if check.id.startswith("couchdb-")]
for check in own:
    for example in examples(check):
        example.verify()
print(len(own))
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    source, target = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("target")
    for fence in FENCE.finditer(PAGE.read_text("utf-8")):
        file = source / fence["path"]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(fence["text"], "utf-8")
    run(
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--no-build-isolation",
        "--target",
        str(target),
        str(source),
    )
    return target


def run(*command: str, target: Path | None = None, status: int = 0) -> str:
    path = os.pathsep.join(str(part) for part in (target, CHECKOUT) if part is not None)
    environment = {**os.environ, "PYTHONPATH": path}
    done = subprocess.run([sys.executable, *command], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout


def test_its_examples_hold(installed: Path) -> None:
    assert run("-c", EXAMPLES, target=installed).strip() == "5"


def test_a_scan_finds_its_files_and_containers(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/local.ini").write_text(
        "[chttpd]\nbind_address = 0.0.0.0\n[admins]\nclinic = kd83-Plover-19-lamp\n"
    )
    (tmp_path / "compose.yaml").write_text("services:\n  journal:\n    image: couchdb:3.5\n")
    report = json.loads(run("-m", "auditor", "scan", str(tmp_path), "--format", "json", target=installed, status=1))
    found = {(f["check_id"], f["component"]) for f in report["findings"] if f["technology"] == "couchdb"}
    assert ("couchdb-anonymous-requests", "notes/local.ini") in found
    assert ("couchdb-anonymous-requests", "journal") in found
    assert ("secret-plaintext", "notes/local.ini") in {(f["check_id"], f["path"]) for f in report["findings"]}
    assert "Plover" not in json.dumps(report)


def test_without_it_nothing_of_it_is_known(tmp_path: Path) -> None:
    (tmp_path / "local.ini").write_text("[chttpd]\nbind_address = 0.0.0.0\n")
    (tmp_path / "redis.conf").write_text("bind 127.0.0.1\nrequirepass changeme\n")
    report = json.loads(run("-m", "auditor", "scan", str(tmp_path), "--format", "json", "--fail-on", "never"))
    assert not [f for f in report["findings"] if f["check_id"].startswith("couchdb-")]
