"""Our reading of generated flags and web configurations agrees with what Prometheus lets clients do."""

import os
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random

import pytest

from auditor.model.exposure import Reach
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import known
from auditor.model.workload import Located, Port, Workload
from auditor.technologies.prometheus import PROMETHEUS, MonitoringServer
from tests.oracle.namespace import SECOND_ADDRESS, Namespace, NoNamespaceError, network_namespace
from tests.oracle.prometheus.asking import CLOSED, NO_PORT, VERSIONS, ask, context_of, make_certificates, running
from tests.oracle.prometheus.cases import ORIGIN, PORT, TRAPS, Case, make

PROGRAM = shutil.which("prometheus")
CASES = int(os.environ.get("AUDITOR_ORACLE_CASES", "40"))
SEED = int(os.environ.get("AUDITOR_ORACLE_SEED", "20242"))
WEB = "/etc/prometheus/web.yml"

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(PROGRAM is None, reason="prometheus is not installed"),
]


class OneFile:
    """The case's web configuration, where the flag says it is."""

    def __init__(self, text: str | None) -> None:
        self._text = text

    def open(self, path: str) -> Source | None:
        return Source(path="web.yml", text=self._text) if path == WEB and self._text is not None else None

    def glob(self, pattern: str) -> list[str]:
        del pattern
        return []


def our_reading(case: Case) -> MonitoringServer:
    """Read the case as a container of Prometheus 2.42 whose port is published."""
    at = Location("compose.yaml", 1)
    words = [*case.flags, *([f"--web.config.file={WEB}"] if case.web is not None else [])]
    workload = Workload(
        component="metrics",
        technology="compose",
        at=at,
        name="metrics",
        origin="compose",
        image=Located(value="prom/prometheus:v2.42.0", at=at),
        command=tuple(Located(value=word, at=at) for word in words),
        ports=(Port(container=PORT, at=at, published=True),),
    )
    (server,) = PROMETHEUS.from_workload(workload, OneFile(case.web))
    assert isinstance(server, MonitoringServer)
    return server


def compare(case: Case, ours: MonitoringServer, folder: Path) -> list[str]:
    """Return what Prometheus and our reading do not agree on; runs inside the namespace."""
    assert PROGRAM is not None
    (folder / "prometheus.yml").write_text("global: {scrape_interval: 1h}\n", "utf-8")
    flags = list(case.flags)
    if case.web is not None:
        (folder / "web.yml").write_text(case.web, "utf-8")
        flags.append(f"--web.config.file={folder}/web.yml")
    with running(PROGRAM, flags, folder) as started:
        if started == bool(ours.refused):
            last = (folder / "output").read_text("utf-8", "replace").strip().splitlines()[-2:]
            return [f"prometheus {'started' if started else 'refused'}, we say {ours.refused}; {last}; {case}"]
        return [f"{text}; {case}" for text in _answers(ours, folder)] if started else []


def _answers(ours: MonitoringServer, folder: Path) -> Iterator[str]:
    outside = ask(SECOND_ADDRESS, "/api/v1/labels", None).status != NO_PORT
    if outside != (ours.exposure.reach is Reach.PUBLISHED):
        yield f"reached from outside {outside}, we {ours.exposure.reach}"
    address = SECOND_ADDRESS if outside else "127.0.0.1"
    has_tls, has_users, policy = known(ours.has_tls), known(ours.has_users), known(ours.client_policy)
    plain = ask(address, "/api/v1/labels", None).status
    expected = CLOSED if has_tls else "401" if has_users else "200"
    if plain != expected:
        yield f"in clear {plain}, we {expected}"
    if has_tls:
        yield from _tls(ours, folder, address, policy)
    stranger = {ask(address, "/api/v1/labels", None).status}
    if has_tls:
        stranger |= {ask(address, "/api/v1/labels", context_of(folder, None, own)).status for own in (None, "own")}
    if ("200" in stranger) == known(ours.asks_who):
        yield f"a stranger gets {stranger}, we say it asks who: {ours.asks_who}"
    if not has_tls or known(ours.tls_versions):
        yield from _switches(ours, folder, address)


def _tls(ours: MonitoringServer, folder: Path, address: str, policy: str) -> Iterator[str]:
    for version in VERSIONS:
        real = ask(address, "/api/v1/labels", context_of(folder, version, _certificate(ours))).status != CLOSED
        if real != (version in known(ours.tls_versions)):
            yield f"{version} negotiated {real}, we {ours.tls_versions}"
    if not known(ours.tls_versions):
        return
    without = ask(address, "/api/v1/labels", context_of(folder)).status != CLOSED
    own = ask(address, "/api/v1/labels", context_of(folder, None, "own")).status != CLOSED
    if without != (policy not in {"RequireAndVerifyClientCert", "RequireAnyClientCert", "RequireClientCert"}):
        yield f"without a certificate {without}, we {policy}"
    verified = policy in {"RequireAndVerifyClientCert", "VerifyClientCertIfGiven"}
    if own and policy == "RequireAndVerifyClientCert":
        yield f"its own certificate is taken, we {policy}"
    if not own and not verified:
        yield f"its own certificate is refused, we {policy}"


def _certificate(ours: MonitoringServer) -> str | None:
    """Return the certificate that lets a client in, None where one that is verified against nothing keeps it out."""
    assert ours.web is not None
    is_verified = known(ours.client_policy) == "VerifyClientCertIfGiven"
    return None if is_verified and known(ours.web).text("client_ca_file") is None else "server"


def _switches(ours: MonitoringServer, folder: Path, address: str) -> Iterator[str]:
    context = context_of(folder, None, _certificate(ours)) if ours.has_tls is True else None
    features = known(ours.text("enable-feature")) or ""
    expected = {
        ("POST", "/api/v1/admin/tsdb/clean_tombstones"): (known(ours.is_on("web.enable-admin-api")), {"204"}),
        ("POST", "/-/reload"): (known(ours.is_on("web.enable-lifecycle")), {"200"}),
        ("POST", "/api/v1/write"): (
            known(ours.is_on("web.enable-remote-write-receiver")) or "remote-write-receiver" in features,
            {"204", "400"},
        ),
    }
    for (method, path), (mine, done) in expected.items():
        status = ask(address, path, context, method=method, login=True).status
        if (status in done) != mine:
            yield f"{path}: {status}, we {mine}"
    allows = ask(address, "/api/v1/labels", context, login=True).allows_origin
    mine = re.fullmatch(str(known(ours.text("web.cors.origin"))), ORIGIN) is not None
    if allows != mine:
        yield f"the origin {'may' if allows else 'may not'} read, we {mine}"


@pytest.fixture(scope="module")
def namespace() -> Iterator[Namespace]:
    try:
        with network_namespace() as found:
            yield found
    except NoNamespaceError as error:
        pytest.skip(f"no network namespace: {error}")


def test_our_reading_agrees_with_prometheus(
    namespace: Namespace, record_property: Callable[[str, object], None]
) -> None:
    traps: Counter[str] = Counter()
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(prefix="prometheus-") as folder:
        certificates = Path(folder, "tls")
        certificates.mkdir()
        make_certificates(certificates)
        for number in range(CASES):
            own = Path(folder, str(number))
            shutil.copytree(certificates, own)
            case = make(Random(SEED * 100_003 + number))
            traps.update(case.traps)
            ours = our_reading(case)
            traps["started"] += not ours.refused
            found = namespace.run(partial(compare, case, ours, own))
            wrong += [f"case {number} (seed {SEED}): {text}" for text in found]
            shutil.rmtree(own)
    summary = ", ".join(f"{trap} {traps[trap]}" for trap in (*TRAPS, "started"))
    record_property("traps", f"Prometheus: {CASES} cases, {len(wrong)} disagreements; {summary}")
    assert not wrong, "\n".join(wrong[:40])
    assert CASES < 100 or all(traps[trap] for trap in TRAPS), summary
