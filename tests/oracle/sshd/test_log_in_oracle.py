"""Who gets in through sshd and PAM together: our answers agree with log-ins through the real ones."""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

import pytest

from auditor.model.unknown import Unknown, known
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.sshd import Sshd
from tests.oracle.namespace import NoNamespaceError, network_namespace
from tests.oracle.sshd.log_ins import SECOND, LogInCase, has_module, make
from tests.oracle.sshd.server import SSH, SSHD

CASES = int(os.environ.get("AUDITOR_ORACLE_CASES", "60")) // 3
SEED = int(os.environ.get("AUDITOR_ORACLE_SEED", "20260"))
TRYING = Path(__file__).with_name("logging_in.py")
TRAPS = (
    "password", "permit", "deny", "condition", "second factor", "include", "no account", "methods", "Match",
    "UsePAM no", "PermitEmptyPasswords yes",
)  # fmt: skip

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(SSHD is None or SSH is None, reason="sshd is not installed"),
    pytest.mark.skipif(not has_module("pam_usertype.so"), reason="libpam 1.4 and its modules are not installed"),
]


def server_of(case: LogInCase) -> Sshd:
    files = {"etc/ssh/sshd_config": "\n".join(case.lines) + "\n"}
    files |= {f"etc/pam.d/{name}": text for name, text in case.stacks.items()}
    (server,) = (fact for fact in take_estate(MemoryTree(files)).facts if isinstance(fact, Sshd))
    return server


def ours(server: Sshd) -> dict[str, bool | Unknown]:
    """Return which attempts get in by our reading."""
    tester, root = server.sessions[-1], server.root_sessions[0]
    anyone = tester.lets_anyone_in
    empty = tester.empty_password_is_enough
    if anyone is not False:
        # Whoever is let in with any password may still have to type one.
        empty = anyone if tester.flag("PermitEmptyPasswords") is True else Unknown("what is typed is not looked at")
    if tester.text("AuthenticationMethods") != "any" and empty is True:
        # OpenSSH's client asks with the method `none` first; sshd accepts the empty password and then hangs up.
        empty = Unknown("a client that does not ask first gets in")
    right, roots = tester.password_is_enough, root.password_is_enough
    if anyone is True:
        # Whoever knows the password may type a wrong one, where lines stand behind the right one only.
        right, roots = (Unknown("a wrong one gets in") if each is True else each for each in (right, roots))
    return {
        "wrong": anyone,
        "right": right,
        "empty": empty,
        "key": tester.key_is_enough,
        "root": known(root.text("PermitRootLogin")) == "yes" and roots,
    }


@pytest.fixture(scope="module")
def tried() -> list[tuple[LogInCase, list[str] | str]]:
    """Cases, each with the attempts that got in."""
    unshare = shutil.which("unshare")
    if os.geteuid() != 0 or unshare is None:
        pytest.skip("log-ins are tried as root, in a mount namespace")
    cases = [make(Random(SEED * 100_003 + number)) for number in range(CASES)]
    trying = partial(
        subprocess.run,
        [unshare, "--mount", "--propagation", "private", sys.executable, "-B", str(TRYING)],
        input=json.dumps([{"lines": case.lines, "stacks": case.stacks} for case in cases]),
        capture_output=True,
        text=True,
        check=False,
        timeout=60 + CASES * 20,
    )
    try:
        with network_namespace() as namespace:
            asked = namespace.run(trying)
    except NoNamespaceError as error:
        pytest.skip(f"no network namespace: {error}")
    if asked.returncode and "mount" in asked.stderr:
        pytest.skip("no mount namespace can be made here")
    assert asked.returncode == 0, asked.stderr[-2000:]
    return list(zip(cases, json.loads(asked.stdout), strict=True))


def test_our_answers_agree_with_log_ins(
    tried: list[tuple[LogInCase, list[str] | str]], record_property: Callable[[str, object], None]
) -> None:
    traps: Counter[str] = Counter()
    wrong: list[str] = []
    for number, (case, got_in) in enumerate(tried):
        traps.update(case.traps)
        server = server_of(case)
        assert isinstance(got_in, str) == bool(server.refused), (got_in, case)
        traps["refused"] += bool(server.refused)
        for attempt, answer in ours(server).items() if not server.refused else ():
            traps["not known" if isinstance(answer, Unknown) else "decided"] += 1
            traps[f"{attempt} got in"] += attempt in got_in
            if not isinstance(answer, Unknown) and answer != (attempt in got_in):
                wrong.append(f"case {number} (seed {SEED}): {attempt}: sshd {attempt in got_in}, we {answer}; {case}")
    summary = ", ".join(f"{trap} {count}" for trap, count in sorted(traps.items()))
    record_property("traps", f"sshd with PAM: {len(tried)} cases, {len(wrong)} disagreements; {summary}")
    assert not wrong, "\n".join(wrong[:10])
    # They are of packages that only a machine with all servers must have.
    has_second_factor = os.environ.get("AUDITOR_REQUIRE_SERVERS") == "1" or any(has_module(line) for line in SECOND)
    assert all(traps[trap] for trap in TRAPS if has_second_factor or trap != "second factor"), summary
    assert traps["decided"] > 3 * traps["not known"], summary
