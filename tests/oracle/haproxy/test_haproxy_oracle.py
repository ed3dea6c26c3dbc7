"""Our reading of generated configurations agrees with HAProxy: refusals, answers, headers, TLS, servers and log."""

import os
import re
import shutil
import socket
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random

import pytest

from auditor.model.exposure import Exposure, Reach
from auditor.model.source import Source
from auditor.model.unknown import Unknown, known
from auditor.technologies.haproxy import Bind, Haproxy, Kind, Outcome, Proxy, Request, Server, header
from auditor.technologies.haproxy.build import assemble
from auditor.technologies.haproxy.document import read
from auditor.technologies.haproxy.outcomes import PASSED_OVER
from auditor.technologies.haproxy.sections import Reader
from tests.oracle.haproxy.cases import (
    CLEAR_SERVER,
    ENVIRONMENT,
    HOSTS,
    LOG,
    PATHS,
    TLS_SERVER,
    WRONG_SERVER,
    Case,
    Generator,
)
from tests.oracle.haproxy.server import VERSIONS, Answer, Sent, accepted, ask, command, negotiates, prepare, running
from tests.oracle.namespace import SECOND_ADDRESS, Namespace, NoNamespaceError, network_namespace

PROGRAM = shutil.which("haproxy") or shutil.which("haproxy", path="/usr/sbin")
CASES = min(int(os.environ.get("AUDITOR_ORACLE_CASES", "80")) // 2, 400)
SEED = int(os.environ.get("AUDITOR_ORACLE_SEED", "20246"))
REQUESTS = 60
LOG_SECONDS = 20.0
PAUSES = (0.0, 0.5, 3.0)
TRAPS = (
    "alternatives of an acl", "allow", "conditional block", "default-server", "defaults in between",
    "defaults of defaults", "dontlog-normal", "global behind the proxies", "headers", "headers in defaults",
    "ignored errors", "levels of the log", "list of a variable", "listen", "logging of a proxy", "named defaults", "or",
    "quoting", "redirect keyword", "refused", "rules of a backend", "rules of the statistics", "setenv",
    "several files", "ssl-server-verify", "statistics", "statistics in defaults", "variables", "versions",
)  # fmt: skip

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(PROGRAM is None, reason="haproxy is not installed"),
    # Where the server resets a connection before the handshake, `SSLContext.wrap_socket` loses the socket it has made.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def our_reading(folder: Path, case: Case) -> Haproxy:
    """Read the case as HAProxy 2.6 does with the environment of the test."""
    reader = Reader(ENVIRONMENT, complete=True, version=(2, 6))
    for name in case.files:
        reader.read(read(Source(path=name, text=(folder / name).read_text("utf-8"))))
    outside = Exposure(reach=Reach.HOST_NETWORK, reason="")
    source = Source(path="haproxy.cfg", text="")
    return assemble(reader, "haproxy.cfg", source.at(), "file", outside)


def compare(haproxy: Haproxy, folder: Path, case: Case, random: Random, counts: Counter[str]) -> list[str]:
    """Return what the server and our reading do not agree on; runs inside the namespace."""
    assert PROGRAM is not None
    files = list(case.files)
    accepts = accepted(PROGRAM, folder, files, ENVIRONMENT)
    if accepts != (not haproxy.refused):
        said = (folder / "output").read_text("utf-8", "replace").strip()[-900:]
        return [f"haproxy {'accepts' if accepts else 'refuses'}, we say refused={haproxy.refused}; {said}"]
    if not accepts:
        return []
    pairs = [(proxy, bind) for proxy in haproxy.frontends() for bind in haproxy.known_binds(proxy)]
    port = known(pairs[0][1].port)
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as log,
        running(PROGRAM, folder, ["behind.cfg"], CLEAR_SERVER, {}),
        running(PROGRAM, folder, files, port, ENVIRONMENT),
    ):
        log.bind(("127.0.0.1", LOG))
        return [
            *_requests(haproxy, pairs, folder, random, counts, log),
            *_versions(haproxy, pairs, folder, counts),
            *_runtime(haproxy, folder),
        ]


def _requests(  # noqa: PLR0917  # what one comparison needs
    haproxy: Haproxy,
    pairs: list[tuple[Proxy, Bind]],
    folder: Path,
    random: Random,
    counts: Counter[str],
    log: socket.socket,
) -> Iterator[str]:
    expected: dict[tuple[str, int], bool] = {}
    for _ in range(REQUESTS):
        proxy, bind = random.choice(pairs)
        sent = Sent(
            address=random.choice(["127.0.0.1", SECOND_ADDRESS]),
            port=known(bind.port),
            tls=bind.is_tls,
            host=random.choice(HOSTS),
            path=random.choice([*PATHS, *haproxy.paths(proxy)]),
            method=random.choice(["GET", "GET", "GET", "PUT"]),
            logged_in=random.randrange(2) == 1,
            certificate=random.choice(["", "good", "wrong"]) if bind.is_tls else "",
        )
        real = ask(folder, sent)
        counts["requests"] += 1
        if _is_refused(bind, sent):
            counts["no handshake"] += bind.is_tls
            if real is not None and real.status:
                yield f"{sent}: HAProxy answers {real.status}, we say it does not"
            continue
        request = Request(
            tls=sent.tls, path=sent.path, host=sent.host, method=sent.method, source=sent.address, port=sent.port,
            logged_in=sent.logged_in, certificate=sent.certificate == "good" and bind.asks_for_certificate,
        )  # fmt: skip
        (outcome,) = haproxy.answers(proxy, request)
        assert isinstance(outcome, Outcome), outcome
        assert set(outcome.doubts) <= {PASSED_OVER}, outcome.doubts  # 2.6 does what is told without them
        for pause in PAUSES:
            if real is None and outcome.kind is not Kind.CLOSED:
                time.sleep(pause)
                real = ask(folder, sent)  # a connection of the same two ports that is still closing resets a new one
        if real is None:
            if outcome.kind is not Kind.CLOSED:
                yield f"{sent}: HAProxy does not answer, we say it does ({outcome.kind.value})"
            continue
        if sent.certificate == "wrong":
            continue  # which errors are ignored is compared, and not what rules then see of the certificate
        yield from _difference(haproxy, outcome, request, sent, real)
        counts[outcome.kind.value] += 1
        if (logged := _is_logged(haproxy, proxy, outcome)) is not None:
            assert (sent.address, real.source_port) not in expected, "two requests from one port"
            expected[sent.address, real.source_port] = logged
    yield from _log(expected, log, counts)


def _is_refused(bind: Bind, sent: Sent) -> bool:
    if bind.is_local and sent.address != bind.host:
        return True
    if not bind.asks_for_certificate:
        return False
    if sent.certificate == "wrong":
        return bind.options.get("crt-ignore-err") != "all"
    return not sent.certificate and bind.client_certificates == "required"


def _difference(haproxy: Haproxy, outcome: Outcome, request: Request, sent: Sent, real: Answer) -> Iterator[str]:
    status, server = outcome.status, ""
    if outcome.kind is Kind.CLOSED:
        status = 0
    elif outcome.kind is Kind.SERVERS and outcome.backend is not None:
        only, *others = haproxy.servers(outcome.backend)
        assert isinstance(only, Server)
        if others:
            return  # a line of another case's refusal that stands here: either server may be asked
        server = _reached(haproxy, only)
        status = 200 if server else 503
    if outcome.kind is Kind.METRICS and sent.method == "PUT":
        return  # the exporter takes GET and HEAD only, which is no question of configuration
    if (status, server) != (real.status, real.server):
        yield f"{sent}: HAProxy {real.status} {real.server}, we {status} {server} ({outcome.kind.value})"
        return
    if outcome.kind in {Kind.SERVERS, Kind.RETURN, Kind.LOGIN, Kind.REDIRECT} and status not in {0, 503}:
        has = known(header(outcome, "strict-transport-security", request)) is not None
        if has != real.has_hsts:
            yield f"{sent}: HAProxy sends HSTS {real.has_hsts}, we say {has} ({outcome.kind.value})"
    if outcome.kind is Kind.STATISTICS and "csv" not in sent.path:
        may = known(outcome.statistics.may_change(request)) if outcome.statistics is not None else False
        if may != ("name=action" in real.body or 'name="action"' in real.body):
            yield f"{sent}: the statistics page changes servers: we say {may}"


def _reached(haproxy: Haproxy, server: Server) -> str:
    """Return which server answers, "" for a handshake that fails."""
    port = int(server.address.rpartition(":")[2])
    if not server.is_tls:
        return "clear" if port == CLEAR_SERVER else ""
    name = {TLS_SERVER: "tls", WRONG_SERVER: "wrong"}.get(port, "")
    if not name or not known(server.verifies(haproxy.general("ssl-server-verify"))):
        return name
    asked = server.options.get("sni", "str(backend.example)") if "sni" in server.options else "str(backend.example)"
    named = asked if "sni" in server.options else f"str({server.options.get('verifyhost', 'backend.example')})"
    is_good = name == "tls" and "ca-file" in server.options
    return name if is_good and (not known(server.checks_name((2, 6))) or named == "str(backend.example)") else ""


def _is_logged(haproxy: Haproxy, proxy: Proxy, outcome: Outcome) -> bool | None:
    """Return whether the request leaves a line, None where that is not compared."""
    targets = known(haproxy.logs(proxy))
    if outcome.kind is Kind.MONITOR:
        return False if any(line.words[:2] == ("option", "httplog") for line in proxy.lines) else None
    if outcome.kind is Kind.CLOSED:
        return None
    if known(proxy.option("dontlog-normal")):
        return False if outcome.kind is Kind.SERVERS and outcome.status == 200 else None
    return any(target.takes_requests for target in targets)


def _log(expected: dict[tuple[str, int], bool], log: socket.socket, counts: Counter[str]) -> Iterator[str]:
    wanted = {client for client, logged in expected.items() if logged}
    seen: set[tuple[str, int]] = set()
    end = time.monotonic() + LOG_SECONDS
    while time.monotonic() < end:
        # Lines that are to come are waited for; others get a moment behind them.
        log.settimeout(end - time.monotonic() if wanted - seen else 0.1)
        try:
            line = log.recv(65536).decode("latin-1")
        except TimeoutError:
            break
        match = re.search(r"(127\.0\.0\.1|10\.99\.0\.1):(\d+)", line)
        if match is not None:
            seen.add((match[1], int(match[2])))
    counts["log lines"] += len(seen)
    for client, logged in expected.items():
        if logged != (client in seen):
            yield f"a request from {client} is {'' if client in seen else 'not '}logged, we say it is {logged}"


def _versions(haproxy: Haproxy, pairs: list[tuple[Proxy, Bind]], folder: Path, counts: Counter[str]) -> Iterator[str]:
    for proxy, bind in pairs:
        if not bind.is_tls or any(proxy.all("tcp-request", "connection")):
            continue  # a rule may close the connection before the handshake
        versions = known(haproxy.versions(bind))
        real = {version for version in VERSIONS if negotiates(folder, known(bind.port), version)}
        counts["handshakes"] += len(VERSIONS)
        if real != set(versions.names) - {"SSLv3"}:
            yield f"{proxy} on {bind}: HAProxy negotiates {sorted(real)}, we say {versions.names}"


def _runtime(haproxy: Haproxy, folder: Path) -> Iterator[str]:
    for bind in haproxy.sockets():
        path = Path(bind.address)
        level = bind.options.get("level", "operator")
        denied = {name: "denied" in command(folder / path, text) for name, text in _COMMANDS.items()}
        mine = {"operator": level == "user", "admin": level != "admin"}
        if denied != mine:
            yield f"{bind} at level {level}: HAProxy denies {denied}"
        mode = bind.options.get("mode")
        if mode is not None and path.stat().st_mode & 0o777 != int(mode, 8):
            yield f"{bind} has mode {path.stat().st_mode & 0o777:o}, we say {mode}"


_COMMANDS = {"operator": "show sess", "admin": "disable frontend nothing"}


@pytest.fixture(scope="module")
def namespace() -> Iterator[Namespace]:
    try:
        with network_namespace() as found:
            yield found
    except NoNamespaceError as error:
        pytest.skip(f"no network namespace: {error}")


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="haproxy-", dir="/tmp") as made:
        prepare(Path(made), CLEAR_SERVER, TLS_SERVER, WRONG_SERVER)
        yield Path(made)


def test_our_reading_agrees_with_the_server(
    namespace: Namespace, folder: Path, record_property: Callable[[str, object], None]
) -> None:
    traps: Counter[str] = Counter()
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    for number in range(CASES):
        random = Random(SEED * 100_003 + number)
        case = Generator(random, str(folder)).make()
        for name, text in case.files.items():
            (folder / name).write_text(text, "utf-8")
        traps.update(case.traps)
        haproxy = our_reading(folder, case)
        assert not any(isinstance(bind, Unknown) for proxy in haproxy.proxies for bind in haproxy.binds(proxy))
        found = namespace.run(partial(compare, haproxy, folder, case, random, counts))
        wrong += [f"case {number} (seed {SEED}): {text}" for text in found]
        traps["started"] += not haproxy.refused
    summary = ", ".join(f"{trap} {traps[trap]}" for trap in (*TRAPS, "started"))
    asked = ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
    record_property("traps", f"haproxy.cfg: {CASES} cases, {len(wrong)} disagreements; {summary}; {asked}")
    assert not wrong, "\n".join(wrong[:40])
    assert all(traps[trap] for trap in TRAPS if CASES >= 40), summary
