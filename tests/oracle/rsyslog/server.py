"""Run a real rsyslog on loopback, send it messages, and see where they arrive."""

import re
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import field
from pathlib import Path

from auditor.records import dataclass

FACILITIES = {"kern": 0, "user": 1, "mail": 2, "daemon": 3, "auth": 4, "authpriv": 10}
SEVERITIES = {"err": 3, "warning": 4, "notice": 5, "info": 6}
PROBES = tuple((facility, severity) for facility in FACILITIES for severity in SEVERITIES)
HOST = "127.0.0.2"


@dataclass
class Sink:
    """A port that takes what arrives."""

    sock: socket.socket
    port: int
    data: bytearray = field(default_factory=bytearray)
    last: object = None
    """Who connects last to a port of TCP."""
    threads: list[threading.Thread] = field(default_factory=list[threading.Thread])

    @classmethod
    def open(cls, *, tcp: bool) -> "Sink":
        """Open a port of `HOST`."""
        sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM if tcp else socket.SOCK_DGRAM)
        sock.bind((HOST, 0))
        if tcp:
            sock.listen()
        sink = cls(sock, int(sock.getsockname()[1]))
        thread = threading.Thread(target=sink._accept if tcp else sink._receive, daemon=True)
        thread.start()
        sink.threads.append(thread)
        return sink

    def _receive(self) -> None:
        with suppress(OSError):
            while data := self.sock.recv(8192):
                self.data += data + b"\n"

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, address = self.sock.accept()
                if address == self.last:
                    client.close()
                    return
                client.settimeout(30)
                with suppress(OSError), client:
                    while data := client.recv(8192):
                        self.data += data
                        if self.speaks_tls:
                            break

    @property
    def speaks_tls(self) -> bool:
        """Whether what came first is TLS's greeting."""
        return self.data.startswith(b"\x16\x03")

    def close(self) -> None:
        """Close the port when all that was sent before is taken; the sender must have ended."""
        with socket.socket(socket.AF_INET, self.sock.type) as ending:
            ending.bind((HOST, 0))
            self.last = ending.getsockname()
            ending.connect((HOST, self.port))
            if self.sock.type == socket.SOCK_DGRAM:
                ending.send(b"")
            for thread in self.threads:
                thread.join(30)
        self.sock.close()


def is_refused(program: str, path: Path) -> bool:
    """Tell whether rsyslog does not start with a file."""
    process = subprocess.run([program, "-N1", "-f", str(path)], capture_output=True, text=True, check=False)
    return "could not interpret master config file" in process.stderr or "syntax error" in process.stderr


def free_port(kind: int) -> int:
    """Return a port of 127.0.0.1 that nothing uses."""
    with socket.socket(socket.AF_INET, kind) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def run(
    program: str, path: Path, log_socket: Path, listener: tuple[str, int] | None, sentinel: Path, *, patience: float
) -> bool:
    """Start rsyslog, send the probes and, to its listener, a line in clear; False if it does not start.

    It may take `patience` seconds for what comes over the network.
    """
    process = subprocess.Popen(
        [program, "-n", "-f", str(path), "-i", str(path.with_suffix(".pid"))],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        if not _wait(lambda: log_socket.exists() or process.poll() is not None) or process.poll() is not None:
            return False
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as client:
            client.connect(str(log_socket))
            for facility, severity in PROBES:
                number = FACILITIES[facility] * 8 + SEVERITIES[severity]
                client.send(f"<{number}>Nov 22 04:00:00 probe: at-{facility}-{severity}-end".encode())
            client.send(b"<191>Nov 22 04:00:00 probe: the-last")
        _wait(lambda: sentinel.exists() and "the-last" in sentinel.read_text())
        if listener is not None:
            _send_in_clear(*listener)
        time.sleep(patience)
        return True
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _send_in_clear(kind: str, port: int) -> None:
    line = b"<14>Nov 22 04:00:00 host probe: sent-in-clear\n"
    if kind == "imudp":
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
            client.sendto(line, ("127.0.0.1", port))
        return
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=20) as client:
        client.sendall(line)


def _wait(done: Callable[[], bool]) -> bool:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if done():
            return True
        time.sleep(0.02)
    return False


def arrived(text: str) -> set[tuple[str, str]]:
    """Return the probes in a text."""
    return {(match[1], match[2]) for match in re.finditer(r"at-(\w+)-(\w+)-end", text)}
