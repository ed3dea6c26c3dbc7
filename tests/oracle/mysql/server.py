"""Ask mariadbd what it makes of generated options: by its --help, and by starting it on a copy of a data directory."""

import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

START_SECONDS = 20.0
_FATAL = ("Error while setting value", "unknown variable", "unknown option", "requires an argument", "ambiguous option")
_CLIENT_SSL = 0x800
_FIXED = [
    "--user=root",
    "--innodb-log-file-size=4M",
    "--innodb-buffer-pool-size=8M",
    "--innodb-buffer-pool-load-at-startup=0",
    "--innodb-fast-shutdown=2",
    "--innodb-flush-method=nosync",
    "--performance-schema=OFF",
    "--aria-pagecache-buffer-size=1M",
    "--key-buffer-size=1M",
    "--server-id=7",
    "--plugin-maturity=unknown",
]
"""Options that make a start fast and do not touch what is compared."""


def values_of(program: str, arguments: list[str], folder: Path) -> dict[str, str] | str:
    """Return the variables that `--help --verbose` prints, or the last error of a server that would not start."""
    words = [program, *arguments, "--user=root", "--verbose", "--help"]
    ran = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False, errors="replace")
    # An error in an option of InnoDB ends --help only with a message, but ends a start.
    errors = [line for line in ran.stderr.splitlines() if "[ERROR]" in line and any(word in line for word in _FATAL)]
    if ran.returncode or errors:
        return "; ".join(errors or ran.stderr.splitlines()[-2:])
    _, _, table = ran.stdout.partition("\nVariables (--variable-name=value)")
    found: dict[str, str] = {}
    for line in table.splitlines():
        name, _, value = line.partition(" ")
        found[name.replace("-", "_")] = value.strip()
    return found


def make_template(folder: Path) -> None:
    """Create an empty database: root with a password, a user `probe` with one, no anonymous user."""
    program = shutil.which("mariadb-install-db")
    assert program is not None
    words = [program, "--no-defaults", "--user=root", f"--datadir={folder}", "--skip-test-db", *_FIXED[1:6]]
    words.append("--auth-root-authentication-method=normal")
    subprocess.run(words, check=True, capture_output=True)
    statements = (
        "FLUSH PRIVILEGES;\nCREATE USER probe@'%' IDENTIFIED BY 'probe-sample-password';\nDROP USER ''@localhost;\n"
    )
    server = shutil.which("mariadbd")
    assert server is not None
    boot = [server, "--no-defaults", f"--datadir={folder}", *_FIXED, "--bootstrap"]
    subprocess.run(boot, input=statements.encode(), check=False, capture_output=True)


@contextmanager
def running(program: str, arguments: list[str], folder: Path, template: Path) -> Generator[bool, None, None]:
    """Start the server on a copy of `template`; yield True once it serves its socket, False if it refuses to start."""
    data = folder / "data"
    subprocess.run(["cp", "-a", "--reflink=auto", str(template), str(data)], check=True)
    first = [word for word in arguments if word.startswith("--defaults-")]
    rest = [word for word in arguments if word not in first]
    with (folder / "output").open("wb") as output:
        words = [program, *first, f"--datadir={data}", *_FIXED, *rest]
        process = subprocess.Popen(words, cwd=folder, stdout=output, stderr=output)
    try:
        yield _wait(process, folder / "s")
    finally:
        process.kill()
        process.wait()
        shutil.rmtree(data)


def _wait(process: "subprocess.Popen[bytes]", path: Path) -> bool:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            return False
        if path.exists() and _answers(path):
            return True
        time.sleep(0.01)
    raise TimeoutError("the server neither started nor stopped")


def _answers(path: Path) -> bool:
    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.connect(str(path))
        return bool(connection.recv(1))
    except OSError:
        return False
    finally:
        connection.close()


def variables_of(folder: Path, names: list[str]) -> dict[str, str]:
    """Return what a running server says of its variables, asked over its socket as root."""
    quoted = ",".join(f"'{name}'" for name in names)
    query = f"SELECT LOWER(variable_name), IFNULL(variable_value, '') FROM information_schema.global_variables WHERE variable_name IN ({quoted})"
    ran = _client(folder, query)
    rows = (line.partition("\t") for line in ran.splitlines())
    return {name: value for name, _, value in rows}


def plugins_of(folder: Path) -> set[str]:
    """Return the libraries of a running server's active plugins, without .so."""
    query = "SELECT DISTINCT plugin_library FROM information_schema.plugins WHERE plugin_library IS NOT NULL AND plugin_status='ACTIVE'"
    return {line.removesuffix(".so") for line in _client(folder, query).split()}


def _client(folder: Path, query: str) -> str:
    program = shutil.which("mariadb")
    assert program is not None
    words = [program, "--no-defaults", "-uroot", f"--socket={folder}/s", "-N", "-B", "-e", query]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


def log_in(address: str, port: int, *, user: str, password: str, tls: bool) -> str:
    """Return what a client gets over TCP: in, denied, blocked, or no port. MariaDB says "denied" also of clear text."""
    if not _listens(address, port):
        return "no port"
    program = shutil.which("mariadb")
    assert program is not None
    words = [program, "--no-defaults", f"-h{address}", f"-P{port}", "--protocol=tcp", f"-u{user}", "-e", "SELECT 1"]
    words.append("--ssl" if tls else "--skip-ssl")
    words += ["--disable-ssl-verify-server-cert"] if tls else []
    environment = {**os.environ, "MYSQL_PWD": password}
    ran = subprocess.run(words, capture_output=True, text=True, check=False, env=environment)
    if ran.returncode == 0:
        return "in"
    for text, answer in (("ERROR 1045", "denied"), ("ERROR 4150", "blocked")):
        if text in ran.stderr:
            return answer
    return ran.stderr.strip()


def _listens(address: str, port: int) -> bool:
    try:
        socket.create_connection((address, port), timeout=2).close()
    except OSError:
        return False
    return True


def offers_tls(address: str, port: int) -> bool:
    """Tell whether the server's greeting offers TLS (CLIENT_SSL of the protocol)."""
    with socket.create_connection((address, port), timeout=5) as connection:
        packet = connection.recv(4096)
    end = packet.index(b"\0", 5)
    place = end + 1 + 4 + 8 + 1
    return bool(int.from_bytes(packet[place : place + 2], "little") & _CLIENT_SSL)


def make_certificates(folder: Path) -> None:
    """Make an authority and a certificate of the server, good for a day."""

    def openssl(*words: str) -> None:
        subprocess.run(["openssl", *words], check=True, capture_output=True, cwd=folder)

    openssl(
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        "ca.key",
        "-out",
        "ca.crt",
        "-subj",
        "/CN=ca",
        "-days",
        "1",
    )
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=db")
    signed = ["-in", "server.csr", "-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-out", "server.crt"]
    openssl("x509", "-req", *signed, "-days", "1")
    ssl.create_default_context(cafile=str(folder / "ca.crt"))
