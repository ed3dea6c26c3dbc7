"""Start memcached with generated options and ask it what it made of them."""

import os
import socket
import ssl
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

START_SECONDS = 30.0


@contextmanager
def running(program: str, words: list[str], folder: Path, ports: list[tuple[str, int]]) -> Generator[bool, None, None]:
    """Start memcached; yield True once it listens where `ports` say, False if it ends by itself."""
    (folder / "memcached.conf").write_text("mech_list: plain\n")  # SASL's own configuration
    environment = {**os.environ, "SASL_CONF_PATH": str(folder)}
    with (folder / "output").open("wb") as output:
        command = [program, "-u", "root", *words]
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=output)
    try:
        yield _wait(process, folder / "socket", ports)
    finally:
        process.kill()
        process.wait()


def _wait(process: "subprocess.Popen[bytes]", path: Path, ports: list[tuple[str, int]]) -> bool:
    """Wait until one of its ports or its socket is open."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            return False
        if path.exists() or any(_is_open(*port) for port in ports):
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.05)  # another of its addresses may still be refused
            return process.poll() is None
        time.sleep(0.01)
    raise TimeoutError("memcached neither started nor stopped")


def _is_open(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True


def ask(address: str, port: int, line: bytes, context: ssl.SSLContext | None = None, *, patience: float = 1.0) -> str:
    """Return the first line that a text client gets, "closed" (also if none comes for so long) or "no port"."""
    try:
        connection = socket.create_connection((address, port), timeout=patience)
    except OSError:
        return "no port"
    stream = connection
    try:
        stream = context.wrap_socket(connection) if context else connection
        stream.sendall(line + b"\r\n")
        data = stream.recv(65536)
        return data.decode("ascii", "replace").partition("\r\n")[0] or "closed"
    except (OSError, ssl.SSLError):
        return "closed"
    finally:
        stream.close()


def settings(address: str, port: int, context: ssl.SSLContext | None) -> dict[str, str]:
    """Return the reply to `stats settings`."""
    connection = socket.create_connection((address, port), timeout=20)
    stream = context.wrap_socket(connection) if context else connection
    with stream:
        stream.sendall(b"stats settings\r\n")
        data = b""
        while not data.endswith(b"END\r\n"):
            part = stream.recv(65536)
            if not part:
                break
            data += part
    rows = [line.split(" ", 2) for line in data.decode().split("\r\n") if line.startswith("STAT ")]
    return {row[1]: row[2] if len(row) > 2 else "" for row in rows}


def answers_udp(address: str, port: int, *, patience: float) -> bool:
    """Tell whether a request over UDP is answered."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(patience)
        try:
            client.connect((address, port))
            client.send(b"\x00\x01\x00\x00\x00\x01\x00\x00version\r\n")
            return b"VERSION" in client.recv(2048)
        except OSError:
            return False
