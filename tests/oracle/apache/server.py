"""Start Apache on generated files and ask it as clients do."""

import base64
import http.client
import socket
import ssl
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

START_SECONDS = 15.0


@dataclass(frozen=True)
class Answer:
    """What a client gets: status 0 if no HTTP came back."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""

    def values(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key.lower() == name.lower()]


def refuses(program: str, file: Path) -> bool:
    """Tell whether `apache2 -t` refuses the configuration."""
    return subprocess.run([program, "-t", "-f", str(file)], capture_output=True, check=False).returncode != 0


@contextmanager
def running(program: str, file: Path, port: int) -> Generator[bool, None, None]:
    """Start the server; yield True once it listens, False if it ends first."""
    process = subprocess.Popen(
        [program, "-f", str(file), "-DFOREGROUND"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield _wait(process, port)
    finally:
        process.terminate()
        process.wait()


def _wait(process: "subprocess.Popen[bytes]", port: int) -> bool:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            return False
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.01)
        else:
            return True
    raise TimeoutError("the server neither started nor stopped")


def ask(  # a request has that many parts
    port: int,
    path: str,
    *,
    method: str = "GET",
    host: str = "one.example",
    source: str = "127.0.0.1",
    login: tuple[str, str] | None = None,
    context: ssl.SSLContext | None = None,
) -> Answer:
    """Ask once; the client's address is `source`."""
    headers = {"Host": host}
    if login is not None:
        headers["Authorization"] = "Basic " + base64.b64encode(":".join(login).encode()).decode()
    try:
        plain = socket.create_connection((source, port), timeout=5, source_address=(source, 0))
        sock = context.wrap_socket(plain, server_hostname=host) if context is not None else plain
    except (OSError, ssl.SSLError):
        return Answer(0)
    connection = http.client.HTTPConnection(host, port)
    connection.sock = sock
    try:
        connection.request(method, path, headers=headers)
        reply = connection.getresponse()
        return Answer(reply.status, tuple(reply.getheaders()), reply.read().decode("utf-8", "replace"))
    except (OSError, http.client.HTTPException):
        return Answer(0)
    finally:
        connection.close()


def client_context(version: ssl.TLSVersion) -> ssl.SSLContext:
    """Return a client that speaks one version and trusts everything."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = context.maximum_version = version
    return context
