"""What dockerd refuses, where it listens and whether it asks for certificates, compared with the real one."""

import os
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from auditor.model.unknown import known
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.docker import Docker
from tests.oracle.docker.cases import Case, make, make_listening
from tests.oracle.docker.daemon import PROGRAM, NoNamespaceError, listens, refuses, require_namespace
from tests.oracle.redis.server import make_certificates

CASES = int(os.environ.get("AUDITOR_ORACLE_CASES", "40"))
SEED = int(os.environ.get("AUDITOR_ORACLE_SEED", "20253"))
REFUSALS = (
    "boolean in quotes", "comma behind the last key", "comment", "file and flag", "key twice", "log-opts",
    "number in log-opts", "object around an option", "singular", "text for a list", "unknown flag", "unknown key",
    "word that is no flag",
)  # fmt: skip
LISTENING = (
    "host as a flag", "host without a port", "no host", "tls as a flag", "tls in the file", "tlsverify as a flag",
    "tlsverify in the file",
)  # fmt: skip
pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(PROGRAM is None or os.geteuid() != 0, reason="dockerd is not installed, or this is not root"),
]


def our_reading(case: Case) -> Docker:
    """Return what we make of a unit that starts dockerd with the flags, beside the daemon.json."""
    words = " ".join('"' + word.replace("\\", "\\\\") + '"' for word in case.flags)
    unit = f"[Service]\nExecStart=/usr/sbin/dockerd {words}\n"
    files = {"etc/systemd/system/docker.service": unit, "etc/docker/daemon.json": case.text}
    (found,) = (fact for fact in take_estate(MemoryTree(files)).facts if isinstance(fact, Docker))
    return found


def finish(
    title: str, wrong: list[str], traps: Counter[str], expected: tuple[str, ...], record: Callable[..., None]
) -> None:
    summary = ", ".join(f"{trap} {traps[trap]}" for trap in expected)
    record("traps", f"{title}: {len(wrong)} disagreements; {summary}")
    assert not wrong, "\n".join(wrong[:20])
    assert all(traps[trap] for trap in expected), summary


def test_we_refuse_what_dockerd_refuses(record_property: Callable[[str, object], None]) -> None:
    traps: Counter[str] = Counter()
    wrong: list[str] = []
    number_of_cases = CASES * 2
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        for number in range(number_of_cases):
            case = make(Random(SEED * 100_003 + number))
            traps.update(case.traps)
            real, ours = refuses(case.text, case.flags, Path(name)), our_reading(case).refused
            traps["refused"] += real
            if real != bool(ours):
                wrong.append(f"case {number} (seed {SEED}): dockerd {real}, we {ours}; {case}")
    title = f"dockerd's refusals: {number_of_cases} cases"
    finish(title, wrong, traps, (*REFUSALS, "refused"), record_property)


def test_we_know_where_dockerd_listens(record_property: Callable[[str, object], None]) -> None:
    try:
        require_namespace()
    except NoNamespaceError as error:
        pytest.skip(f"nobody may not make a namespace: {error}")
    traps: Counter[str] = Counter()
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        make_certificates(folder)
        (folder / "server.key").chmod(0o644)
        for number in range(CASES):
            case = make_listening(Random(SEED * 200_003 + number), name)
            traps.update(case.traps)
            ours = our_reading(case)
            mine = [(str(host), known(ours.verifies_clients)) for host in known(ours.tcp_hosts)]
            if ours.refused:
                if not refuses(case.text, case.flags, folder):
                    wrong.append(f"case {number} (seed {SEED}): we refuse {case}")
                continue
            real = listens(case.text, case.flags, folder)
            if mine != ([real] if real else []):
                wrong.append(f"case {number} (seed {SEED}): dockerd {real}, we {mine}; {case}")
    finish(f"where dockerd listens: {CASES} cases", wrong, traps, LISTENING, record_property)
