"""Our reading of generated configurations agrees with what clients of ProFTPD can do."""

import os
import pwd
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random

import pytest

from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import known
from auditor.technologies.proftpd import Host, Proftpd
from auditor.technologies.proftpd.build import file_server
from tests.oracle.namespace import Namespace, NoNamespaceError, network_namespace
from tests.oracle.proftpd.cases import Case, make
from tests.oracle.redis.server import make_certificates
from tests.oracle.vsftpd.server import ask, make_root, running

PROGRAM = os.environ.get("AUDITOR_PROFTPD") or shutil.which("proftpd") or shutil.which("proftpd", path="/usr/sbin")
CASES = min(int(os.environ.get("AUDITOR_ORACLE_CASES", "25")) * 2 // 5, 80)
PORTS = (2121, 2122)
SEED = int(os.environ.get("AUDITOR_ORACLE_SEED", "20242"))
TRAPS = (
    "TLS", "first wins", "Global", "virtual host", "include", "IfModule", "comment behind", "anonymous", "limit",
    "outer limit", "folder", "refused",
)  # fmt: skip

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(PROGRAM is None or os.geteuid() != 0, reason="proftpd is not installed, or this is not root"),
]


class OnePart:
    """The one file that a case includes."""

    def __init__(self, path: str, text: str) -> None:
        self._path, self._text = path, text

    def open(self, path: str) -> Source | None:
        return Source(path=path, text=self._text) if path == self._path else None

    def glob(self, pattern: str) -> list[str]:
        del pattern
        return []


def modules() -> Path:
    assert PROGRAM is not None
    return Path(PROGRAM).resolve().parent.parent / "lib" / "proftpd"


def base(folder: Path) -> str:
    return f"""ModulePath {modules()}
LoadModule mod_tls.c
ServerType standalone
UseIPv6 off
DefaultAddress 127.0.0.1
Port {PORTS[0]}
User nobody
Group nogroup
DelayEngine off
ScoreboardFile {folder}/scoreboard
PidFile {folder}/pid
SystemLog {folder}/log
TransferLog {folder}/transfers
"""


def compare(case: Case, folder: Path) -> list[str]:
    """Return what ProFTPD and our reading do not agree on; runs inside the namespace."""
    assert PROGRAM is not None
    path = folder / "proftpd.conf"
    path.write_text(base(folder) + case.text)
    (folder / "part.conf").write_text(case.included)
    source = Source(path="proftpd.conf", text="LoadModule mod_tls.c\n" + case.text)
    ours = file_server(source, OnePart(f"{folder}/part.conf", case.included))
    with running([PROGRAM, "-n", "-q", "-c", str(path)], PORTS[0]) as started:
        if started == bool(ours.refused):
            return [f"proftpd {'started' if started else 'refused'}, we say {ours.refused}"]
        return list(_hosts(ours)) if started else []


def _hosts(ours: Proftpd) -> Iterator[str]:
    hosts = {"": PORTS[0], **({"127.0.0.1": PORTS[1]} if any(host.label for host in ours.hosts) else {})}
    for label, port in hosts.items():
        host = next((each for each in ours.hosts if each.label == label), None)
        real = ask(port, "root", implicit=False)
        mine = _claims(host)
        for name, value in mine.items():
            if getattr(real, name) != value:
                yield f"{name} of {label or 'the main server'}: proftpd {getattr(real, name)}, we {value}"


def _claims(host: Host | None) -> dict[str, bool]:
    if host is None:
        return {"anonymous": False, "upload": False, "password_in_clear": False}
    # Of two sections for the same user the first one counts.
    first = host.anonymous[:1]
    return {
        "anonymous": any(known(each.lets_in) for each in first),
        "upload": any(isinstance(known(each.upload), Location) for each in first),
        "password_in_clear": not known(host.requires_tls("control")),
    }


@pytest.fixture(scope="module")
def namespace() -> Iterator[Namespace]:
    try:
        with network_namespace() as found:
            yield found
    except NoNamespaceError as error:
        pytest.skip(f"no network namespace: {error}")


def test_our_reading_agrees_with_proftpd(namespace: Namespace, record_property: Callable[[str, object], None]) -> None:
    if not (modules() / "mod_tls.so").exists():
        pytest.skip("proftpd's module for TLS is not installed")
    try:
        pwd.getpwnam("ftp")
    except KeyError:
        pytest.skip("there is no account ftp")
    traps: Counter[str] = Counter()
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(prefix="ftp-", dir="/tmp") as name:
        Path(name).chmod(0o755)
        certificates = Path(name, "tls")
        certificates.mkdir()
        make_certificates(certificates)
        tls = f"TLSRSACertificateFile {certificates}/server.crt\nTLSRSACertificateKeyFile {certificates}/server.key"
        for number in range(CASES):
            own = Path(name, str(number))
            own.mkdir()
            root = make_root(own, "ftp")
            case = make(Random(SEED * 100_003 + number), str(root), tls, str(own), PORTS[1])
            traps.update(case.traps)
            found = namespace.run(partial(compare, case, own))
            wrong += [f"case {number} (seed {SEED}): {text}\n{case.text}--- part\n{case.included}" for text in found]
    summary = ", ".join(f"{trap} {traps[trap]}" for trap in TRAPS)
    record_property("traps", f"proftpd: {CASES} cases, {len(wrong)} disagreements; {summary}")
    assert not wrong, "\n".join(wrong[:12])
    assert all(traps[trap] for trap in TRAPS), summary
