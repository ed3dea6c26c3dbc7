"""Start rabbitmq-server on generated files and ask it what it made of them."""

import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.oracle.rabbitmq.cases import Case

PROGRAM = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
ERL_CALL = shutil.which("erl_call")
START_SECONDS = 120.0
_NODE = "auditor@localhost"
_COOKIE = "sample-cookie"
_QUESTION = """
Text = fun(X) -> lists:flatten(io_lib:format("~p", [X])) end,
One = fun(K) -> case application:get_env(rabbit, K) of {ok, V} -> V; _ -> undefined end end,
Strip = fun(S) -> [C || C <- S, C =/= 10, C =/= 34, C =/= 32] end,
string:join([Strip(Text(One(K))) || K <- [tcp_listeners, ssl_listeners, loopback_users, heartbeat,
  cluster_partition_handling, disk_free_limit, ssl_options, auth_mechanisms, log, default_user]], "|").
"""


@contextmanager
def running(case: Case, folder: Path) -> Generator[bool, None, None]:
    """Start a broker with an empty database; yield whether it runs."""
    for name, text in case.files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    (folder / "conf.d").mkdir(exist_ok=True)
    cookie = folder / ".erlang.cookie"
    cookie.write_text(_COOKIE)
    cookie.chmod(0o400)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "RABBITMQ_NODENAME": _NODE,
        "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq"),
        "RABBITMQ_CONFIG_FILES": str(folder / "conf.d"),
        "RABBITMQ_ADVANCED_CONFIG_FILE": str(folder / "advanced.config"),
        "RABBITMQ_MNESIA_BASE": str(folder / "data"),
        "RABBITMQ_LOG_BASE": str(folder / "log"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "enabled_plugins"),
        "RABBITMQ_CONF_ENV_FILE": "/dev/null",
        "ERL_EPMD_ADDRESS": "127.0.0.1",
        **case.environment,
    }
    output = folder / "output"
    with output.open("wb") as log:
        process = subprocess.Popen(
            [str(PROGRAM)], cwd=folder, env=environment, stdout=log, stderr=log, start_new_session=True
        )
    try:
        yield _wait(process, output)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # the start script and the virtual machine below it
        process.wait()


def _wait(process: "subprocess.Popen[bytes]", output: Path) -> bool:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if "Starting broker... completed" in output.read_text("utf-8", "replace"):
            return True
        if process.poll() is not None:
            return False
        time.sleep(0.05)
    raise TimeoutError("the broker neither started nor stopped")


def ask(folder: Path) -> list[str]:
    """Return settings in force: the broker's own terms without blanks and quotes, in a fixed order."""
    assert ERL_CALL is not None
    environment = {"HOME": str(folder), "PATH": os.environ["PATH"]}
    words = [ERL_CALL, "-c", _COOKIE, "-n", _NODE, "-e"]
    done = subprocess.run(
        words, input=_QUESTION, env=environment, capture_output=True, text=True, check=True, timeout=60
    )
    reply = done.stdout.strip().removeprefix("{ok, ").removesuffix("}")
    return str(_string(reply)).split("|")


def _string(reply: str) -> str:
    """Return the text of a reply: a quoted string, or a list of character codes."""
    if reply.startswith('"'):
        return reply.strip('"')
    codes: list[Any] = json.loads(reply)
    return "".join(chr(code) for code in codes)


def end_epmd() -> None:
    """End the port mapper of this network namespace, which outlives the broker."""
    own = Path("/proc/thread-self/ns/net").readlink()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if (folder / "comm").read_text().strip() == "epmd" and (folder / "ns/net").readlink() == own:
                os.kill(int(folder.name), 15)
        except OSError:
            continue


def log_in(address: str, port: int, user: str, password: str, context: ssl.SSLContext | None = None) -> str:
    """Return what an AMQP 0-9-1 client gets: `in`, `refused` or `no port`."""
    try:
        connection = socket.create_connection((address, port), timeout=20)
    except OSError:
        return "no port"
    stream = connection
    try:
        stream = context.wrap_socket(connection) if context else connection
        stream.sendall(b"AMQP\x00\x00\x09\x01")
        if _method(stream)[:4] != b"\x00\x0a\x00\x0a":
            return "refused"
        response = f"\0{user}\0{password}".encode()
        body = b"\x00\x0a\x00\x0b" + (0).to_bytes(4, "big") + b"\x05PLAIN"
        body += len(response).to_bytes(4, "big") + response + b"\x05en_US"
        stream.sendall(b"\x01\x00\x00" + len(body).to_bytes(4, "big") + body + b"\xce")
        return "in" if _method(stream)[:4] == b"\x00\x0a\x00\x1e" else "refused"
    except (OSError, EOFError, ssl.SSLError):
        return "refused"
    finally:
        stream.close()


def _method(stream: socket.socket) -> bytes:
    head = _exactly(stream, 7)
    return _exactly(stream, int.from_bytes(head[3:7], "big") + 1)[:-1]


def _exactly(stream: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        part = stream.recv(count - len(data))
        if not part:
            raise EOFError
        data += part
    return data
