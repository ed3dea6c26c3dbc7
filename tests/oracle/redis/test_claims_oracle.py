"""What checks of Redis claim about single settings holds of the real server."""

import shutil
import tempfile
import time
from collections.abc import Generator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.oracle.redis.server import Client, ReplyError, running, unix

PROGRAM = shutil.which("redis-server")

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(PROGRAM is None, reason="redis-server is not installed"),
]


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="redis-", dir="/tmp") as found:  # sun_path holds 107 bytes
        yield Path(found)


@contextmanager
def client(folder: Path) -> Generator[Client, None, None]:
    with closing(unix(folder / "s")) as found:
        yield found


@pytest.mark.parametrize(("length", "kept"), [("0", 0), ("128", 1)])
def test_failed_log_ins_are_kept_in_the_acl_log_unless_its_length_is_0(folder: Path, length: str, kept: int) -> None:
    assert PROGRAM is not None
    arguments = ["--port", "0", "--unixsocket", "s", "--requirepass", "sample-only", "--acllog-max-len", length]
    with running(PROGRAM, arguments, folder) as started:
        assert started
        with client(folder) as stranger, pytest.raises(ReplyError):
            stranger.ask("AUTH", "wrong")
        with client(folder) as operator:
            operator.ask("AUTH", "sample-only")
            assert len(operator.ask("ACL", "LOG")) == kept


@pytest.mark.parametrize(("timeout", "is_closed"), [("0", False), ("1", True)])
def test_an_idle_connection_is_closed_after_timeout_and_never_with_0(
    folder: Path, timeout: str, is_closed: bool
) -> None:
    assert PROGRAM is not None
    arguments = ["--port", "0", "--unixsocket", "s", "--requirepass", "sample-only", "--timeout", timeout]
    with running(PROGRAM, arguments, folder) as started:
        assert started
        with client(folder) as idle:
            idle.ask("AUTH", "sample-only")
            if is_closed:
                idle.connection.settimeout(60)
                with pytest.raises(ConnectionError):
                    idle.reply()
            else:
                time.sleep(2.5)
                assert idle.ask("PING") == "PONG"
