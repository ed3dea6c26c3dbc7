"""The real dockerd, as far as it gets without being let near a machine.

As nobody it reads its whole configuration before it asks to be root: what it says tells whether it takes it. As the root
of a user and network namespace of its own it opens its sockets before it looks for containerd, and logs them.
"""

import re
import shutil
import subprocess
import tempfile
import threading
from pathlib import Path

PROGRAM = shutil.which("dockerd") or shutil.which("dockerd", path="/usr/sbin:/sbin")
_NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
_NAMESPACE = ["unshare", "--user", "--map-root-user", "--net"]
_WITHOUT_CERTIFICATES = re.compile(r'Binding to IP address without --tlsverify.* host="tcp://([^"]+)"')
_LISTENS = re.compile(r"Listener created for HTTP on (tcp|unix) \(([^)]+)\)")
_SECONDS = 20


class NoNamespaceError(Exception):
    """The system does not let an ordinary user make a namespace; the text says why."""


def require_namespace() -> None:
    """Check that nobody may make a user namespace.

    Raises:
        NoNamespaceError: it may not.
    """
    result = subprocess.run([*_NOBODY, *_NAMESPACE, "true"], capture_output=True, text=True, check=False)
    if result.returncode:
        raise NoNamespaceError(result.stderr.strip())


def refuses(text: str, flags: list[str], folder: Path) -> bool:
    """Return whether dockerd does not get past its configuration."""
    file = folder / "daemon.json"
    file.write_text(text, encoding="utf-8")
    command = [*_NOBODY, "env", "-i", "HOME=/nonexistent", str(PROGRAM), f"--config-file={file}", *flags]
    result = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
    return "needs to be started with root privileges" not in result.stderr


def listens(text: str, flags: list[str], folder: Path) -> tuple[str, bool] | None:
    """Return the TCP address on which dockerd listens and whether clients need a certificate, None without one."""
    with tempfile.TemporaryDirectory(dir=folder) as name:
        own = Path(name)
        own.chmod(0o777)
        (own / "daemon.json").write_text(text, encoding="utf-8")
        inner = [
            str(PROGRAM), "--debug", f"--config-file={own}/daemon.json", f"--data-root={own}/root",
            f"--exec-root={own}/exec", f"--pidfile={own}/pid", f"--containerd={own}/nothing.sock", *flags,
        ]  # fmt: skip
        shell = [
            "sh",
            "-c",
            'ip link set lo up; exec "$@"',
            "sh",
            "env",
            "-i",
            f"HOME={own}",
            "PATH=/usr/sbin:/usr/bin",
        ]
        process = subprocess.Popen(
            [*_NOBODY, *_NAMESPACE, *shell, *inner], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        timer = threading.Timer(_SECONDS, process.kill)
        timer.start()
        try:
            return _address_of(process)
        finally:
            timer.cancel()
            process.kill()
            process.communicate()


def _address_of(process: "subprocess.Popen[str]") -> tuple[str, bool] | None:
    log: list[str] = []
    for line in process.stderr or ():
        log.append(line)
        if warned := _WITHOUT_CERTIFICATES.search(line):
            return warned[1], False
        if created := _LISTENS.search(line):
            if created[1] == "tcp":
                return created[2], True
        elif "containerd" in line or "nothing.sock" in line:
            return None  # it has opened all of its sockets
    raise AssertionError(f"dockerd ended: {''.join(log[-3:])}")
