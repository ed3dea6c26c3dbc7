"""Ask the real sshd: what is in force for a client, and which ways to log in it offers on a connection."""

import re
import shutil
import socket
import subprocess
import time
from pathlib import Path

SSHD = shutil.which("sshd") or shutil.which("sshd", path="/usr/sbin")
SSH = shutil.which("ssh")
_UNSHARE = shutil.which("unshare")
PORT = 2222
START_SECONDS = 30.0
_BIND = 'mount --bind "$0" /etc/ssh && exec "$@"'


class NoMountError(Exception):
    """This process may not show sshd a folder of the test's in the place of /etc/ssh."""


def prepare(folder: Path) -> None:
    """Put host keys into a folder that will stand for /etc/ssh, and see that sshd can start at all.

    Raises:
        NoMountError: a mount namespace cannot be made here.
    """
    for kind in ("ed25519", "rsa"):
        command = ["ssh-keygen", "-q", "-t", kind, "-N", "", "-f", str(folder / f"ssh_host_{kind}_key")]
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    try:
        Path("/run/sshd").mkdir(exist_ok=True)
    except OSError as error:
        raise NoMountError(str(error)) from None
    done = subprocess.run(_command(folder, ["true"]), capture_output=True, text=True, check=False)
    if done.returncode:
        raise NoMountError(done.stderr.strip())


def _command(folder: Path, words: list[str]) -> list[str]:
    return [_UNSHARE or "unshare", "--mount", "sh", "-c", _BIND, str(folder), *words]


def effective(folder: Path, specification: str) -> dict[str, list[str]] | str:
    """Return what `sshd -T -C` prints, lines of one keyword together; its last words where it refuses."""
    assert SSHD is not None
    words = [SSHD, "-T", "-C", specification]
    done = subprocess.run(_command(folder, words), capture_output=True, text=True, check=False)
    if done.returncode:
        return (done.stderr.strip().splitlines() or ["refused"])[-1]
    found: dict[str, list[str]] = {}
    for line in done.stdout.splitlines():
        name, _, value = line.partition(" ")
        found.setdefault(name, []).append(value)
    return found


def offered(folder: Path, user: str) -> set[str]:
    """Start sshd and return the methods that it offers a user, none if it hangs up; call it inside a network namespace."""
    assert SSHD is not None
    assert SSH is not None
    words = [SSHD, "-D", "-e", "-o", f"ListenAddress=127.0.0.1:{PORT}", "-o", "UseDNS=no"]
    process = subprocess.Popen(_command(folder, words), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(process)
        options = ("PreferredAuthentications=none", "StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null")
        command = [SSH, "-F", "/dev/null", "-p", str(PORT), *(word for o in options for word in ("-o", o))]
        command += [f"{user}@127.0.0.1", "true"]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
        match = re.search(r"Permission denied \(([^)]*)\)", done.stderr)
        return set(match[1].split(",")) - {""} if match else set()
    finally:
        process.terminate()
        process.wait()


def _wait(process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            return  # `sshd -T` takes methods that no client can satisfy
        try:
            socket.create_connection(("127.0.0.1", PORT), timeout=5).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise TimeoutError("sshd does not answer")
