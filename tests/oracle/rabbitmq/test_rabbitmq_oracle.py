"""Our reading of generated configurations agrees with rabbitmq-server's, and so do the answers that clients get."""

import os
import ssl
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path
from random import Random

import pytest

from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import Unknown, known
from auditor.model.workload import Located, Mount, MountKind, Variable, Workload
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.rabbitmq import RABBITMQ, Listener, RabbitMq
from tests.oracle.namespace import SECOND_ADDRESS, Namespace, NoNamespaceError, network_namespace
from tests.oracle.rabbitmq.cases import Case, make
from tests.oracle.rabbitmq.server import ERL_CALL, PROGRAM, ask, end_epmd, log_in, running
from tests.oracle.redis.server import make_certificates

_ASKED = int(os.environ.get("AUDITOR_ORACLE_CASES", "30"))
CASES = 8 if _ASKED <= 100 else _ASKED // 5
"""A broker takes six seconds to start: 8 cases where 100 are asked for, 40 of 200."""
SEED = int(os.environ.get("AUDITOR_ORACLE_SEED", "20242"))
LOG_SECONDS = {True: 60.0, False: 4.0}
"""How long a line is waited for that is to come, and one that is not: the broker writes its log with a delay."""
TRAPS = (
    "comment", "conf.d", "advanced.config", "environment", "duplicate", "loopback", "second address", "TCP off",
    "guest remote", "loopback users replaced", "default user", "TLS on", "refused",
)  # fmt: skip

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(not PROGRAM.exists() or ERL_CALL is None, reason="rabbitmq-server is not installed"),
]


@dataclass
class ContainerFiles:
    """The case's files as a container would have them under /etc/rabbitmq."""

    files: dict[str, str]

    def open(self, path: str) -> Source | Unknown | None:
        name = path.removeprefix("/etc/rabbitmq/")
        return Source(path=name, text=self.files[name]) if name in self.files else None

    def glob(self, pattern: str) -> Sequence[str] | Unknown:
        paths = [f"/etc/rabbitmq/{name}" for name in self.files]
        return sorted(path for path in paths if fnmatchcase(path, pattern))


def our_reading(case: Case) -> RabbitMq:
    """Read the case as a container of RabbitMQ 3.10 whose /etc/rabbitmq is the case's folder."""
    at = Location("compose.yaml", 1)
    workload = Workload(
        component="broker",
        technology="compose",
        at=at,
        name="broker",
        origin="compose",
        image=Located(value="rabbitmq:3.10", at=at),
        environment={name: Variable(name=name, value=value, at=at) for name, value in case.environment.items()},
        mounts=(Mount(kind=MountKind.BIND, target="/etc/rabbitmq", at=at),),
    )
    (service,) = RABBITMQ.from_workload(workload, ContainerFiles(case.files))
    assert isinstance(service, RabbitMq)
    return service


def compare(case: Case, ours: RabbitMq, folder: Path, certificates: Path) -> list[str]:
    """Return what the broker and our reading do not agree on; runs inside the namespace."""
    refused = bool(ours.refused or ours.unrecognised)
    try:
        with running(case, folder) as started:
            if started == refused:
                last = (folder / "output").read_text("utf-8", "replace").strip().splitlines()[-6:]
                return [f"the broker {'started' if started else 'refused'}, we say refused={refused}; {last}"]
            return [*_settings(ours, folder), *_clients(ours, certificates)] if started else []
    finally:
        end_epmd()


def _settings(ours: RabbitMq, folder: Path) -> Iterator[str]:
    tcp, tls, loopback, heartbeat, partitions, _disk, options, mechanisms, _log, user = ask(folder)
    pairs: dict[str, tuple[object, object]] = {
        "tcp": (_ports(tcp), {each.port for each in known(ours.listeners("tcp"))}),
        # The setting stays where its options exclude each other, and the clients show that nobody listens.
        "ssl": (set() if ours.is_tls_contradictory else _ports(tls), {e.port for e in known(ours.listeners("ssl"))}),
        "loopback_users": (_binaries(loopback), known(ours.loopback_users)),
        "heartbeat": (heartbeat, ours.text("heartbeat")),
        "cluster_partition_handling": (partitions, ours.text("cluster_partition_handling")),
        "default_user": (set(_binaries(user)), {"clinic" if "clinic" in user else ours.text("default_user")}),
        "verify": ("{verify,verify_peer}" in options, ours.text("ssl_options.verify") == "verify_peer"),
        "fail": (
            "{fail_if_no_peer_cert,true}" in options,
            ours.text("ssl_options.fail_if_no_peer_cert") == "true",
        ),
    }
    named = ours.below("auth_mechanisms")
    if named:
        pairs["mechanisms"] = (mechanisms.strip("[]").replace("'", ""), ",".join(str(s.value) for s in named.values()))
    for name, (real, mine) in pairs.items():
        if real != mine:
            yield f"{name}: server {real!r}, we {mine!r}"


def _ports(term: str) -> set[int]:
    """Return the ports of `[5672,{127.0.0.1,5673}]`."""
    return {int(word) for word in term.replace("{", ",").replace("}", ",").strip("[]").split(",") if word.isdigit()}


def _binaries(term: str) -> frozenset[str]:
    return frozenset(word.strip("<>") for word in term.strip("[]").split(",") if word)


def _clients(ours: RabbitMq, certificates: Path) -> Iterator[str]:
    bare = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    bare.check_hostname = False
    bare.verify_mode = ssl.CERT_NONE
    with_certificate = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    with_certificate.check_hostname = False
    with_certificate.load_verify_locations(certificates / "ca.crt")
    with_certificate.load_cert_chain(certificates / "server.crt", certificates / "server.key")
    plain, tls = known(ours.listeners("tcp")), known(ours.listeners("ssl"))
    for address in ("127.0.0.1", SECOND_ADDRESS):
        for port in {each.port for each in plain} | {5672}:
            real, mine = log_in(address, port, "guest", "guest"), _expected(ours, plain, address, port)
            if real != mine:
                yield f"guest at {address}:{port}: server {real}, we {mine}"
        for context in (bare, with_certificate):
            mine = _expected(ours, tls, address, 5671)
            asks = ours.text("ssl_options.verify") == "verify_peer"
            if asks and ours.text("ssl_options.fail_if_no_peer_cert") == "true" and context is bare and mine == "in":
                mine = "refused"
            real = log_in(address, 5671, "guest", "guest", context)
            if real != mine:
                yield f"guest over TLS at {address}, {'no ' if context is bare else ''}certificate: {real}, we {mine}"


def _expected(ours: RabbitMq, listeners: Sequence[Listener], address: str, port: int) -> str:
    if not any(each.port == port and each.host in {"", address} for each in listeners):
        return "no port"
    mechanisms = [str(setting.value) for setting in ours.below("auth_mechanisms").values()]
    if not known(ours.has_guest) or (mechanisms and "PLAIN" not in mechanisms):
        return "refused"
    return "in" if address == "127.0.0.1" or known(ours.lets_guest_in) else "refused"


@pytest.fixture(scope="module")
def namespace() -> Iterator[Namespace]:
    try:
        with network_namespace() as found:
            yield found
    except NoNamespaceError as error:
        pytest.skip(f"no network namespace: {error}")


def test_our_reading_agrees_with_the_broker(
    namespace: Namespace, record_property: Callable[[str, object], None]
) -> None:
    traps: Counter[str] = Counter()
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(prefix="rmq-") as folder:
        certificates = Path(folder, "tls")
        certificates.mkdir()
        make_certificates(certificates)
        for number in range(CASES):
            case = make(Random(SEED * 100_003 + number), str(certificates))
            own = Path(folder, str(number))
            own.mkdir()
            traps.update(case.traps)
            ours = our_reading(case)
            found = namespace.run(partial(compare, case, ours, own, certificates))
            wrong += [f"case {number} (seed {SEED}): {text}" for text in found]
            traps["started"] += not ours.refused
    summary = ", ".join(f"{trap} {traps[trap]}" for trap in (*TRAPS, "started"))
    record_property("traps", f"RabbitMQ: {CASES} cases, {len(wrong)} disagreements; {summary}")
    assert not wrong, "\n".join(wrong[:40])
    assert CASES < 40 or all(traps[trap] for trap in TRAPS), summary


@pytest.mark.parametrize(
    "lines",
    [
        "log.file.level = error\n",
        "log.default.level = error\nlog.file.level = info\n",
        "log.file.level = error\nlog.connection.level = info\n",
    ],
)
def test_log_ins_are_in_the_log_where_our_reading_says_so(namespace: Namespace, lines: str) -> None:
    text = f"listeners.tcp.default = 127.0.0.1:5672\n{lines}"
    (ours,) = [fact for fact in take_estate(MemoryTree({"rabbitmq.conf": text})).facts if isinstance(fact, RabbitMq)]
    expected = known(ours.text(ours.connection_log)) in {"debug", "info"}
    with tempfile.TemporaryDirectory(prefix="rmq-") as folder:
        written = namespace.run(partial(_logged, Case({"rabbitmq.conf": text}), Path(folder), LOG_SECONDS[expected]))
    assert written is expected


def _logged(case: Case, folder: Path, seconds: float) -> bool:
    """Log in as guest and tell whether the broker's file has it."""
    with running(case, folder) as is_up:
        assert is_up
        assert log_in("127.0.0.1", 5672, "guest", "guest") == "in"
        end = time.monotonic() + seconds
        written = False
        while not written and time.monotonic() < end:
            time.sleep(0.1)
            written = any("accepting AMQP connection" in each.read_text("utf-8") for each in folder.glob("log/*.log"))
    end_epmd()
    return written
