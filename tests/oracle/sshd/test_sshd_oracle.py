"""Our reading of generated configurations agrees with sshd's, for several clients of each."""

import grp
import os
import pwd
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path
from random import Random

import pytest

from auditor.model.fact import Problem
from auditor.model.source import Source
from auditor.model.unknown import Unknown, known
from auditor.technologies.sshd import Session, weak_in
from auditor.technologies.sshd.build import contradictions
from auditor.technologies.sshd.evaluate import Reading, in_force
from auditor.technologies.sshd.keywords import KEYWORDS, Kind, Repeat
from auditor.technologies.sshd.match import Client
from auditor.technologies.sshd.program import Loader, Program
from tests.oracle.namespace import Namespace, NoNamespaceError, network_namespace
from tests.oracle.sshd.cases import Case, make
from tests.oracle.sshd.server import PORT, SSH, SSHD, NoMountError, effective, offered, prepare

CASES = int(os.environ.get("AUDITOR_ORACLE_CASES", "60"))
SEED = int(os.environ.get("AUDITOR_ORACLE_SEED", "20242"))
VERSION = (9, 2)
TRAPS = (
    "include", "include glob", "nothing to include", "include in a block", "Match in an include", "Match", "match all",
    "user", "group", "address", "local port", "host", "negation", "both", "global behind Match", "duplicate",
    "lists add up", "methods", "algorithms", "alias", "case", "equals sign", "quotes", "comment behind", "subsystem",
    "listens", "PAM reopens", "refused",
)  # fmt: skip
WEAK = ("ciphers", "macs", "kexalgorithms")
UNSHOWN = {"channeltimeout", "refuseconnection", "persourcemaxstartups", "listenaddress"}

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(SSHD is None or SSH is None, reason="sshd is not installed"),
]


class EtcSsh:
    """The case's files as /etc/ssh."""

    def __init__(self, files: dict[str, str]) -> None:
        self._files = {f"/etc/ssh/{name}": text for name, text in files.items()}

    def open(self, path: str) -> Source | None:
        text = self._files.get(path)
        return Source(path=path, text=text) if text is not None else None

    def glob(self, pattern: str) -> list[str]:
        return [p for p in self._files if fnmatchcase(p, pattern) and not p.rpartition("/")[2].startswith(".")]


def client(random: Random) -> Client:
    user = random.choice(["root", "backup", "games", "news"])
    account = pwd.getpwnam(user)
    groups = tuple(grp.getgrgid(number).gr_name for number in os.getgrouplist(user, account.pw_gid))
    return Client(
        user=user,
        groups=groups,
        address=random.choice(["10.0.0.9", "10.1.2.3", "203.0.113.9", "2001:db8::5"]),
        host=random.choice(["a.example.org", "elsewhere.example.com"]),
        local_address=random.choice(["192.0.2.8", "198.51.100.8"]),
        local_port=random.choice([22, 2222]),
    )


def specification(asked: Client) -> str:
    parts = {
        "user": asked.user,
        "host": asked.host,
        "addr": asked.address,
        "laddr": asked.local_address,
        "lport": asked.local_port,
    }
    return ",".join(f"{name}={value}" for name, value in parts.items())


def problems_of(program: Program, loader: Loader) -> list[Problem]:
    first = Reading(None, VERSION, loader.gaps).run(program)
    return [*loader.problems, *first.problems, *contradictions(first.values)]


def session_of(program: Program, loader: Loader, asked: Client) -> Session:
    first = Reading(None, VERSION, loader.gaps).run(program)
    second = Reading(asked, VERSION, loader.gaps).run(program)
    at = Source(path="/etc/ssh/sshd_config", text="").at()
    return Session(client=asked, values=in_force(first, second), at=at, version=VERSION)


def differences(session: Session, real: dict[str, list[str]]) -> Iterator[str]:
    for key, keyword in KEYWORDS.items():
        if key in UNSHOWN:
            continue
        shown = real.get(key, [])
        if keyword.kind is Kind.ALGORITHMS:
            text = session.text(key)
            assert isinstance(text, str)
            if key in WEAK and sorted(weak_in(key, shown[0])) != sorted(set(weak_in(key, text))):
                yield f"{key}: sshd {weak_in(key, shown[0])}, we {weak_in(key, text)}"
        elif keyword.repeat is Repeat.ADD:
            parts = session.parts(key)
            assert not isinstance(parts, Unknown)
            words = list(parts) if key == "subsystem" else [word for part in parts for word in part.split()]
            if words != shown and not (key == "port" and not words and shown == ["22"]):
                yield f"{key}: sshd {shown}, we {words}"
        elif key == "maxstartups":
            begin, _, full = shown[0].split(":")
            mine = str(session.text(key)).split(":")
            if (begin, full) != (mine[0], mine[-1]):
                yield f"{key}: sshd {shown}, we {mine}"
        elif [session.text(key)] != [_canonical(value) for value in shown]:
            yield f"{key}: sshd {shown}, we {session.text(key)!r}"


def _canonical(value: str) -> str:
    same = {"without-password": "prohibit-password", "delayed": "yes", "DEBUG1": "DEBUG", "SILENT": "QUIET"}
    return same.get(value, value)


def expected_methods(session: Session) -> set[str]:
    """Return the methods that sshd names first to a client, by our values (`auth2.c`)."""
    flags = {
        "publickey": "PubkeyAuthentication",
        "password": "PasswordAuthentication",
        "keyboard-interactive": "KbdInteractiveAuthentication",
        "hostbased": "HostbasedAuthentication",
    }
    enabled = {method for method, name in flags.items() if known(session.flag(name))}
    lists = session.text("AuthenticationMethods")
    assert isinstance(lists, str)
    if lists == "any":
        return enabled
    split = [[each.partition(":")[0] for each in one.split(",")] for one in lists.split()]
    return {names[0] for names in split if set(names) <= enabled}


@pytest.fixture(scope="module")
def keys() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="ssh-", dir="/tmp") as name:
        folder = Path(name)
        try:
            prepare(folder)
        except NoMountError as error:
            pytest.skip(f"no mount namespace: {error}")
        yield folder


def write(case: Case, keys: Path, folder: Path) -> None:
    for name in ("ed25519", "rsa"):
        (folder / f"ssh_host_{name}_key").write_bytes((keys / f"ssh_host_{name}_key").read_bytes())
        (folder / f"ssh_host_{name}_key").chmod(0o600)
    for name, text in case.files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)


def compare(
    case: Case, folder: Path, random: Random, counts: Counter[str], namespace: Namespace | None
) -> Iterator[str]:
    """Yield what differs; with a namespace, connections in it are compared too."""
    view = EtcSsh(case.files)
    loader = Loader(view)
    program = loader.load(Source(path="/etc/ssh/sshd_config", text=case.files["sshd_config"]))
    refused = problems_of(program, loader)
    asked = [client(random) for _ in range(4)]
    for each in asked:
        real = effective(folder, specification(each))
        if isinstance(real, str) != bool(refused):
            yield f"sshd: {real if isinstance(real, str) else 'starts'}; we: {refused}"
            return
        if isinstance(real, str):
            return
        session = session_of(program, loader, each)
        for text in differences(session, real):
            yield f"for {each}: {text}"
    counts["started"] += 1
    if namespace is not None:
        local = Client(user=asked[0].user, groups=asked[0].groups, address="127.0.0.1", host="localhost",
                       local_address="127.0.0.1", local_port=PORT)  # fmt: skip
        session = session_of(program, loader, local)
        if known(session.is_let_in):
            counts["connections"] += 1
            methods, real_methods = expected_methods(session), namespace.run(partial(offered, folder, local.user))
            if methods != real_methods:
                yield f"offered to {local.user}: sshd {real_methods}, we {methods}"
            typed = {"password", "keyboard-interactive"} & real_methods
            if known(session.password_is_enough) and not typed:
                yield f"we say that a password is enough for {local.user}; sshd offers {real_methods}"


@pytest.fixture(scope="module")
def namespace() -> Iterator[Namespace]:
    try:
        with network_namespace() as found:
            yield found
    except NoNamespaceError as error:
        pytest.skip(f"no network namespace: {error}")


def test_our_reading_agrees_with_sshd(
    keys: Path, namespace: Namespace, record_property: Callable[[str, object], None]
) -> None:
    traps: Counter[str] = Counter()
    wrong: list[str] = []
    for number in range(CASES):
        random = Random(SEED * 100_003 + number)
        case = make(random)
        traps.update(case.traps)
        with tempfile.TemporaryDirectory(prefix="ssh-", dir="/tmp") as name:
            folder = Path(name)
            write(case, keys, folder)
            found = list(compare(case, folder, random, traps, None if number % 4 else namespace))
        files = "\n".join(f"--- {path}\n{text}" for path, text in case.files.items())
        wrong += [f"case {number} (seed {SEED}): {text}\n{files}" for text in found]
    summary = ", ".join(f"{trap} {traps[trap]}" for trap in (*TRAPS, "started", "connections"))
    record_property("traps", f"sshd: {CASES} cases, {len(wrong)} disagreements; {summary}")
    assert not wrong, "\n".join(wrong[:12])
    assert all(traps[trap] for trap in TRAPS), summary
