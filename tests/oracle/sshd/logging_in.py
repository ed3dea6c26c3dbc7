"""Logs in through this machine's sshd: run as root in a mount namespace of its own, and where no port is in use.

Standard input holds a JSON list of cases, each with the lines of an sshd_config and files of pam.d; standard output gets
for each the names of the attempts that got in, or an error. Only this namespace has the users: `tester` with a password,
`blank` with an empty one, and a root with a password of its own.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

PORT = 2222
START_SECONDS = 30.0
PASSWORD = "correct-horse-1500"  # of accounts that only this namespace has
TYPED = "password,keyboard-interactive"
ATTEMPTS = {
    "wrong": ("tester", TYPED, "wrong"),
    "right": ("tester", TYPED, PASSWORD),
    "empty": ("blank", TYPED, ""),
    "root": ("root", TYPED, PASSWORD),
    "key": ("tester", "publickey", ""),
}
"""The user, the methods in the client's order, and what is typed, by name."""


def _bind(source: Path, target: str) -> None:
    subprocess.run(["mount", "--bind", str(source), target], check=True)


def _make_world(folder: Path) -> None:
    secret = subprocess.run(["openssl", "passwd", "-6", PASSWORD], capture_output=True, text=True, check=True).stdout
    home = folder / "home"
    for user, number in (("tester", 1500), ("blank", 1501)):
        (home / user).mkdir(parents=True)
        os.chown(home / user, number, number)
    users = [
        f"{name}:x:{number}:{number}::{home / name}:/bin/sh" for name, number in (("tester", 1500), ("blank", 1501))
    ]
    passwd = [line for line in Path("/etc/passwd").read_text().splitlines() if not line.startswith("root:")]
    shadow = [line for line in Path("/etc/shadow").read_text().splitlines() if not line.startswith("root:")]
    (folder / "passwd").write_text("\n".join([f"root:x:0:0:root:{home}:/bin/sh", *passwd, *users]) + "\n")
    added = [f"root:{secret.strip()}:19000:0:99999:7:::", f"tester:{secret.strip()}:19000:0:99999:7:::"]
    (folder / "shadow").write_text("\n".join([*shadow, *added, "blank::19000:0:99999:7:::"]) + "\n")
    (folder / "pam.d").mkdir()
    _bind(folder / "passwd", "/etc/passwd")
    _bind(folder / "shadow", "/etc/shadow")
    _bind(folder / "pam.d", "/etc/pam.d")
    subprocess.run(["mount", "-t", "tmpfs", "run", "/run"], check=True)  # pam_faillock counts there
    Path("/run/sshd").mkdir()
    for name in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True)
    keys = folder / "keys"
    keys.write_text((folder / "user.pub").read_text())
    keys.chmod(0o644)
    (folder / "typed").write_text(f"#!/bin/sh\ncat {folder}/answer\n")
    (folder / "typed").chmod(0o755)
    folder.chmod(0o755)


def _attempt(folder: Path, attempt: str) -> bool:
    user, methods, typed = ATTEMPTS[attempt]
    shutil.rmtree("/run/faillock", ignore_errors=True)
    (folder / "answer").write_text(f"{typed}\n")
    options = {
        "PreferredAuthentications": methods,
        "PubkeyAuthentication": "yes" if methods == "publickey" else "no",
        "StrictHostKeyChecking": "no",
        "UserKnownHostsFile": "/dev/null",
        "NumberOfPasswordPrompts": "1",
        "IdentitiesOnly": "yes",
        "LogLevel": "ERROR",
        "KexAlgorithms": "curve25519-sha256",  # the default one takes twice the time
    }
    command = ["ssh", "-F", "/dev/null", "-T", "-p", str(PORT), "-i", str(folder / "user")]
    command += [word for name, value in options.items() for word in ("-o", f"{name}={value}")]
    asking = {"SSH_ASKPASS": str(folder / "typed"), "SSH_ASKPASS_REQUIRE": "force", "DISPLAY": "none"}
    done = subprocess.run(
        [*command, f"{user}@127.0.0.1", "true"],
        env={**os.environ, **asking},
        capture_output=True,
        check=False,
        timeout=60,
        stdin=subprocess.DEVNULL,
    )
    return done.returncode == 0


def _case(folder: Path, lines: Sequence[str], stacks: dict[str, str]) -> list[str] | str:
    for file in (folder / "pam.d").iterdir():
        file.unlink()
    for name, text in stacks.items():
        (folder / "pam.d" / name).write_text(text)
    own = [f"HostKey {folder}/host", f"AuthorizedKeysFile {folder}/keys", "StrictModes no", "UseDNS no"]
    (folder / "config").write_text("\n".join([*own, *lines]) + "\n")
    command = ["/usr/sbin/sshd", "-D", "-e", "-f", str(folder / "config"), "-o", f"ListenAddress=127.0.0.1:{PORT}"]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=log)
    try:
        end = time.monotonic() + START_SECONDS
        while not _listens():
            if process.poll() is not None:
                return (folder / "log").read_text()[-300:]
            if time.monotonic() > end:
                raise TimeoutError("sshd neither started nor stopped")
            time.sleep(0.02)
        return [name for name in ATTEMPTS if _attempt(folder, name)]
    finally:
        process.terminate()
        process.wait()


def _listens() -> bool:
    try:
        socket.create_connection(("127.0.0.1", PORT), timeout=5).close()
    except OSError:
        return False
    return True


def main() -> None:
    """Try every case."""
    cases = json.load(sys.stdin)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _make_world(folder)
        json.dump([_case(folder, case["lines"], case["stacks"]) for case in cases], sys.stdout)


if __name__ == "__main__":
    main()
