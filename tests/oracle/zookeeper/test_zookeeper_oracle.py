"""Our reading of generated configurations agrees with what a real ZooKeeper does and answers."""

import os
import shutil
import ssl
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

import pytest

from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import Unknown, known
from auditor.model.workload import Located, Mount, MountKind, Variable, Workload
from auditor.technologies.zookeeper import ZOOKEEPER, ZooKeeper
from tests.oracle.namespace import SECOND_ADDRESS, Namespace, NoNamespaceError, network_namespace
from tests.oracle.redis.server import make_certificates
from tests.oracle.zookeeper.cases import ADMIN_PORT, PORT, TLS_PORT, WORDS, Case, Generator
from tests.oracle.zookeeper.server import CLASSPATH, admin, client, reads_foreign_node, running, word

CASES = max(8, int(os.environ.get("AUDITOR_ORACLE_CASES", "30")) // 5)
"""A Java server takes a hundred times as long to start as a small one, so a fifth of the cases."""
SEED = int(os.environ.get("AUDITOR_ORACLE_SEED", "20242"))
TRAPS = (
    "duplicate", "continuation line", "escape", "loopback", "second address", "TLS", "admin server switched", "Java flag",
    "login enforced", "ACLs skipped", "refused",
)  # fmt: skip
ADDRESSES = ("127.0.0.1", SECOND_ADDRESS)

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(
        not all(jar.exists() for jar in CLASSPATH),
        reason="zookeeper, libservlet-api-java, libnetty-java or libslf4j-java is not installed",
    ),
    pytest.mark.skipif(shutil.which("java") is None, reason="java is not installed"),
]


@dataclass
class OneFile:
    """The case's zoo.cfg at the place where the image looks for it."""

    source: Source

    def open(self, path: str) -> Source | Unknown | None:
        return self.source if path == "/conf/zoo.cfg" else None

    def glob(self, pattern: str) -> Sequence[str] | Unknown:
        del pattern
        return []


def our_reading(case: Case) -> ZooKeeper:
    """Read the case as a container of ZooKeeper 3.8 with the configuration mounted and Java's flags."""
    at = Location("compose.yaml", 1)
    source = Source(path="zoo.cfg", text=case.text)
    workload = Workload(
        component="zookeeper",
        technology="compose",
        at=at,
        name="zookeeper",
        origin="compose",
        image=Located(value="zookeeper:3.8.0", at=at),
        environment={"JVMFLAGS": Variable(name="JVMFLAGS", value=" ".join(case.flags), at=at)},
        mounts=(Mount(kind=MountKind.CONFIG, target="/conf/zoo.cfg", at=at, content=source),),
    )
    (service,) = ZOOKEEPER.from_workload(workload, OneFile(source))
    assert isinstance(service, ZooKeeper)
    return service


def compare(ours: ZooKeeper, case: Case, folder: Path, contexts: dict[str, ssl.SSLContext]) -> list[str]:
    """Return what the server and our reading do not agree on; runs inside the namespace."""
    with running(folder, case.flags, [(PORT, None), (TLS_PORT, contexts["with certificate"])]) as started:
        if started != (not ours.refused):
            last = (folder / "output").read_text("utf-8", "replace").strip().splitlines()[-3:]
            return [f"the server {'started' if started else 'refused'}, we say refused={ours.refused}; {last}"]
        if not started:
            return []
        return [*_clients(ours, contexts), *_commands(ours, contexts), *_admin(ours), *_access(ours, contexts)]


def _listens(address: str, on: str | Unknown | None) -> bool:
    assert not isinstance(on, Unknown)
    return on is not None and (on == "0.0.0.0" or on.replace("localhost", "127.0.0.1") == address)


def _expected(ours: ZooKeeper, *, digest: bool) -> str:
    schemes = ours.schemes
    assert not isinstance(schemes, Unknown)
    if schemes is None or "ip" in schemes or ("digest" in schemes and digest):
        return "served"
    return "login required"


def _clients(ours: ZooKeeper, contexts: dict[str, ssl.SSLContext]) -> Iterator[str]:
    for address in ADDRESSES:
        for digest in (False, True):
            mine = _expected(ours, digest=digest) if _listens(address, ours.plain_address) else "no port"
            real = client(address, PORT, digest=digest)
            if real != mine:
                yield f"plain client at {address} (digest {digest}): server {real}, we {mine}"
        for kind, context in contexts.items():
            mine = _expected(ours, digest=False) if _listens(address, ours.secure_address) else "no port"
            needs = str(ours.text("ssl.clientAuth")).lower() == "need"
            if mine != "no port" and kind == "without certificate" and needs:
                mine = "closed"
            real = client(address, TLS_PORT, context)
            if real != mine:
                yield f"TLS client {kind} at {address}: server {real}, we {mine}"
    anybody = [client(address, PORT, digest=True) == "served" for address in ADDRESSES]
    anybody += [
        client(address, TLS_PORT, contexts["without certificate"], digest=True) == "served" for address in ADDRESSES
    ]
    if any(anybody) != known(ours.has_open_port):
        yield f"somebody who proves nothing is served: server {any(anybody)}, we {ours.has_open_port}"


def _port(ours: ZooKeeper, contexts: dict[str, ssl.SSLContext]) -> tuple[str, int, ssl.SSLContext | None]:
    """Return a client port that the case certainly has."""
    for on, port, context in (
        (ours.plain_address, PORT, None),
        (ours.secure_address, TLS_PORT, contexts["with certificate"]),
    ):
        for address in ADDRESSES:
            if _listens(address, on):
                return address, port, context
    raise AssertionError("the case has no client port")


def _commands(ours: ZooKeeper, contexts: dict[str, ssl.SSLContext]) -> Iterator[str]:
    commands = known(ours.commands) | {"srvr"}
    for text in WORDS:
        real = "is not executed" not in word(text, *_port(ours, contexts))
        if real != bool({text, "*"} & commands):
            yield f"command {text}: server answers {real}, we {sorted(commands)}"


def _admin(ours: ZooKeeper) -> Iterator[str]:
    for address in ADDRESSES:
        mine = _listens(address, ours.admin_address)
        if admin(address, ADMIN_PORT) != mine:
            yield f"admin server at {address}: server {not mine}, we {mine}"


def _access(ours: ZooKeeper, contexts: dict[str, ssl.SSLContext]) -> Iterator[str]:
    if _expected(ours, digest=True) == "served":
        skipped = reads_foreign_node(*_port(ours, contexts))
        if skipped != (ours.text("skipACL") == "yes"):
            yield f"ACLs are skipped: server {skipped}, we {ours.text('skipACL')}"


@pytest.fixture(scope="module")
def namespace() -> Iterator[Namespace]:
    try:
        with network_namespace() as found:
            yield found
    except NoNamespaceError as error:
        pytest.skip(f"no network namespace: {error}")


def test_our_reading_agrees_with_the_server(
    namespace: Namespace, record_property: Callable[[str, object], None]
) -> None:
    traps: Counter[str] = Counter()
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(prefix="zo-") as name:
        certificates = Path(name)
        contexts = _contexts(certificates)
        for number in range(CASES):
            folder = certificates / str(number)
            folder.mkdir()
            case = Generator(Random(SEED * 100_003 + number), str(folder), name).make()
            (folder / "zoo.cfg").write_text(case.text, "utf-8")
            traps.update(case.traps)
            ours = our_reading(case)
            traps["started"] += not ours.refused
            found = namespace.run(partial(compare, ours, case, folder, contexts))
            wrong += [f"case {number} (seed {SEED}): {text}" for text in found]
    summary = ", ".join(f"{trap} {traps[trap]}" for trap in (*TRAPS, "started"))
    record_property("traps", f"zoo.cfg: {CASES} cases, {len(wrong)} disagreements; {summary}")
    assert not wrong, "\n".join(wrong[:40])
    assert CASES < 40 or all(traps[trap] for trap in TRAPS), summary


def _contexts(folder: Path) -> dict[str, ssl.SSLContext]:
    make_certificates(folder)
    (folder / "ca.pem").write_bytes((folder / "ca.crt").read_bytes())
    (folder / "server.pem").write_bytes((folder / "server.key").read_bytes() + (folder / "server.crt").read_bytes())
    contexts: dict[str, ssl.SSLContext] = {}
    for kind in ("with certificate", "without certificate"):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.load_verify_locations(folder / "ca.crt")
        if kind == "with certificate":
            context.load_cert_chain(folder / "server.crt", folder / "server.key")
        contexts[kind] = context
    return contexts
