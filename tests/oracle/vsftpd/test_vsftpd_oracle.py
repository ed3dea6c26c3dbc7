"""Our reading of generated configurations agrees with what clients of vsftpd can do."""

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

from auditor.model.source import Source
from auditor.model.unknown import known
from auditor.technologies.vsftpd import VSFTPD, Vsftpd
from tests.oracle.namespace import Namespace, NoNamespaceError, network_namespace
from tests.oracle.redis.server import make_certificates
from tests.oracle.vsftpd.cases import Case, make
from tests.oracle.vsftpd.server import ask, make_root, running

PROGRAM = shutil.which("vsftpd") or shutil.which("vsftpd", path="/usr/sbin")
CASES = min(int(os.environ.get("AUDITOR_ORACLE_CASES", "50")) * 2 // 5, 80)
PORT = 2121
SEED = int(os.environ.get("AUDITOR_ORACLE_SEED", "20242"))
TRAPS = ("anonymous by default", "last wins", "other words", "blanks before", "ssl_enable=YES", "commands", "refused")

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(PROGRAM is None or os.geteuid() != 0, reason="vsftpd is not installed, or this is not root"),
]


def our_reading(text: str) -> Vsftpd:
    document = VSFTPD.parse(Source(path="vsftpd.conf", text=text))
    (found,) = VSFTPD.from_files([document], {})
    return found


def compare(case: Case, folder: Path, certificates: Path) -> list[str]:
    """Return what vsftpd and our reading do not agree on; runs inside the namespace."""
    assert PROGRAM is not None
    root = make_root(folder, "ftp")
    fixed = [
        f"listen_port={PORT}", "listen_address=127.0.0.1", f"anon_root={root}", f"secure_chroot_dir={folder}/empty",
        "seccomp_sandbox=NO", "require_ssl_reuse=NO", "pam_service_name=vsftpd", f"rsa_cert_file={certificates}/server.crt",
        f"rsa_private_key_file={certificates}/server.key", f"vsftpd_log_file={folder}/log", "ssl_ciphers=HIGH",
        f"xferlog_file={folder}/xferlog",
    ]  # fmt: skip
    (folder / "empty").mkdir()
    path = folder / "vsftpd.conf"
    path.write_text("\n".join([*fixed, *case.lines]) + "\n")
    path.chmod(0o600)
    ours = our_reading("\n".join(case.lines))
    with running([PROGRAM, str(path)], PORT) as started:
        if started == bool(ours.refused or ours.unrecognised):
            return [f"vsftpd {'started' if started else 'refused'}, we say {ours.refused or ours.unrecognised}"]
        if not started:
            return []
        implicit = known(ours.flag("implicit_ssl")) and known(ours.flag("ssl_enable"))
        real = ask(PORT, "root", implicit=implicit)
    mine = {
        "anonymous": known(ours.lets_anonymous_in),
        "upload": "anon_upload_enable" in known(ours.anonymous_may_change),
        "folder": "anon_mkdir_write_enable" in known(ours.anonymous_may_change),
        "password_in_clear": known(ours.takes_passwords_in_clear),
    }
    if implicit:  # the client of this test does not speak it
        mine = {"password_in_clear": mine["password_in_clear"]}
    found = {name: getattr(real, name) for name in mine}
    return [f"{name}: vsftpd {found[name]}, we {value}" for name, value in mine.items() if found[name] != value]


@pytest.fixture(scope="module")
def namespace() -> Iterator[Namespace]:
    try:
        with network_namespace() as found:
            yield found
    except NoNamespaceError as error:
        pytest.skip(f"no network namespace: {error}")


def test_our_reading_agrees_with_vsftpd(namespace: Namespace, record_property: Callable[[str, object], None]) -> None:
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
        for number in range(CASES):
            case = make(Random(SEED * 100_003 + number))
            traps.update(case.traps)
            own = Path(name, str(number))
            own.mkdir()
            found = namespace.run(partial(compare, case, own, certificates))
            wrong += [f"case {number} (seed {SEED}): {text}; {case.lines}" for text in found]
    summary = ", ".join(f"{trap} {traps[trap]}" for trap in TRAPS)
    record_property("traps", f"vsftpd: {CASES} cases, {len(wrong)} disagreements; {summary}")
    assert not wrong, "\n".join(wrong[:20])
    assert all(traps[trap] for trap in TRAPS), summary
