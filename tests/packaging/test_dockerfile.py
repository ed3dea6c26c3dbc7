"""The container image's steps, run as a script: where tests run there is no container engine."""

import fnmatch
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
pytestmark = pytest.mark.xdist_group("image")
FOREIGN = "12345"


def instructions() -> list[tuple[str, str]]:
    """Return the Dockerfile's instructions as keyword and arguments, continuation lines joined."""
    text = "\n".join(line for line in (CHECKOUT / "Dockerfile").read_text().splitlines() if not line.startswith("#"))
    joined = re.sub(r"\\\n\s*", " ", text)
    return [(line.split(" ", 1)[0], line.split(" ", 1)[1]) for line in joined.splitlines() if line.strip()]


def interpreter() -> str:
    """Return a Python that another user may run too: Debian's rather than one in somebody's home."""
    for candidate in ("/usr/bin/python3", sys.executable):
        test = "import ensurepip, sys; sys.exit(sys.version_info < (3, 11))"
        if Path(candidate).exists() and subprocess.run([candidate, "-c", test], check=False).returncode == 0:
            return candidate
    pytest.skip("no Python with the venv module")


@pytest.fixture(scope="module")
def image() -> Iterator[Path]:
    """Carry out the build stage below a temporary root, and return the root."""
    root = Path(tempfile.mkdtemp(prefix="auditor-image-"))
    root.chmod(0o755)
    source = root / "src"
    source.mkdir()
    environment = {**os.environ, "PIP_CONFIG_FILE": os.environ.get("PIP_CONFIG_FILE", "")}
    environment = {name: value for name, value in environment.items() if value and name != "PYTHONPATH"}
    try:
        for keyword, arguments in _build_stage():
            if keyword == "COPY":
                *names, target = arguments.split()
                for name in names:
                    _copy(CHECKOUT / name, source / target if target != "./" else source / name)
            elif keyword == "RUN":
                command = re.sub(r"(?<![\w.])/(opt|dist)\b", rf"{root}/\1", arguments)
                command = re.sub(r"\bpython -m venv", f"{interpreter()} -m venv", command).replace(
                    "--no-cache-dir ", ""
                )
                done = subprocess.run(
                    ["/bin/sh", "-ec", command],
                    cwd=source,
                    env=environment,
                    capture_output=True,
                    text=True,
                    check=False,
                )
                assert done.returncode == 0, f"{arguments}\n{done.stdout}{done.stderr}"
        shutil.rmtree(source)
        yield root
    finally:
        shutil.rmtree(root, ignore_errors=True)


def _build_stage() -> list[tuple[str, str]]:
    steps = instructions()
    stages = [number for number, (keyword, _) in enumerate(steps) if keyword == "FROM"]
    return steps[stages[0] : stages[1]]


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copyfile(source, target)


def test_the_base_is_pinned_by_digest_in_every_stage() -> None:
    steps = instructions()
    (base,) = [arguments for keyword, arguments in steps if keyword == "ARG"]
    assert re.fullmatch(r"BASE=python:3\.\d+\.\d+-slim-\w+@sha256:[0-9a-f]{64}", base)
    assert {arguments.split()[0] for keyword, arguments in steps if keyword == "FROM"} == {"${BASE}"}


def test_it_runs_as_a_numeric_user_where_files_are_mounted() -> None:
    last = dict(instructions())
    user, _, group = last["USER"].partition(":")
    assert int(user) > 0
    assert int(group) > 0
    assert last["WORKDIR"] == "/scan"
    assert json.loads(last["ENTRYPOINT"]) == ["auditor"]


def test_the_build_context_has_what_is_copied_and_nothing_private() -> None:
    lines = (CHECKOUT / ".dockerignore").read_text().split()
    assert lines[0] == "*"
    allowed = [line[1:] for line in lines if line.startswith("!")]
    copied = [name for keyword, arguments in _build_stage() if keyword == "COPY" for name in arguments.split()[:-1]]
    assert {name.split("/")[0] for name in allowed} == set(copied)
    assert not any(fnmatch.fnmatch(private, name) for private in (".git", ".venv", ".env") for name in allowed)


def test_the_image_runs_read_only_under_a_foreign_user(image: Path) -> None:
    program = image / "opt/auditor/bin/auditor"
    scanned, reports = image / "scan", image / "reports"
    shutil.copytree(CHECKOUT / "samples/clinic-insecure", scanned)
    reports.mkdir(mode=0o777)
    reports.chmod(0o777)
    prefix: list[str] = []
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("setpriv is not installed")
        prefix = ["setpriv", "--reuid", FOREIGN, "--regid", FOREIGN, "--clear-groups"]
    before = _listing(image, without=reports)
    steps = dict(
        part.split("=", 1) for keyword, arguments in instructions() if keyword == "ENV" for part in arguments.split()
    )
    environment = {**steps, "PATH": f"{program.parent}:/usr/bin:/bin"}
    version = subprocess.run(
        [*prefix, str(program), "--version"], capture_output=True, text=True, env=environment, cwd=scanned, check=False
    )
    if prefix and "ermission denied" in version.stderr and interpreter() == sys.executable:
        pytest.skip("the only Python here belongs to root's home")
    assert version.stdout.startswith("auditor "), version.stderr
    done = subprocess.run(
        [*prefix, str(program), "scan", ".", "--format", f"json={reports}/result.json", "--fail-on", "never"],
        capture_output=True,
        text=True,
        env=environment,
        cwd=scanned,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads((reports / "result.json").read_text())["findings"]
    assert _listing(image, without=reports) == before, "it wrote outside the report's folder"


def test_the_image_holds_no_build_tools(image: Path) -> None:
    site = next((image / "opt/auditor/lib").glob("python*/site-packages"))
    assert not {"pip", "hatchling", "pytest"} & {path.name for path in site.iterdir()}


def _listing(root: Path, without: Path) -> dict[str, int]:
    return {
        str(path): path.lstat().st_mtime_ns
        for path in root.rglob("*")
        if path != without and without not in path.parents
    }
