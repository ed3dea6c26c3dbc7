"""Our reading of generated command lines agrees with memcached's, and so do the answers that clients get."""

import os
import shutil
import ssl
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random

import pytest

from auditor.model.location import Location
from auditor.model.unknown import Unknown, known
from auditor.model.workload import Located, Workload
from auditor.technologies.memcached import MEMCACHED, Address, Memcached
from tests.oracle.memcached.cases import Case, make
from tests.oracle.memcached.server import answers_udp, ask, running, settings
from tests.oracle.namespace import SECOND_ADDRESS, Namespace, NoNamespaceError, network_namespace
from tests.oracle.redis.server import make_certificates

PROGRAM = shutil.which("memcached")
CASES = int(os.environ.get("AUDITOR_ORACLE_CASES", "30"))
SEED = int(os.environ.get("AUDITOR_ORACLE_SEED", "20242"))
TRAPS = (
    "addresses add up", "part of an address", "duplicate", "loopback", "second address", "UDP", "SASL", "file of users", "TLS on", "notls",
    "socket", "after --", "refused",
)  # fmt: skip
LOCAL = ("127.0.0.1", SECOND_ADDRESS)

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(PROGRAM is None, reason="memcached is not installed"),
]


class NoFiles:
    """No file is read in a container of memcached."""

    def open(self, path: str) -> None:
        del path

    def glob(self, pattern: str) -> list[str]:
        del pattern
        return []


def our_reading(case: Case) -> Memcached:
    """Read the case as a container of memcached 1.6 with the case's command."""
    at = Location("compose.yaml", 1)
    workload = Workload(
        component="cache",
        technology="compose",
        at=at,
        name="cache",
        origin="compose",
        image=Located(value="memcached:1.6.18", at=at),
        command=tuple(Located(value=word, at=at) for word in ["memcached", *case.words]),
    )
    (service,) = MEMCACHED.from_workload(workload, NoFiles())
    assert isinstance(service, Memcached)
    return service


def compare(case: Case, ours: Memcached, folder: Path, contexts: dict[str, ssl.SSLContext]) -> list[str]:
    """Return what memcached and our reading do not agree on; runs inside the namespace."""
    assert PROGRAM is not None
    listening: tuple[Address, ...] = () if ours.refused else known(ours.addresses)
    ports = [(each.host.strip("[]") or "127.0.0.1", each.port) for each in listening]
    with running(PROGRAM, case.words, folder, ports) as started:
        if started == bool(ours.refused):
            last = (folder / "output").read_text("utf-8", "replace").strip().splitlines()[-2:]
            return [f"memcached {'started' if started else 'refused'}, we say {ours.refused}; {last}; {case.words}"]
        if not started:
            return []
        return [f"{text}; {case.words}" for text in (*_clients(ours, contexts), *_settings(ours, contexts))]


def _clients(ours: Memcached, contexts: dict[str, ssl.SSLContext]) -> Iterator[str]:
    listening = known(ours.addresses)
    for address in LOCAL:
        for port in sorted({each.port for each in listening} | {11211, 11212}):
            found = _listener(listening, address, port)
            for kind, context in [("plain", None), *contexts.items()]:
                real, mine = ask(address, port, b"get a", context), _expected(ours, found, kind)
                if real == "closed" != mine:
                    real = ask(address, port, b"get a", context, patience=30)
                if not real.startswith(mine):
                    yield f"{kind} client at {address}:{port}: memcached {real}, we {mine}"
        hosts = {each.host for each in listening} or {""}
        for port in known(ours.udp_ports):
            listens = bool(hosts & {"", address})
            if len(hosts) == 1 and answers_udp(address, port, patience=30 if listens else 0.25) != listens:
                yield f"UDP at {address}:{port}: memcached differs from {hosts}"


def _listener(listening: tuple[Address, ...], address: str, port: int) -> Address | None:
    return next((each for each in listening if each.port == port and each.host in {"", address}), None)


def _expected(ours: Memcached, found: Address | None, kind: str) -> str:
    if found is None:
        return "no port"
    with_tls = known(ours.has_tls) and not found.is_plain
    if with_tls != (kind != "plain") or (with_tls and known(ours.requires_certificates) and kind == "TLS"):
        return "closed"
    login = known(ours.authentication)
    return {"SASL": "closed", "ASCII": "CLIENT_ERROR unauthenticated", None: "END"}[login]


def _settings(ours: Memcached, contexts: dict[str, ssl.SSLContext]) -> Iterator[str]:
    found = next((each for each in known(ours.addresses) if each.host in {"", *LOCAL}), None)
    if found is None or known(ours.authentication) is not None:
        return
    context = contexts["TLS with certificate"] if known(ours.has_tls) and not found.is_plain else None
    real = settings(found.host or "127.0.0.1", found.port, context)
    mine = {
        "tcpport": ours.text("-p"),
        "udpport": ours.text("-U"),
        "maxconns": ours.text("-c"),
        "maxbytes": str(int(str(ours.text("-m"))) * 1024 * 1024),
        "flush_enabled": "no" if known(ours.has("-F")) else "yes",
        "dump_enabled": "no" if known(ours.has("-X")) else "yes",
        "idle_timeout": ours.text("-o idle_timeout") or "0",
        "ssl_enabled": "yes" if known(ours.has_tls) else "no",
        "umask": f"{int(str(ours.text('-a')), 8):o}",
    }
    for name, value in mine.items():
        assert not isinstance(value, Unknown)
        if real.get(name) != value:
            yield f"{name}: memcached {real.get(name)!r}, we {value!r}"


@pytest.fixture(scope="module")
def namespace() -> Iterator[Namespace]:
    try:
        with network_namespace() as found:
            yield found
    except NoNamespaceError as error:
        pytest.skip(f"no network namespace: {error}")


def contexts_of(certificates: Path) -> dict[str, ssl.SSLContext]:
    """Return TLS contexts of a client without and with a certificate."""
    found: dict[str, ssl.SSLContext] = {}
    for kind in ("TLS", "TLS with certificate"):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.load_verify_locations(certificates / "ca.crt")
        if kind == "TLS with certificate":
            context.load_cert_chain(certificates / "server.crt", certificates / "server.key")
        found[kind] = context
    return found


def test_our_reading_agrees_with_memcached(
    namespace: Namespace, record_property: Callable[[str, object], None]
) -> None:
    traps: Counter[str] = Counter()
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(prefix="mc-", dir="/tmp") as folder:  # sun_path holds 107 bytes
        certificates = Path(folder, "tls")
        certificates.mkdir()
        make_certificates(certificates)
        contexts = contexts_of(certificates)
        for number in range(CASES):
            own = Path(folder, str(number))
            own.mkdir()
            (own / "users").write_text("records:sample-only\n")
            case = make(Random(SEED * 100_003 + number), str(own), str(certificates))
            traps.update(case.traps)
            ours = our_reading(case)
            found = namespace.run(partial(compare, case, ours, own, contexts))
            wrong += [f"case {number} (seed {SEED}): {text}" for text in found]
            traps["started"] += not ours.refused
    summary = ", ".join(f"{trap} {traps[trap]}" for trap in (*TRAPS, "started"))
    record_property("traps", f"memcached: {CASES} cases, {len(wrong)} disagreements; {summary}")
    assert not wrong, "\n".join(wrong[:40])
    assert all(traps[trap] for trap in TRAPS), summary
