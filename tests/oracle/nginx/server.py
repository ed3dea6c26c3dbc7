"""Start nginx on generated files and send it requests."""

import base64
import http.client
import socket
import ssl
import subprocess
import time
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

START_SECONDS = 30.0
_VERSIONS = {
    "TLSv1": ssl.TLSVersion.TLSv1,
    "TLSv1.1": ssl.TLSVersion.TLSv1_1,
    "TLSv1.2": ssl.TLSVersion.TLSv1_2,
    "TLSv1.3": ssl.TLSVersion.TLSv1_3,
}


@dataclass(frozen=True)
class Request:
    """One request: from and to which address, on which port, and with which credentials."""

    address: str
    port: int
    tls: bool
    host: str
    path: str
    method: str
    logged_in: bool


@dataclass(frozen=True)
class Answer:
    """Status and the headers that the cases add, in order of their names and values."""

    status: int
    headers: tuple[tuple[str, str], ...]


def accepted(program: str, folder: Path) -> bool:
    """Return whether `nginx -t` accepts the configuration."""
    done = subprocess.run(
        [program, "-t", "-q", "-p", f"{folder}/", "-c", str(folder / "nginx.conf")], capture_output=True, check=False
    )
    (folder / "output").write_bytes(done.stderr)
    return done.returncode == 0


@contextmanager
def running(program: str, folder: Path, port: int) -> Generator[None, None, None]:
    """Start the server and wait until it answers on `port`."""
    with (folder / "output").open("ab") as output:
        process = subprocess.Popen(
            [program, "-p", f"{folder}/", "-c", str(folder / "nginx.conf")], stdout=output, stderr=output
        )
    try:
        _wait(process, port)
        yield
    finally:
        process.kill()
        process.wait()


def _wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            raise AssertionError("nginx stopped although nginx -t accepts the configuration")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.004)
        else:
            return
    raise TimeoutError("nginx does not answer")


def _context(version: str | None = None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # old versions are what is asked about
        context.minimum_version = _VERSIONS[version or "TLSv1"]
        if version is not None:
            context.maximum_version = _VERSIONS[version]
    return context


def _connect(address: str, port: int) -> socket.socket:
    return socket.create_connection((address, port), timeout=5, source_address=(address, 0))


def negotiates(address: str, port: int, host: str, version: str) -> bool:
    """Return whether a client that asks for `host` can negotiate a version."""
    connection = _connect(address, port)
    try:
        with _context(version).wrap_socket(connection, server_hostname=host):
            return True
    except (ssl.SSLError, OSError):
        return False
    finally:
        connection.close()


def ask(request: Request) -> Answer | None:
    """Send a request; None if nothing listens or the handshake fails."""
    try:
        connection: socket.socket = _connect(request.address, request.port)
    except OSError:
        return None
    try:
        if request.tls:
            connection = _context().wrap_socket(connection, server_hostname=request.host)
        lines = [f"{request.method} {request.path} HTTP/1.1", f"Host: {request.host}", "Connection: close"]
        if request.logged_in:
            token = base64.b64encode(b"staff:sample").decode()
            lines += [f"Authorization: Basic {token}", "X-Token: sample"]
        connection.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        response = http.client.HTTPResponse(connection, method=request.method)
        response.begin()
        names = ("x-t-", "strict-transport-security")
        headers = sorted(
            (name.lower(), value) for name, value in response.getheaders() if name.lower().startswith(names)
        )
        return Answer(response.status, tuple(headers))
    except (ssl.SSLError, OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def prepare(folder: Path, paths: list[str]) -> None:
    """Make a certificate, a file of passwords and the files that requests ask for."""
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "site.key", "-out", "site.crt",
            "-days", "1", "-subj", "/CN=Sample",
        ],
        cwd=folder,
        check=True,
        capture_output=True,
    )  # fmt: skip
    (folder / "users").write_text("staff:{PLAIN}sample\n", "utf-8")
    for path in paths:
        file = folder / "www" / path.lstrip("/")
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.is_dir():
            file.write_text("x", "utf-8")
