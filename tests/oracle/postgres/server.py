"""A PostgreSQL cluster made for the tests, and the first answer of the server to a client that wants to log in."""

import os
import shutil
import signal
import socket
import ssl
import struct
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.oracle.namespace import Namespace

BINARIES = Path("/usr/lib/postgresql/15/bin")
PORT = 54329
_WAIT = 20.0


def as_server_user(words: Sequence[str]) -> list[str]:
    """Return a command line that runs `words` as a user the server accepts (it refuses to run as root)."""
    if os.geteuid() != 0:
        return list(words)
    tool = shutil.which("setpriv") or "/usr/bin/setpriv"
    return [tool, "--reuid=postgres", "--regid=postgres", "--clear-groups", *words]


class Cluster:
    """One data directory, started and stopped by process id only."""

    def __init__(self, folder: Path, namespace: Namespace) -> None:
        self.folder = folder
        self.data = folder / "data"
        self._namespace = namespace
        self._process: subprocess.Popen[bytes] | None = None
        self.own(folder)
        self._run("initdb", "-D", str(self.data), "-A", "trust", "-U", "postgres", "--no-sync", "-E", "UTF8")
        _certificate(self.data)
        for path in (self.data / "server.key", self.data / "server.crt"):
            self.own(path)
        (self.data / "server.key").chmod(0o600)

    def own(self, path: Path) -> None:
        """Give a file to the user the server runs as."""
        if os.geteuid() == 0:
            shutil.chown(path, "postgres", "postgres")

    def write(self, files: Mapping[str, str]) -> None:
        """Write files of the data directory."""
        for name, text in files.items():
            path = self.data / name
            if not path.parent.is_dir():
                path.parent.mkdir(parents=True)
                self.own(path.parent)
            path.write_text(text, encoding="utf-8")
            self.own(path)

    def _run(self, program: str, *arguments: str) -> None:
        words = as_server_user([str(BINARIES / program), *arguments])
        subprocess.run(words, check=True, capture_output=True, cwd=self.folder)

    def start(self, *flags: str) -> bool:
        """Start the server in the namespace; False if it refuses."""
        log = (self.folder / "log").open("wb")
        words = as_server_user([str(BINARIES / "postgres"), "-D", str(self.data), "-k", str(self.folder), *flags])

        def launch() -> subprocess.Popen[bytes]:
            return subprocess.Popen(words, stdout=log, stderr=subprocess.STDOUT, cwd=self.folder)

        process = self._namespace.run(launch)
        log.close()
        deadline = time.monotonic() + _WAIT
        while time.monotonic() < deadline:
            if process.poll() is not None:
                return False
            status = self.data / "postmaster.pid"
            if status.is_file() and status.read_text().rstrip().endswith("ready"):
                self._process = process
                return True
            time.sleep(0.01)
        process.kill()
        process.wait()
        raise TimeoutError("the server did not get ready")

    def stop(self) -> None:
        """End the process that `start` made."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(_WAIT)
            self._process = None

    def reload(self) -> None:
        """Have the server read its files again and wait until it has."""
        assert self._process is not None
        before = self.log.count("reloading configuration files")
        self._process.send_signal(signal.SIGHUP)
        deadline = time.monotonic() + _WAIT
        while self.log.count("reloading configuration files") == before:
            if time.monotonic() > deadline:
                raise TimeoutError("the server did not reload")
            time.sleep(0.005)

    def refused_reload(self) -> bool:
        """Whether the last reload kept the old pg_hba.conf."""
        deadline = time.monotonic() + _WAIT
        while time.monotonic() < deadline:
            after = self.log.rpartition("reloading configuration files")[2]
            if "pg_hba.conf was not reloaded" in after or 'pg_hba.conf" was not reloaded' in after:
                return True
            if self._settled():
                return False
        raise TimeoutError("the server did not answer")

    def _settled(self) -> bool:
        """Whether the server takes connections again: it reads its files in the loop that accepts them."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(self.folder / f".s.PGSQL.{PORT}"))
            connection.sendall(struct.pack("!ii", 8, 80877103))
            answered = connection.recv(1) in {b"S", b"N"}
        return answered and "was not reloaded" not in self.log.rpartition("reloading configuration files")[2]

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text("utf-8", "replace")

    def connect(self, port: int = PORT) -> psycopg.Connection[tuple[object, ...]]:
        """Return an administrator's connection over the Unix socket."""
        return psycopg.connect(host=str(self.folder), port=port, user="postgres", dbname="postgres", autocommit=True)


def _certificate(folder: Path) -> None:
    subprocess.run(
        ["openssl", "req", "-new", "-x509", "-nodes", "-subj", "/CN=db.example.org", "-days", "2",
         "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-keyout", "server.key", "-out", "server.crt"],
        check=True, capture_output=True, cwd=folder,
    )  # fmt: skip


@dataclass(frozen=True)
class Attempt:
    """One client: where from (`""` is the Unix socket), as whom, to what, with TLS or not."""

    address: str
    user: str
    database: str
    tls: bool = False
    replication: bool = False


_ASKS = {0: "ok", 3: "clear password", 5: "md5", 7: "gss", 10: "scram"}
_ERRORS = {
    "no pg_hba.conf entry": "no entry",
    "pg_hba.conf rejects": "reject",
    "Ident authentication failed": "ident",
    "Peer authentication failed": "peer",
    "requires a valid client certificate": "cert",
    "client certificates can only be checked": "cert",
}


def first_answer(folder: Path, attempt: Attempt) -> str:
    """Return what the server asks the client for, or how it turns it away; call it inside the namespace."""
    with _socket(folder, attempt) as plain:
        connection = _with_tls(plain) if attempt.tls else plain
        words = {"user": attempt.user, "database": attempt.database}
        if attempt.replication:
            words["replication"] = "true"
        body = b"".join(f"{key}\0{value}\0".encode() for key, value in words.items()) + b"\0"
        connection.sendall(struct.pack("!ii", len(body) + 8, 196608) + body)
        kind, content = _message(connection)
        connection.close()
    if kind == b"R":
        return _ASKS[struct.unpack("!i", content[:4])[0]]
    text = content.decode("utf-8", "replace")
    return next((name for part, name in _ERRORS.items() if part in text), f"error: {text}")


def _socket(folder: Path, attempt: Attempt) -> socket.socket:
    if not attempt.address:
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(str(folder / f".s.PGSQL.{PORT}"))
        return connection
    # A client that comes from a local address reaches the server at any other one of the host.
    target = "::1" if ":" in attempt.address else "127.0.0.1"
    return socket.create_connection((target, PORT), 10, (attempt.address, 0))


def _with_tls(connection: socket.socket) -> socket.socket:
    connection.sendall(struct.pack("!ii", 8, 80877103))
    assert connection.recv(1) == b"S", "the server offers TLS"
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context.wrap_socket(connection)


def _message(connection: socket.socket) -> tuple[bytes, bytes]:
    head = _exactly(connection, 5)
    return head[:1], _exactly(connection, struct.unpack("!i", head[1:])[0] - 4)


def _exactly(connection: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        part = connection.recv(count - len(data))
        if not part:
            raise ConnectionError("the server closed the connection")
        data += part
    return data
