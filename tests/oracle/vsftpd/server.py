"""Start a real FTP server and try what a client can do; all of it inside a network namespace."""

import ftplib
import io
import os
import pwd
import socket
import ssl
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

START_SECONDS = 30.0
REPLY_SECONDS = 20.0
FOLDERS = ("incoming", "other")


@dataclass(frozen=True)
class Found:
    """What a client could do. `password_in_clear` is whether a local user is asked for one without TLS."""

    anonymous: bool
    upload: bool
    folder: bool
    password_in_clear: bool


def make_root(folder: Path, owner: str) -> Path:
    """Make a folder for anonymous users with folders in it that `owner` may write to."""
    root = folder / "root"
    account = pwd.getpwnam(owner)
    for name in FOLDERS:
        (root / name).mkdir(parents=True)
        os.chown(root / name, account.pw_uid, account.pw_gid)
    for path in (folder, root):
        path.chmod(0o755)
    return root


@contextmanager
def running(command: list[str], port: int) -> Generator[bool, None, None]:
    """Start a server; yield True once it listens on `port`, False if it ends by itself."""
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
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
            with socket.create_connection(("127.0.0.1", port), timeout=REPLY_SECONDS):
                return True
        except OSError:
            time.sleep(0.02)
    raise TimeoutError("the server neither started nor stopped")


def ask(port: int, local_user: str, *, implicit: bool) -> Found:
    """Try to log in and to change something, first in clear and then with TLS; no client speaks implicit TLS."""
    if implicit:
        return Found(anonymous=False, upload=False, folder=False, password_in_clear=False)
    in_clear = _asks_for_password(port, local_user)
    found = [_try_anonymous(client, port) for client in (ftplib.FTP(timeout=REPLY_SECONDS), _tls_client())]
    return Found(any(f[0] for f in found), any(f[1] for f in found), any(f[2] for f in found), in_clear)


def _asks_for_password(port: int, user: str) -> bool:
    with suppress(ftplib.Error, OSError, EOFError), ftplib.FTP(timeout=REPLY_SECONDS) as client:
        client.connect("127.0.0.1", port)
        return client.sendcmd(f"USER {user}").startswith("331")
    return False


def _tls_client() -> ftplib.FTP_TLS:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return ftplib.FTP_TLS(timeout=REPLY_SECONDS, context=context)


def _try_anonymous(client: ftplib.FTP, port: int) -> tuple[bool, bool, bool]:
    logged_in = upload = made = False
    with suppress(ftplib.Error, OSError, EOFError):
        client.connect("127.0.0.1", port)
        if isinstance(client, ftplib.FTP_TLS):
            client.auth()
        logged_in = _logs_in(client)
        if isinstance(client, ftplib.FTP_TLS):
            with suppress(ftplib.Error):  # the server may want files in clear
                client.prot_p()
        client.pwd()
        with suppress(ftplib.Error, OSError, EOFError):
            client.mkd("incoming/made")
            made = True
        for folder in FOLDERS:
            with suppress(ftplib.Error, OSError, EOFError):
                client.storbinary(f"STOR {folder}/{type(client).__name__}", io.BytesIO(b"sample"))
                upload = True
    client.close()
    return logged_in, upload, made


def _logs_in(client: ftplib.FTP) -> bool:
    answer = client.sendcmd("USER anonymous")
    if answer.startswith("331"):
        answer = client.sendcmd("PASS somebody@example.org")
    return answer.startswith("230")
