"""Start ZooKeeper on a generated configuration and ask it what it made of it."""

import socket
import ssl
import struct
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

JARS = Path("/usr/share/java")
CLASSPATH = [
    JARS / f"{name}.jar" for name in ("zookeeper", "servlet-api", "netty-codec", "netty-resolver", "slf4j-nop")
]
"""Debian's package names no jar of the servlet API, without which the admin server does not start."""
START_SECONDS = 30.0
_NO_NODE, _NO_AUTH, _LOGIN_REQUIRED = -101, -102, -124
ANSWERS = {0: "served", _NO_NODE: "served", _NO_AUTH: "not allowed", _LOGIN_REQUIRED: "login required"}


@contextmanager
def running(
    folder: Path, flags: list[str], ports: list[tuple[int, ssl.SSLContext | None]]
) -> Generator[bool, None, None]:
    """Start the server; yield True once a client port answers, False if it refuses to start."""
    java = ["java", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-Xmx96m", *flags, "-cp", ":".join(map(str, CLASSPATH))]
    main = "org.apache.zookeeper.server.quorum.QuorumPeerMain"
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen([*java, main, str(folder / "zoo.cfg")], cwd=folder, stdout=output, stderr=output)
    try:
        yield _wait(process, ports)
    finally:
        process.kill()
        process.wait()


def _wait(process: "subprocess.Popen[bytes]", ports: list[tuple[int, ssl.SSLContext | None]]) -> bool:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            return False
        for port, context in ports:
            for address in ("127.0.0.1", "10.99.0.1"):
                if word("srvr", address, port, context).startswith("Zookeeper version"):
                    return True
        time.sleep(0.05)
    raise TimeoutError("the server neither started nor stopped")


def connect(address: str, port: int, context: ssl.SSLContext | None) -> socket.socket | None:
    """Return a connection, None if there is no port or the handshake fails."""
    try:
        connection = socket.create_connection((address, port), timeout=5)
    except OSError:
        return None
    if context is None:
        return connection
    try:
        return context.wrap_socket(connection)
    except OSError:
        connection.close()
        return None


def word(text: str, address: str, port: int, context: ssl.SSLContext | None = None) -> str:
    """Return the answer to a four letter word, "" if there is none."""
    connection = connect(address, port, context)
    if connection is None:
        return ""
    answer = b""
    with connection:
        try:
            connection.sendall(text.encode())
            while part := connection.recv(4096):
                answer += part
        except OSError:
            pass
    return answer.decode("utf-8", "replace")


class Session:
    """A client's session, as far as the comparison needs it."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._send(struct.pack(">iqiqi16s", 0, 0, 10_000, 0, 16, b"\0" * 16))
        if self._receive() is None:
            raise ConnectionError("the server closed the connection")

    def log_in(self, scheme: str, data: str) -> None:
        """Add an identity; the answer does not matter."""
        self._send(struct.pack(">iii", -4, 100, 0) + _text(scheme) + _text(data))
        self._receive()

    def read(self, path: str) -> int | None:
        """Return the code of the answer to a read; None if the connection is closed."""
        return self._code(struct.pack(">ii", 1, 4) + _text(path) + b"\0")

    def create(self, path: str, scheme: str, identity: str) -> int | None:
        """Create a node that only `identity` may use."""
        access = struct.pack(">ii", 1, 31) + _text(scheme) + _text(identity)
        return self._code(struct.pack(">ii", 2, 1) + _text(path) + struct.pack(">i", 0) + access + struct.pack(">i", 0))

    def _code(self, request: bytes) -> int | None:
        self._send(request)
        answer = self._receive()
        return None if answer is None else int.from_bytes(answer[12:16], "big", signed=True)

    def _send(self, payload: bytes) -> None:
        self._connection.sendall(struct.pack(">i", len(payload)) + payload)

    def _receive(self) -> bytes | None:
        try:
            header = self._exactly(4)
            return None if header is None else self._exactly(int.from_bytes(header, "big"))
        except OSError:
            return None

    def _exactly(self, size: int) -> bytes | None:
        found = b""
        while len(found) < size:
            part = self._connection.recv(size - len(found))
            if not part:
                return None
            found += part
        return found


def _text(value: str) -> bytes:
    return struct.pack(">i", len(value)) + value.encode()


def client(address: str, port: int, context: ssl.SSLContext | None = None, *, digest: bool = False) -> str:
    """Return what a client gets that has not proven who it is: served, login required, closed or no port."""
    try:
        socket.create_connection((address, port), timeout=5).close()
    except OSError:
        return "no port"
    connection = connect(address, port, context)
    if connection is None:
        return "closed"
    with connection:
        try:
            session = Session(connection)
            if digest:
                session.log_in("digest", "made:up")
            code = session.read("/zookeeper")
        except OSError:
            return "closed"
    return "closed" if code is None else ANSWERS[code]


def reads_foreign_node(address: str, port: int, context: ssl.SSLContext | None) -> bool:
    """Tell whether a client reads a node whose ACL names somebody else."""
    first, second = connect(address, port, context), connect(address, port, context)
    assert first is not None
    assert second is not None
    with first, second:
        owner, other = Session(first), Session(second)
        # A scheme that is enforced must be there; the ACL names neither of them.
        owner.log_in("digest", "owner:sample")
        other.log_in("digest", "other:sample")
        if (created := owner.create("/secret", "digest", "somebody:2v0Qm9cJrMjEJjQyq1zOxDWkmTE=")) not in {0, -110}:
            raise AssertionError(f"creating the node failed with {created}")
        return other.read("/secret") == 0


def admin(address: str, port: int) -> bool:
    """Tell whether the admin server answers."""
    try:
        with urllib.request.urlopen(f"http://{address}:{port}/commands/environment", timeout=5) as answer:
            return bool(answer.status == 200)
    except urllib.error.HTTPError:
        raise
    except OSError:
        return False
