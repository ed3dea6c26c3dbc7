"""Who gets an answer from a real Sentinel is who we say."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from auditor.model.source import Source
from auditor.technologies.document import FileView
from auditor.technologies.redis import REDIS, RedisSentinel
from tests.oracle.namespace import SECOND_ADDRESS, Namespace, NoNamespaceError, network_namespace
from tests.oracle.redis.server import ping

PROGRAM = shutil.which("redis-server")
PORT = 26379
MONITOR = "sentinel monitor main 127.0.0.1 6379 1\n"

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(PROGRAM is None, reason="redis-server is not installed"),
]


class NoFiles:
    """No file is included."""

    def open(self, path: str) -> None:
        del path

    def glob(self, pattern: str) -> list[str]:
        del pattern
        return []


@pytest.fixture(scope="module")
def namespace() -> Iterator[Namespace]:
    try:
        with network_namespace() as found:
            yield found
    except NoNamespaceError as error:
        pytest.skip(f"no network namespace: {error}")


def answers(text: str, folder: Path) -> tuple[str, str]:
    """Start Sentinel with `text`; return what clients at loopback and at the second address get."""
    assert PROGRAM is not None
    file = folder / "sentinel.conf"
    file.write_text(text)
    process = subprocess.Popen([PROGRAM, str(file), "--sentinel"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 30
        while ping("127.0.0.1", PORT) == "no port" and time.monotonic() < end:
            time.sleep(0.01)
        return ping("127.0.0.1", PORT), ping(SECOND_ADDRESS, PORT)
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize(
    "lines",
    [
        "",
        "requirepass sample\n",
        "protected-mode yes\n",
        "protected-mode yes\nrequirepass sample\n",
        "user default off\n",
    ],
)
def test_sentinel(namespace: Namespace, lines: str) -> None:
    text = lines + MONITOR
    with tempfile.TemporaryDirectory() as folder:
        real = namespace.run(partial(answers, text, Path(folder)))
    document = REDIS.parse(Source(path="sentinel.conf", text=text))
    view: FileView = NoFiles()
    (service,) = REDIS.from_files([document], {"sentinel.conf": view})
    assert isinstance(service, RedisSentinel)
    local = "PONG" if service.is_passwordless is True else "NOAUTH"
    remote = "DENIED" if service.is_protected is True else local
    assert real == (local, remote)
