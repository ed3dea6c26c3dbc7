"""What checks say of a running server, tried on one: refused log-ins in its log, weak passwords, files of clients."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.oracle.mysql.server import log_in, make_template, running
from tests.oracle.namespace import Namespace, NoNamespaceError, network_namespace

PROGRAM = shutil.which("mariadbd")
PORT = 7307

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(PROGRAM is None, reason="mariadbd is not installed"),
]


@pytest.fixture(scope="module")
def namespace() -> Iterator[Namespace]:
    try:
        with network_namespace() as found:
            yield found
    except NoNamespaceError as error:
        pytest.skip(f"no network namespace: {error}")


@pytest.fixture(scope="module")
def template() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="mc-", dir="/tmp") as folder:
        make_template(Path(folder, "template"))
        yield Path(folder, "template")


def statement(folder: Path, text: str, *options: str) -> str:
    """Run a statement as root; return what the client says of an error, "" if there is none."""
    words = ["mariadb", "--no-defaults", "-uroot", f"--socket={folder}/s", *options, "-e", text]
    return subprocess.run(words, capture_output=True, text=True, check=False).stderr


def output_after(namespace: Namespace, template: Path, option: str, text: str = "") -> tuple[str, str]:
    """Start the server with one option; return the error of `text` and the server's log after a refused log-in."""

    def inside(folder: Path) -> tuple[str, str]:
        assert PROGRAM is not None
        (folder / "my.cnf").write_text("[mysqld]\n")
        words = [f"--defaults-file={folder}/my.cnf", f"--socket={folder}/s", f"--port={PORT}", option]
        with running(PROGRAM, words, folder, template) as started:
            assert started
            error = statement(folder, text, "--local-infile=1") if text else ""
            assert log_in("127.0.0.1", PORT, user="probe", password="guess", tls=False) == "denied"
            return error, (folder / "output").read_text("utf-8", "replace")

    with tempfile.TemporaryDirectory(prefix="mc-", dir="/tmp") as name:
        return namespace.run(partial(inside, Path(name)))


@pytest.mark.parametrize(("level", "is_logged"), [(0, False), (1, False), (2, True)])
def test_refused_log_ins_are_logged_from_2_on(
    namespace: Namespace, template: Path, level: int, *, is_logged: bool
) -> None:
    _, log = output_after(namespace, template, f"--log-warnings={level}")
    assert ("Access denied" in log) is is_logged


@pytest.mark.parametrize(
    ("option", "is_taken"), [("--loose-x", True), ("--plugin-load-add=simple_password_check", False)]
)
def test_weak_passwords(namespace: Namespace, template: Path, option: str, *, is_taken: bool) -> None:
    error, _ = output_after(namespace, template, option, "CREATE USER weak@localhost IDENTIFIED BY 'abc'")
    assert (error == "") is is_taken


@pytest.mark.parametrize(("option", "is_read"), [("--loose-x", True), ("--local-infile=0", False)])
def test_files_of_clients(namespace: Namespace, template: Path, option: str, *, is_read: bool) -> None:
    text = "CREATE TABLE test.t (line TEXT); LOAD DATA LOCAL INFILE '/etc/hostname' INTO TABLE test.t"
    error, _ = output_after(namespace, template, option, f"CREATE DATABASE test; {text}")
    assert (error == "") is is_read
