"""Start pgbouncer on generated files and ask it what it made of them."""

import os
import shutil
import socket
import ssl
import struct
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

START_SECONDS = 30.0
ACCOUNT = "nobody"
"""PgBouncer refuses to run as root; its console is open to its own account on the Unix socket."""
_SSL_REQUEST = 80877103


@contextmanager
def running(program: str, folder: Path) -> Generator[bool, None, None]:
    """Start the server; yield True once it says that it is up, False if it refuses to start."""
    output = folder / "output"
    with output.open("wb") as stream:
        process = subprocess.Popen([program, "-u", ACCOUNT, "main.ini"], cwd=folder, stdout=stream, stderr=stream)
    try:
        yield _wait(process, output)
    finally:
        process.kill()
        process.wait()


def _wait(process: "subprocess.Popen[bytes]", output: Path) -> bool:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            return False
        if b"process up" in output.read_bytes():
            return True
        time.sleep(0.005)
    raise TimeoutError("the server neither started nor stopped")


def show(folder: Path, port: int, what: str) -> list[dict[str, str]]:
    """Return the rows of `SHOW what` on the console, asked over the Unix socket by the server's own account."""
    psql = shutil.which("psql")
    assert psql is not None
    command = ["setpriv", f"--reuid={ACCOUNT}", "--clear-groups", psql, "-X", "-A", "-F", "\t", "-P", "footer=off"]
    words = [*command, "-h", str(folder), "-p", str(port), "-U", "pgbouncer", "pgbouncer", "-c", f"SHOW {what}"]
    done = subprocess.run(words, capture_output=True, text=True, check=True, cwd="/", env={**os.environ, "HOME": "/"})
    header, *rows = [line.split("\t") for line in done.stdout.rstrip("\n").split("\n")]
    return [dict(zip(header, row, strict=True)) for row in rows]


def log_in(
    address: str, port: int, user: str, database: str, context: ssl.SSLContext | None = None, *, patience: float = 0.3
) -> str:
    """Return what a client without a password gets: "in", "asked …", "refused", "waits", "no TLS", "no port"."""
    try:
        connection: socket.socket = socket.create_connection((address, port), timeout=20)
    except OSError:
        return "no port"
    try:
        if context is not None:
            connection.sendall(struct.pack("!ii", 8, _SSL_REQUEST))
            if connection.recv(1) != b"S":
                return "no TLS"
            connection = context.wrap_socket(connection)
        words = b"".join(word.encode() + b"\0" for word in ("user", user, "database", database))
        body = struct.pack("!i", 3 << 16) + words + b"\0"
        connection.sendall(struct.pack("!i", len(body) + 4) + body)
        connection.settimeout(patience)
        return _meaning(connection.recv(4096))
    except TimeoutError:
        return "waits"
    except (OSError, ssl.SSLError):
        return "refused"
    finally:
        connection.close()


def _meaning(reply: bytes) -> str:
    if reply[:1] != b"R":
        return "refused"
    (code,) = struct.unpack("!i", reply[5:9])
    return {0: "in", 3: "asked for the password", 5: "asked for MD5", 10: "asked for SCRAM"}[code]
