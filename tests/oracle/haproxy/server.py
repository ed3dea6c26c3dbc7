"""Start HAProxy on generated files, send it requests, and receive its log."""

import base64
import errno
import http.client
import itertools
import os
import socket
import ssl
import subprocess
import time
import warnings
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

START_SECONDS = 20.0
VERSIONS = {
    "TLSv1.0": ssl.TLSVersion.TLSv1,
    "TLSv1.1": ssl.TLSVersion.TLSv1_1,
    "TLSv1.2": ssl.TLSVersion.TLSv1_2,
    "TLSv1.3": ssl.TLSVersion.TLSv1_3,
}


@dataclass(frozen=True)
class Sent:
    """One request: from and to which address, and with which credentials (`certificate` is "", "good" or "wrong")."""

    address: str
    port: int
    tls: bool
    host: str
    path: str
    method: str
    logged_in: bool
    certificate: str


@dataclass(frozen=True)
class Answer:
    """Status 0 stands for a closed connection. `source_port` is the client's port, by which log lines are found."""

    status: int
    has_hsts: bool
    server: str
    body: str
    source_port: int


def accepted(program: str, folder: Path, files: list[str], environment: Mapping[str, str]) -> bool:
    """Return whether `haproxy -c` accepts the configuration."""
    words = [word for name in files for word in ("-f", name)]
    done = subprocess.run(
        [program, "-c", *words], cwd=folder, capture_output=True, check=False, env=_environment(environment)
    )
    (folder / "output").write_bytes(done.stderr)
    return done.returncode == 0


def _environment(environment: Mapping[str, str]) -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", ""), **environment}


@contextmanager
def running(
    program: str, folder: Path, files: list[str], port: int, environment: Mapping[str, str]
) -> Generator[None, None, None]:
    """Start the server and wait until it answers on `port`."""
    words = [word for name in files for word in ("-f", name)]
    with (folder / "output").open("ab") as output:
        process = subprocess.Popen(
            [program, "-db", *words], cwd=folder, stdout=output, stderr=output, env=_environment(environment)
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
            raise AssertionError("haproxy stopped although haproxy -c accepts the configuration")
        try:
            _connect("127.0.0.1", port).close()
        except OSError:
            time.sleep(0.005)
        else:
            return
    raise TimeoutError("haproxy does not answer")


def _context(folder: Path, certificate: str = "", version: str | None = None) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")
    if certificate:
        context.load_cert_chain(folder / f"{certificate}.pem")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # old versions are what is asked about
        context.minimum_version = VERSIONS[version or "TLSv1.0"]
        if version is not None:
            context.maximum_version = VERSIONS[version]
    return context


_SOURCE_PORTS = itertools.cycle(range(32768, 61000))


def _connect(address: str, port: int) -> socket.socket:
    """Connect from a port that no earlier request of the case had: by it log lines are told apart.

    Left to choose, the kernel soon gives a closed connection's port again.
    """
    for source_port in itertools.islice(_SOURCE_PORTS, 100):
        try:
            return socket.create_connection((address, port), timeout=20, source_address=(address, source_port))
        except OSError as error:
            if error.errno not in {errno.EADDRINUSE, errno.EADDRNOTAVAIL}:
                raise
    raise OSError(errno.EADDRINUSE, "no source port is free")


def _secured(connection: socket.socket, context: ssl.SSLContext) -> ssl.SSLSocket:
    """Return the connection after the handshake; closed where that fails."""
    secured = context.wrap_socket(connection, do_handshake_on_connect=False)
    try:
        secured.do_handshake()
    except (ssl.SSLError, OSError):
        secured.close()
        raise
    return secured


def negotiates(folder: Path, port: int, version: str) -> bool:
    """Return whether a client with a good certificate can negotiate a version."""
    try:
        _secured(_connect("127.0.0.1", port), _context(folder, "good", version)).close()
    except (ssl.SSLError, OSError):
        return False
    return True


def ask(folder: Path, sent: Sent) -> Answer | None:
    """Send a request; None if nothing listens or the handshake fails."""
    try:
        connection: socket.socket = _connect(sent.address, sent.port)
    except (ConnectionRefusedError, ConnectionResetError):
        return None
    source_port = int(connection.getsockname()[1])
    try:
        if sent.tls:
            connection = _secured(connection, _context(folder, sent.certificate))
    except (ssl.SSLError, OSError):
        return None
    lines = [f"{sent.method} {sent.path} HTTP/1.1", f"Host: {sent.host}", "Connection: close", "Content-Length: 0"]
    if sent.logged_in:
        lines.append(f"Authorization: Basic {base64.b64encode(b'nurse:sample').decode()}")
    try:
        connection.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        response = http.client.HTTPResponse(connection, method=sent.method)
        response.begin()
        body = response.read().decode("latin-1")
        hsts = response.getheader("strict-transport-security") is not None
        return Answer(response.status, hsts, response.getheader("x-server") or "", body, source_port)
    except ssl.SSLError:
        return None  # with TLS 1.3 the server refuses a certificate only now
    except (OSError, http.client.HTTPException):
        return Answer(0, has_hsts=False, server="", body="", source_port=source_port)
    finally:
        connection.close()


def command(path: Path, text: str) -> str:
    """Return what the runtime API answers."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(5)
        connection.connect(str(path))
        connection.sendall(text.encode() + b"\n")
        return connection.recv(65536).decode("latin-1")


def prepare(folder: Path, clear_port: int, tls_port: int, wrong_port: int) -> None:
    """Make certificates and the configuration of the servers behind the one that is tried."""

    def openssl(*words: str) -> None:
        subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)

    key = ("-newkey", "rsa:2048", "-nodes")
    openssl("req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.crt", "-days", "1", "-subj", "/CN=Sample CA")
    for name, common_name in (("backend", "backend.example"), ("good", "client")):
        openssl("req", *key, "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={common_name}")
        signed = ("-in", f"{name}.csr", "-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-out", f"{name}.crt")
        openssl("x509", "-req", *signed, "-days", "1")
    for name in ("wrong", "site"):
        files = ("-keyout", f"{name}.key", "-out", f"{name}.crt")
        openssl("req", "-x509", *key, *files, "-days", "1", "-subj", "/CN=backend.example")
    for name in ("backend", "good", "wrong", "site"):
        (folder / f"{name}.pem").write_text((folder / f"{name}.crt").read_text() + (folder / f"{name}.key").read_text())
    answer = "http-request return status 200 hdr X-Server"
    # A return rule of the server behind would be no answer of "a server" with the headers of one: it is one, over HTTP.
    (folder / "behind.cfg").write_text(
        "defaults\n  mode http\n  timeout client 60s\n  timeout server 60s\n  timeout connect 60s\n"
        f"frontend clear\n  bind 127.0.0.1:{clear_port}\n  {answer} clear\n"
        f"frontend tls\n  bind 127.0.0.1:{tls_port} ssl crt {folder}/backend.pem\n  {answer} tls\n"
        f"frontend wrong\n  bind 127.0.0.1:{wrong_port} ssl crt {folder}/wrong.pem\n  {answer} wrong\n"
    )
