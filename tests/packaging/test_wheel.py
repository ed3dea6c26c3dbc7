"""What is published: built from the sdist, installed without the checkout, run."""

import json
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
pytestmark = pytest.mark.xdist_group("wheel")


def run(*command: str | Path, cwd: Path, target: Path | None = None) -> str:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    if target is not None:
        environment["PYTHONPATH"] = str(target)
    done = subprocess.run(
        [sys.executable, *map(str, command)], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    run("-m", "build", "--no-isolation", "--outdir", folder, CHECKOUT, cwd=folder)
    return folder


@pytest.fixture(scope="module")
def installed(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("target")
    (wheel,) = dist.glob("*.whl")
    run("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", target, wheel, cwd=target)
    return target


def test_the_wheel_holds_one_package_and_the_data_it_needs(dist: Path) -> None:
    (wheel,) = dist.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"auditor"}
    assert "auditor/py.typed" in names
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    assert "auditor/_bundled/profiles/hipaa.yaml" in names
    assert "auditor/_bundled/profiles/cfr-164c.json" in names
    assert any(name.startswith("auditor/_bundled/reports/templates/") for name in names)
    checks = {str(file.relative_to(CHECKOUT)) for file in (CHECKOUT / "checks").rglob("*.py")}
    assert {name.replace("auditor/_bundled/", "") for name in names if "/_bundled/checks/" in name} == checks


def test_the_source_distribution_builds_and_leaves_out_what_is_generated(dist: Path) -> None:
    (archive,) = dist.glob("*.tar.gz")
    with tarfile.open(archive) as file:
        names = [name.partition("/")[2] for name in file.getnames()]
    assert {"pyproject.toml", "LICENSE", "README.md", "samples/clinic-insecure/.env"} <= set(names)
    assert not [name for name in names if name.startswith((".venv", "build/", "dist/"))]


def test_the_installed_program_scans_without_the_checkout(installed: Path, tmp_path: Path) -> None:
    where = run("-c", "import auditor; print(auditor.__file__)", cwd=tmp_path, target=installed)
    assert where.startswith(str(installed))
    assert run("-m", "auditor", "--version", cwd=tmp_path, target=installed).startswith("auditor ")
    (tmp_path / ".env").write_text("DB_PASSWORD=postgres\n")
    arguments = ["scan", ".", "--fail-on", "never", "--format", "html=report.html", "--format", "json"]
    report = json.loads(run("-m", "auditor", *arguments, cwd=tmp_path, target=installed))
    assert [finding["path"] for finding in report["findings"]]
    assert (tmp_path / "report.html").read_text().lower().startswith("<!doctype html>")


def test_the_version_stands_in_one_way_everywhere(dist: Path) -> None:
    from auditor import __version__  # noqa: PLC0415  # the checkout's

    (wheel,) = dist.glob("*.whl")
    assert wheel.name.startswith(f"auditor-{__version__}-")
    assert f"## {__version__}" in (CHECKOUT / "CHANGELOG.md").read_text()
