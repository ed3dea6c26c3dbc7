"""Start redis-server on generated files and ask it what it made of them."""

import socket
import ssl
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

START_SECONDS = 30.0


class ReplyError(Exception):
    """An error reply of the server."""


@dataclass
class Client:
    """Speaks the server's protocol on one connection."""

    connection: socket.socket

    def __post_init__(self) -> None:
        self._reader = self.connection.makefile("rb")

    def ask(self, *words: str) -> Any:
        parts = [word.encode() for word in words]
        message = b"*%d\r\n" % len(parts) + b"".join(b"$%d\r\n%s\r\n" % (len(part), part) for part in parts)
        self.connection.sendall(message)
        return self.reply()

    def reply(self) -> Any:
        line = self._reader.readline()
        if not line:
            raise ConnectionError("the server closed the connection")
        kind, rest = line[:1], line[1:].rstrip(b"\r\n")
        if kind == b"+":
            return rest.decode()
        if kind == b"-":
            raise ReplyError(rest.decode())
        if kind == b":":
            return int(rest)
        count = int(rest)
        if kind == b"$":
            return None if count < 0 else self._reader.read(count + 2)[:-2].decode()
        return [self.reply() for _ in range(count)]

    def close(self) -> None:
        self._reader.close()
        self.connection.close()


@contextmanager
def running(program: str, arguments: list[str], folder: Path) -> Generator[bool, None, None]:
    """Start the server; yield True once it answers on its Unix socket, False if it refuses to start."""
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen([program, *arguments], cwd=folder, stdout=output, stderr=output)
    try:
        yield _wait(process, folder / "s")
    finally:
        process.kill()
        process.wait()


def _wait(process: "subprocess.Popen[bytes]", path: Path) -> bool:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            return False
        if path.exists() and _answers(path):
            return True
        time.sleep(0.004)
    raise TimeoutError("the server neither started nor stopped")


def _answers(path: Path) -> bool:
    """Tell whether the server serves clients: it opens the socket before it reads its users and may still refuse."""
    try:
        client = unix(path)
    except OSError:
        return False
    try:
        client.ask("PING")
    except ReplyError:
        return True
    except OSError:
        return False
    finally:
        client.close()
    return True


def unix(path: Path) -> Client:
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.connect(str(path))
    except OSError:
        connection.close()
        raise
    return Client(connection)


def ping(address: str, port: int, context: ssl.SSLContext | None = None) -> str:
    """Return what a client that has not logged in gets: PONG, the first word of an error, "closed" or "no port"."""
    try:
        connection = socket.create_connection((address, port), timeout=5)
    except OSError:
        return "no port"
    try:
        client = Client(context.wrap_socket(connection) if context else connection)
    except (OSError, ssl.SSLError):
        connection.close()
        return "closed"
    try:
        return str(client.ask("PING"))
    except ReplyError as error:
        return str(error).split()[0]
    except (OSError, ssl.SSLError):
        return "closed"
    finally:
        client.close()


def make_certificates(folder: Path) -> None:
    """Make a certificate authority and one certificate for server and client, good for a day."""

    def openssl(*words: str) -> None:
        subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)

    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    openssl("req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.crt", "-days", "1", "-subj", "/CN=Sample CA")
    openssl("req", *key, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=localhost")
    signed = ("-in", "server.csr", "-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-out", "server.crt")
    openssl("x509", "-req", *signed, "-days", "1")
