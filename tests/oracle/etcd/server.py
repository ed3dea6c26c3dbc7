"""Start etcd with generated options and ask it what it made of them."""

import json
import os
import socket
import ssl
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.oracle.etcd.cases import Case

START_SECONDS = 30.0


@contextmanager
def running(program: str, case: Case, folder: Path) -> Generator[bool, None, None]:
    """Start etcd with an empty folder; yield whether it serves."""
    if case.file:
        (folder / "etcd.yml").write_text(case.file, "utf-8")
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), **case.environment}
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen([program, *case.flags], cwd=folder, env=environment, stdout=output, stderr=output)
    try:
        yield _wait(process, folder / "output")
    finally:
        process.kill()
        process.wait()


def _wait(process: "subprocess.Popen[bytes]", output: Path) -> bool:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            return False
        told = output.read_text("utf-8", "replace")
        if '"serving client traffic' in told and '"serving peer traffic' in told:
            return True
        time.sleep(0.02)
    raise TimeoutError("etcd neither started nor stopped")


def settings(folder: Path) -> dict[str, Any]:
    """Return what etcd says of its settings when it starts."""
    for line in (folder / "output").read_text("utf-8", "replace").splitlines():
        if '"starting an etcd server"' in line:
            return dict(json.loads(line))
    raise AssertionError("etcd did not say how it starts")


def ask(address: str, port: int, context: ssl.SSLContext | None) -> str:
    """Return "answered", "closed" or "no port" for a request of the version over HTTP."""
    try:
        connection = socket.create_connection((address, port), timeout=20)
    except OSError:
        return "no port"
    stream = connection
    try:
        stream = context.wrap_socket(connection) if context else connection
        stream.sendall(b"GET /version HTTP/1.0\r\nHost: localhost\r\n\r\n")
        data = b""
        while part := stream.recv(65536):
            data += part
    except (OSError, ssl.SSLError):
        return "closed"
    else:
        return "answered" if b"etcdserver" in data else "closed"
    finally:
        stream.close()
