"""Our reading of generated configurations agrees with etcd's, and so do the answers that clients get."""

import os
import shutil
import ssl
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest

from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import known
from auditor.model.workload import Located, Variable, Workload
from auditor.technologies.etcd import ETCD, EtcdServer, Url
from tests.oracle.etcd.cases import Case, make
from tests.oracle.etcd.server import ask, running, settings
from tests.oracle.namespace import SECOND_ADDRESS, Namespace, NoNamespaceError, network_namespace
from tests.oracle.redis.server import make_certificates

PROGRAM = shutil.which("etcd")
_ASKED = int(os.environ.get("AUDITOR_ORACLE_CASES", "30"))
CASES = 20 if _ASKED <= 100 else _ASKED // 2
"""etcd takes a second to start: 20 cases where 100 are asked for, 100 of 200."""
SEED = int(os.environ.get("AUDITOR_ORACLE_SEED", "20242"))
TRAPS = (
    "configuration file", "flags beside a file", "file by variable", "variables", "variable and flag", "unknown key",
    "key at the wrong level", "loopback", "second address", "http beside https", "TLS on", "client certificate",
    "CA file alone", "auto-tls", "refused",
)  # fmt: skip

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(PROGRAM is None, reason="etcd is not installed"),
]


@dataclass
class OneFile:
    """The case's configuration file."""

    path: str
    text: str

    def open(self, path: str) -> Source | None:
        return Source(path="etcd.yml", text=self.text) if path == self.path else None

    def glob(self, pattern: str) -> list[str]:
        del pattern
        return []


def our_reading(case: Case, folder: str) -> EtcdServer:
    """Read the case as a container of etcd 3.4 with the case's command, variables and file."""
    at = Location("compose.yaml", 1)
    workload = Workload(
        component="store",
        technology="compose",
        at=at,
        name="store",
        origin="compose",
        image=Located(value="quay.io/coreos/etcd:v3.4.23", at=at),
        command=tuple(Located(value=word, at=at) for word in ["etcd", *case.flags]),
        environment={name: Variable(name=name, value=value, at=at) for name, value in case.environment.items()},
    )
    (service,) = ETCD.from_workload(workload, OneFile(f"{folder}/etcd.yml", case.file))
    assert isinstance(service, EtcdServer)
    return service


def compare(case: Case, ours: EtcdServer, folder: Path, contexts: dict[str, ssl.SSLContext]) -> list[str]:
    """Return what etcd and our reading do not agree on; runs inside the namespace."""
    assert PROGRAM is not None
    with running(PROGRAM, case, folder) as started:
        if started == bool(ours.refused):
            last = (folder / "output").read_text("utf-8", "replace").strip().splitlines()[-3:]
            told = [str(problem.message) for problem in ours.refused]
            return [
                f"etcd {'started' if started else 'refused'}, we say {told}; {last}; {case.flags} {case.environment} {case.file}"
            ]
        if not started:
            return []
        return [*_settings(ours, settings(folder)), *_clients(ours, contexts)]


def _settings(ours: EtcdServer, real: dict[str, Any]) -> Iterator[str]:
    clients = [url.text for url in known(ours.urls("listen-client-urls"))]
    peers = [url.text for url in known(ours.urls("listen-peer-urls"))]
    mine: dict[str, Any] = {
        "listen-client-urls": sorted(set(clients)),
        "listen-peer-urls": sorted(set(peers)),
        "snapshot-count": int(str(ours.text("snapshot-count") or "100000")),
        "pre-vote": ours.is_on("pre-vote"),
        "auto-compaction-retention": "1h0m0s" if known(ours.compacts) else "0s",
    }
    for name, value in mine.items():
        found = real[name]
        if (sorted(found) if name.endswith("-urls") else found) != value:
            yield f"{name}: etcd {found!r}, we {value!r}"


def _clients(ours: EtcdServer, contexts: dict[str, ssl.SSLContext]) -> Iterator[str]:
    for option, prefix in (("listen-client-urls", ""), ("listen-peer-urls", "peer-")):
        for url in known(ours.urls(option)):
            for address in ("127.0.0.1", SECOND_ADDRESS):
                for kind, context in [("plain", None), *contexts.items()]:
                    mine, real = _expected(ours, url, address, kind, prefix), ask(address, url.port, context)
                    if real != mine:
                        yield f"{kind} client at {address} of {url.text}: etcd {real}, we {mine}"


def _expected(ours: EtcdServer, url: Url, address: str, kind: str, prefix: str) -> str:
    host = "127.0.0.1" if url.host == "localhost" else url.host
    if host not in {"0.0.0.0", address}:
        return "no port"
    if url.has_tls != (kind != "plain"):
        return "closed"
    if not url.has_tls:
        return "answered"
    if not known(ours.asks_certificate(prefix)):
        return "answered"
    # Without a CA file of its own it takes certificates of the system's authorities only.
    has_authority = known(ours.is_set(f"{prefix}trusted-ca-file"))
    return "answered" if kind == "TLS with certificate" and has_authority else "closed"


@pytest.fixture(scope="module")
def namespace() -> Iterator[Namespace]:
    try:
        with network_namespace() as found:
            yield found
    except NoNamespaceError as error:
        pytest.skip(f"no network namespace: {error}")


def contexts_of(certificates: Path) -> dict[str, ssl.SSLContext]:
    """Return TLS contexts of a client without and with a certificate; neither looks at the server's."""
    found: dict[str, ssl.SSLContext] = {}
    for kind in ("TLS", "TLS with certificate"):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        if kind == "TLS with certificate":
            context.load_cert_chain(certificates / "server.crt", certificates / "server.key")
        found[kind] = context
    return found


def test_our_reading_agrees_with_etcd(namespace: Namespace, record_property: Callable[[str, object], None]) -> None:
    traps: Counter[str] = Counter()
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(prefix="etcd-") as folder:
        certificates = Path(folder, "tls")
        certificates.mkdir()
        make_certificates(certificates)
        contexts = contexts_of(certificates)
        for number in range(CASES):
            own = Path(folder, str(number))
            own.mkdir()
            case = make(Random(SEED * 100_003 + number), str(own), str(certificates))
            traps.update(case.traps)
            ours = our_reading(case, str(own))
            found = namespace.run(partial(compare, case, ours, own, contexts))
            wrong += [f"case {number} (seed {SEED}): {text}" for text in found]
            traps["started"] += not ours.refused
    summary = ", ".join(f"{trap} {traps[trap]}" for trap in (*TRAPS, "started"))
    record_property("traps", f"etcd: {CASES} cases, {len(wrong)} disagreements; {summary}")
    assert not wrong, "\n".join(wrong[:40])
    assert CASES < 100 or all(traps[trap] for trap in TRAPS), summary
