"""What deploy/ offers works as written, and passes our own audit."""

import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

CHECKOUT = Path(__file__).parents[2]
DEPLOY = CHECKOUT / "deploy"
AUDITOR = Path(sys.executable).with_name("auditor")


def run(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        arguments, cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


def test_our_own_audit_has_nothing_at_medium_or_above(tmp_path: Path) -> None:
    done = run(str(AUDITOR), "scan", str(DEPLOY), "--format", "json", cwd=tmp_path)
    report = json.loads(done.stdout)
    assert [f for f in report["findings"] if f["severity"] in {"critical", "high", "medium"}] == []
    assert [f for f in report["coverage"]["files"] if f["status"] == "unreadable"] == []
    assert done.returncode == 0


def objects() -> dict[str, Any]:
    documents = yaml.safe_load_all((DEPLOY / "kubernetes/auditor.yaml").read_text())
    return {document["kind"]: document for document in documents}


@pytest.fixture
def places(tmp_path: Path) -> dict[str, str]:
    """Stand-ins for the paths that the examples name."""
    shutil.copytree(CHECKOUT / "samples/clinic-insecure", tmp_path / "infrastructure")
    (tmp_path / "etc").mkdir()
    (tmp_path / "state").mkdir()
    (tmp_path / "etc/auditor.toml").write_text(objects()["ConfigMap"]["data"]["auditor.toml"])
    return {
        "/source/infrastructure": str(tmp_path / "infrastructure"),
        "/srv/infrastructure": str(tmp_path / "infrastructure"),
        "/etc/auditor": str(tmp_path / "etc"),
        "/var/lib/auditor": str(tmp_path / "state"),
        "/opt/auditor/bin/auditor": str(AUDITOR),
    }


def moved(words: list[str], places: dict[str, str]) -> list[str]:
    for old, new in places.items():
        words = [word.replace(old, new) for word in words]
    return words


def test_the_cron_job_runs_week_after_week(tmp_path: Path, places: dict[str, str]) -> None:
    pod = objects()["CronJob"]["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    command = moved([str(AUDITOR), *container["args"]], places)
    for week in ("1760000000", "1760604800"):
        done = run(*command, cwd=tmp_path, SOURCE_DATE_EPOCH=week)
        assert done.returncode == 0, done.stderr
    result = json.loads((tmp_path / "state/result.json").read_text())
    assert result["cover"]["organisation"] == "Example Clinic"
    assert result["changes"]["reference"] == "history"
    assert {finding["change"] for finding in result["findings"]} == {"unchanged"}
    listed = run(str(AUDITOR), "history", str(tmp_path / "state/history.sqlite"), cwd=tmp_path)
    assert "2025-10-09" in listed.stdout
    assert "2025-10-16" in listed.stdout


def test_every_path_the_containers_write_to_is_a_volume_and_no_root_is_writable() -> None:
    pod = objects()["CronJob"]["spec"]["jobTemplate"]["spec"]["template"]["spec"]
    for container in (*pod["initContainers"], *pod["containers"]):
        writable = {m["mountPath"] for m in container["volumeMounts"] if not m.get("readOnly")}
        assert writable <= {"/source", "/tmp", "/var/lib/auditor"}
        assert container["securityContext"]["readOnlyRootFilesystem"] is True
        assert container["securityContext"]["capabilities"]["drop"] == ["ALL"]
    assert pod["securityContext"]["runAsNonRoot"] is True


def exec_start() -> list[str]:
    unit = (DEPLOY / "systemd/auditor.service").read_text().replace("\\\n", " ")
    (line,) = [line for line in unit.splitlines() if line.startswith("ExecStart=")]
    return shlex.split(line.removeprefix("ExecStart="))


def test_the_systemd_service_starts_a_scan_that_works(tmp_path: Path, places: dict[str, str]) -> None:
    done = run(*moved(exec_start(), places), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "state/report.html").stat().st_size > 10_000


@pytest.mark.server
def test_systemd_accepts_the_units_and_finds_them_confined(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed")
    for unit in ("auditor.service", "auditor.timer"):
        text = (DEPLOY / "systemd" / unit).read_text()
        (tmp_path / unit).write_text(text.replace("/opt/auditor/bin/auditor", "/bin/true"))
    verified = run("systemd-analyze", "verify", "./auditor.service", "./auditor.timer", cwd=tmp_path)
    assert "auditor" not in verified.stderr, verified.stderr
    judged = run("systemd-analyze", "security", "--offline=true", "--threshold=10", "./auditor.service", cwd=tmp_path)
    assert judged.returncode == 0, judged.stdout


def test_the_action_audits_and_treats_inputs_as_text(tmp_path: Path) -> None:
    action = yaml.safe_load((DEPLOY / "github/action.yml").read_text())
    install, audit = action["runs"]["steps"]
    assert (DEPLOY / "github/../../constraints.txt").is_file()
    assert "../../constraints.txt" in install["run"]
    assert "${{" not in install["run"] + audit["run"]
    (tmp_path / "auditor/bin").mkdir(parents=True)
    (tmp_path / "auditor/bin/auditor").symlink_to(AUDITOR)
    (tmp_path / "auditor/bin/python").symlink_to(sys.executable)
    hostile = 'x"; touch stolen; $(touch stolen) #'
    (tmp_path / hostile).mkdir()
    (tmp_path / hostile / "redis.conf").write_text("bind 0.0.0.0\nprotected-mode no\n")
    summary = tmp_path / "summary.md"
    done = run(
        "bash", "-e", "-c", audit["run"],
        cwd=tmp_path,
        RUNNER_TEMP=str(tmp_path),
        AUDIT_PATH=hostile,
        FAIL_ON="high",
        WAIVERS="",
        BASELINE="",
        OUTPUT="report",
        GITHUB_STEP_SUMMARY=str(summary),
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert not (tmp_path / "stolen").exists()
    assert {path.name for path in (tmp_path / "report").iterdir()} == {
        "report.html", "result.json", "result.sarif", "summary.md", "upload.sarif",
    }  # fmt: skip
    assert len(json.loads((tmp_path / "report/upload.sarif").read_text())["runs"][0]["results"]) > 1
    assert summary.read_text() == (tmp_path / "report/summary.md").read_text()


def test_the_gitlab_job_writes_the_reports_it_names(tmp_path: Path) -> None:
    header, job = yaml.safe_load_all((DEPLOY / "gitlab/auditor.gitlab-ci.yml").read_text())
    assert set(header["spec"]["inputs"]) == {"image", "stage", "path", "fail-on"}
    shutil.copytree(CHECKOUT / "samples/clinic-insecure", tmp_path / "repository")
    done = run(
        "bash", "-e", "-c", "\n".join(job["auditor"]["script"]),
        cwd=tmp_path / "repository",
        PATH=f"{AUDITOR.parent}:{os.environ['PATH']}",
        AUDIT_PATH=".",
        FAIL_ON="never",
    )  # fmt: skip
    assert done.returncode in {0, 4}, done.stderr
    artifacts = job["auditor"]["artifacts"]
    for path in (*artifacts["paths"], *artifacts["reports"].values()):
        assert (tmp_path / "repository" / path).is_file(), path
