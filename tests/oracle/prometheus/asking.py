"""Starting Prometheus, and asking it over HTTP."""

import base64
import socket
import ssl
import subprocess
import time
import warnings
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.oracle.prometheus.cases import ORIGIN, PASSWORD, PORT, USER

VERSIONS = {
    "TLS10": ssl.TLSVersion.TLSv1,
    "TLS11": ssl.TLSVersion.TLSv1_1,
    "TLS12": ssl.TLSVersion.TLSv1_2,
    "TLS13": ssl.TLSVersion.TLSv1_3,
}
NO_PORT, CLOSED = "no port", "closed"


def make_certificates(folder: Path) -> None:
    """Make an authority, one certificate of it for server and client, and one that nobody issued."""

    def openssl(*words: str) -> None:
        subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)

    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    openssl("req", "-x509", *key, "-keyout", "ca.key", "-out", "ca.crt", "-days", "1", "-subj", "/CN=Sample CA")
    openssl("req", "-x509", *key, "-keyout", "own.key", "-out", "own.crt", "-days", "1", "-subj", "/CN=Own")
    openssl("req", *key, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=localhost")
    signed = ("-in", "server.csr", "-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-out", "server.crt")
    openssl("x509", "-req", *signed, "-days", "1")


@contextmanager
def running(program: str, flags: list[str], folder: Path) -> Generator[bool, None, None]:
    """Start Prometheus in `folder`; yield whether it serves."""
    output = folder / "output"
    common = [program, f"--config.file={folder}/prometheus.yml", f"--storage.tsdb.path={folder}/data"]
    with output.open("wb") as log:
        process = subprocess.Popen([*common, *flags], cwd=folder, stdout=log, stderr=log)
    try:
        end = time.monotonic() + 60
        started = None
        while started is None and time.monotonic() < end:
            if process.poll() is not None:
                started = False
            elif "Server is ready to receive web requests" in output.read_text("utf-8", "replace"):
                started = True
            else:
                time.sleep(0.02)
        assert started is not None, "prometheus neither started nor stopped"
        yield started
    finally:
        process.kill()
        process.wait()


def context_of(folder: Path, version: str | None = None, certificate: str | None = None) -> ssl.SSLContext:
    """Return a client's TLS settings: one version or any, with a certificate or without, that verifies nothing."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the old versions are what is tried
        if version is not None:
            context.minimum_version = VERSIONS[version]
            context.maximum_version = VERSIONS[version]
        else:
            context.minimum_version = ssl.TLSVersion.TLSv1
    if certificate is not None:
        context.load_cert_chain(folder / f"{certificate}.crt", folder / f"{certificate}.key")
    return context


@dataclass(frozen=True)
class Answer:
    """A status, or why there is none; whether the origin of the request may read it."""

    status: str
    allows_origin: bool = False


def ask(address: str, path: str, context: ssl.SSLContext | None, *, method: str = "GET", login: bool = False) -> Answer:
    """Ask for a path; a server of TLS that is asked in clear, and a failed handshake, count as closed."""
    try:
        connection = socket.create_connection((address, PORT), timeout=20)
    except OSError:
        return Answer(NO_PORT)
    stream = connection
    lines = [f"{method} {path} HTTP/1.0", "Host: localhost", f"Origin: {ORIGIN}", "Content-Length: 0"]
    if login:
        lines.append("Authorization: Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode())
    received = b""
    try:
        stream = context.wrap_socket(connection) if context else connection
        stream.sendall("\r\n".join([*lines, "", ""]).encode())
        while part := stream.recv(65536):
            received += part
    except (OSError, ssl.SSLError):
        pass
    finally:
        with suppress(OSError):
            stream.close()
    text = received.decode("latin-1")
    if not text.startswith("HTTP/") or "HTTP request to an HTTPS server" in text:
        return Answer(CLOSED)
    head = text.partition("\r\n\r\n")[0].lower()
    allowed = any(f"access-control-allow-origin: {origin}\r" in f"{head}\r" for origin in (ORIGIN, "*"))
    return Answer(text.split()[1], allowed)
