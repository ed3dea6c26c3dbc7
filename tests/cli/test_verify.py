"""`auditor verify`: what belongs together is told from what was changed since."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.cli.test_cli import BAD, auditor, write

EPOCH = {"SOURCE_DATE_EPOCH": "1767225600"}


@pytest.fixture(name="made")
def scan(tmp_path: Path) -> Path:
    """Scan a small tree; returns the folder with `tree/`, `report.html` and `result.json`."""
    write(tmp_path / "tree", {**BAD, "deep/er/redis.conf": "bind 127.0.0.1\n"})
    outputs = ("-f", f"html={tmp_path / 'report.html'}", "-f", f"json={tmp_path / 'result.json'}")
    assert auditor("scan", tmp_path / "tree", *outputs, env=EPOCH).returncode == 1
    return tmp_path


def outcomes(text: str) -> dict[str, str]:
    """Return the outcome by subject; of several files the last."""
    rows = [line[:13].rstrip() + "|" + line[14:].partition(":")[0] for line in text.splitlines()]
    return {subject: outcome for outcome, _, subject in (row.partition("|") for row in rows)}


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_what_one_run_wrote_belongs_together(made: Path) -> None:
    answer = auditor("verify", made / "report.html", made / "result.json", "--root", made / "tree")
    assert (answer.returncode, answer.stderr) == (0, "")
    assert outcomes(answer.stdout) == dict.fromkeys(
        ("result", "report", "checks", "profile", "inputs", "files"), "same"
    )


def test_a_changed_result_differs(made: Path) -> None:
    edit(made / "result.json", '"severity": "critical"', '"severity": "low"')
    answer = auditor("verify", made / "report.html", made / "result.json")
    assert answer.returncode == 1
    assert outcomes(answer.stdout) == {
        "result": "differs",
        "report": "differs",
        "checks": "same",
        "profile": "same",
        "inputs": "same",
    }


def test_a_result_in_another_layout_is_another_file(made: Path) -> None:
    file = made / "result.json"
    file.write_text(json.dumps(json.loads(file.read_text())))
    answer = auditor("verify", made / "report.html", file)
    assert (answer.returncode, outcomes(answer.stdout)["result"], outcomes(answer.stdout)["report"]) == (
        1,
        "differs",
        "same",
    )


def test_a_changed_page_differs(made: Path) -> None:
    edit(made / "report.html", "</body>", "<p>All is well.</p></body>")
    answer = auditor("verify", made / "report.html", made / "result.json")
    assert answer.returncode == 1
    assert outcomes(answer.stdout)["result"] == "same"
    assert outcomes(answer.stdout)["report"] == "differs"


def test_a_digest_in_the_body_is_none(made: Path) -> None:
    page = made / "report.html"
    line = next(line for line in page.read_text("utf-8").splitlines() if "auditor-result-sha256" in line)
    edit(page, line, "")
    edit(page, "</body>", f"{line}</body>")
    answer = auditor("verify", page, made / "result.json")
    assert answer.returncode == 2
    assert "no digest" in " ".join(answer.stderr.split())


def test_another_version_is_said_and_is_no_error(made: Path) -> None:
    file, page = made / "result.json", made / "report.html"
    edit(file, '"version": "0.1.0"', '"version": "0.0.9"')
    edit(file, '"checks_digest": "', '"checks_digest": "0')
    assert auditor("report", file, "-f", f"html={page}").returncode == 0
    edit(page, "</body>", "<!-- of another version -->\n</body>")
    answer = auditor("verify", page, file)
    assert (answer.returncode, outcomes(answer.stdout)["result"]) == (0, "same")
    assert outcomes(answer.stdout)["report"] == "not compared"
    assert outcomes(answer.stdout)["checks"] == "not compared"
    assert "made by version 0.0.9, and this is 0.1.0" in answer.stdout


@pytest.mark.parametrize("name", ["checks_digest", "profile", "inputs"])
def test_other_rules_or_inputs_differ(made: Path, name: str) -> None:
    file, page = made / "result.json", made / "report.html"
    result = json.loads(file.read_text())
    holder = result["tool"] if name == "checks_digest" else result["integrity"]
    edit(file, holder[name], "0" * 64)
    assert auditor("report", file, "-f", f"html={page}").returncode == 0
    answer = auditor("verify", page, file)
    assert answer.returncode == 1
    differing = {subject for subject, outcome in outcomes(answer.stdout).items() if outcome == "differs"}
    assert differing == {name.removesuffix("_digest")}


def test_changed_and_missing_files_are_named(made: Path) -> None:
    (made / "tree/redis/redis.conf").write_text("bind 127.0.0.1\n")
    (made / "tree/deep/er/redis.conf").unlink()
    answer = auditor("verify", made / "report.html", made / "result.json", "--root", made / "tree")
    assert answer.returncode == 1
    differing = [line for line in answer.stdout.splitlines() if line.startswith("differs")]
    assert len(differing) == 2
    assert "deep/er/redis.conf: the system refuses" in differing[0]
    assert "redis/redis.conf: SHA-256" in differing[1]
    assert "0 below" in answer.stdout


def test_no_path_of_a_result_leads_out_of_the_folder(made: Path) -> None:
    (made / "outside").write_text("x")
    edit(made / "result.json", '"path": "deep/er/redis.conf"', '"path": "../outside\\u0000\\u001b[2J"')
    answer = auditor("verify", made / "report.html", made / "result.json", "--root", made / "tree")
    assert answer.returncode == 1
    assert "../outside\\x00\\x1b[2J: " in answer.stdout
    edit(made / "result.json", "outside\\u0000\\u001b[2J", "outside")
    answer = auditor("verify", made / "report.html", made / "result.json", "--root", made / "tree")
    assert "../outside: it lies outside the scanned folder" in answer.stdout


@pytest.mark.parametrize(
    ("page", "result", "root", "words"),
    [
        ("nowhere.html", "result.json", "tree", "No such file"),
        ("report.html", "nowhere.json", "tree", "No such file"),
        ("report.html", "report.html", "tree", "not a result"),
        ("result.json", "result.json", "tree", "no digest"),
        ("report.html", "result.json", "nowhere", "no folder"),
    ],
)
def test_wrong_usage(made: Path, page: str, result: str, root: str, words: str) -> None:
    answer = auditor("verify", made / page, made / result, "--root", made / root)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert words in " ".join(answer.stderr.replace("│", "").split())


def test_the_digest_of_the_inputs_is_what_sha256sum_writes(made: Path) -> None:
    """The way that docs/formats.md shows, with programs that are everywhere."""

    result = json.loads((made / "result.json").read_text())
    paths = "".join(f"{file['path']}\n" for file in result["coverage"]["files"] if file["sha256"])
    command = "LC_ALL=C sort | xargs -d '\\n' sha256sum | sha256sum"
    output = subprocess.run(
        ["bash", "-c", command], cwd=made / "tree", input=paths, capture_output=True, check=True, text=True
    ).stdout
    assert output.split()[0] == result["integrity"]["inputs"]
