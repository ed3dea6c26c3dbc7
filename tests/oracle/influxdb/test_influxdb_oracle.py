"""Our reading of generated configurations agrees with influxd's, and so do the answers that clients get."""

import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest

from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import known
from auditor.model.workload import Located, Variable, Workload
from auditor.technologies.influxdb import INFLUXDB, InfluxDb
from tests.oracle.namespace import SECOND_ADDRESS, Namespace, NoNamespaceError, network_namespace
from tests.oracle.redis.server import make_certificates

PROGRAM = shutil.which("influxd")
_ASKED = int(os.environ.get("AUDITOR_ORACLE_CASES", "30"))
CASES = 20 if _ASKED <= 100 else _ASKED // 4
"""influxd takes a second to start: 20 cases where 100 are asked for, 50 of 200."""
SEED = int(os.environ.get("AUDITOR_ORACLE_SEED", "20242"))
TRAPS = (
    "variable over file", "key twice", "log-in", "no log-in", "TLS on", "loopback", "second address", "input", "HTTP off",
    "comment", "refused",
)  # fmt: skip
COMPARED = (
    "http.enabled", "http.bind-address", "http.auth-enabled", "http.https-enabled", "http.log-enabled",
    "http.write-tracing", "http.pprof-enabled", "http.max-body-size", "data.query-log-enabled", "data.wal-fsync-delay",
    "subscriber.insecure-skip-verify", "bind-address",
)  # fmt: skip

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(PROGRAM is None, reason="influxd is not installed"),
]


@dataclass
class Case:
    """The text of the file, variables, and the traps in them."""

    text: str
    environment: dict[str, str] = field(default_factory=dict[str, str])
    traps: set[str] = field(default_factory=set[str])


def make(random: Random, folder: str, certificates: str) -> Case:
    """Make one case; `folder` takes data, `certificates` has certificates."""
    case = Case("")
    http: dict[str, str] = {}
    address = random.choice([":8086", "127.0.0.1:8086", f"{SECOND_ADDRESS}:8086", "0.0.0.0:8086"])
    case.traps.add("loopback" if "127." in address else "second address")
    http["bind-address"] = f'"{address}"'
    if random.random() < 0.6:
        http["auth-enabled"] = random.choice(["true", "true", "false"])
    if random.random() < 0.35:
        case.traps.add("TLS on")
        http["https-enabled"] = "true"
        http["https-certificate"] = f'"{certificates}/server.crt"'
        http["https-private-key"] = f"'{certificates}/server.key'"
    if random.random() < 0.08:
        case.traps.add("HTTP off")
        http["enabled"] = "false"
    for name, values in (
        ("log-enabled", ["true", "false"]),
        ("write-tracing", ["true", "false"]),
        ("pprof-enabled", ["true", "false"]),
        ("max-body-size", ["0", "1000"]),
    ):
        if random.random() < 0.35:
            http[name] = random.choice(values)
    lines = [f"  {name} = {value}" for name, value in http.items()]
    random.shuffle(lines)
    if random.random() < 0.3:
        case.traps.add("comment")
        lines = [f"{line}  # note = true" if random.random() < 0.5 else line for line in lines] + [
            "  # auth-enabled = true"
        ]
    if random.random() < 0.12:
        case.traps.update({"key twice", "refused"})
        lines += ["  log-enabled = true", "  log-enabled = false"]
    if random.random() < 0.06:
        case.traps.add("refused")
        lines.append('  auth-enabled = "true"' if "auth-enabled" not in http else "  flux = ")
    sections = [
        ["[meta]", f'  dir = "{folder}/meta"'],
        ["[data]", f'  dir = "{folder}/data"', f'  wal-dir = "{folder}/wal"'],
        ["[http]", *lines],
        ["[monitor]", "  store-enabled = false"],
    ]
    if random.random() < 0.3:
        sections[1].append(f"  query-log-enabled = {random.choice(['true', 'false'])}")
    if random.random() < 0.2:
        sections[1].append('  wal-fsync-delay = "100ms"')
    if random.random() < 0.3:
        case.traps.add("input")
        sections += [
            ["[[udp]]", f"  enabled = {random.choice(['true', 'false'])}", f'  bind-address = "{_udp(random)}"']
            for _ in range(random.choice([1, 2]))
        ]
    random.shuffle(sections)
    top = ['bind-address = "127.0.0.1:8088"'] if random.random() < 0.4 else []
    case.text = "\n".join([*top, *(line for section in sections for line in section)]) + "\n"
    for name, values in (
        ("HTTP_AUTH_ENABLED", ["true", "false", "1", "T"]),
        ("HTTP_LOG_ENABLED", ["false"]),
        ("DATA_QUERY_LOG_ENABLED", ["0"]),
        ("BIND_ADDRESS", [f"{SECOND_ADDRESS}:8088"]),
        ("HTTP_PPROF_ENABLED", ["no"]),
    ):
        if random.random() < (0.06 if values == ["no"] else 0.15):
            case.traps.add("refused" if values == ["no"] else "variable over file")
            case.environment[f"INFLUXDB_{name}"] = random.choice(values)
    return case


def _udp(random: Random) -> str:
    return random.choice(["127.0.0.1", SECOND_ADDRESS, ""]) + f":{random.randrange(9000, 9900)}"


@dataclass
class OneFile:
    """The case's file, where the official image looks for it."""

    text: str

    def open(self, path: str) -> Source | None:
        return Source(path="influxdb.conf", text=self.text) if path == "/etc/influxdb/influxdb.conf" else None

    def glob(self, pattern: str) -> list[str]:
        del pattern
        return []


def our_reading(case: Case) -> InfluxDb:
    """Read the case as a container of InfluxDB 1.6."""
    at = Location("compose.yaml", 1)
    workload = Workload(
        component="series",
        technology="compose",
        at=at,
        name="series",
        origin="compose",
        image=Located(value="influxdb:1.6", at=at),
        environment={name: Variable(name=name, value=value, at=at) for name, value in case.environment.items()},
    )
    (service,) = INFLUXDB.from_workload(workload, OneFile(case.text))
    assert isinstance(service, InfluxDb)
    return service


@contextmanager
def running(environment: dict[str, str], folder: Path) -> Generator[bool, None, None]:
    """Start influxd; yield whether it serves."""
    assert PROGRAM is not None
    output = folder / "output"
    command = [PROGRAM, "-config", str(folder / "influxdb.conf")]
    with output.open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
    try:
        end = time.monotonic() + 60
        started = None
        while started is None and time.monotonic() < end:
            if process.poll() is not None:
                started = False
            elif "Listening for signals" in output.read_text("utf-8", "replace"):
                started = True
            else:
                time.sleep(0.03)
        assert started is not None, "influxd neither started nor stopped"
        yield started
    finally:
        process.kill()
        process.wait()


def compare(case: Case, ours: InfluxDb, folder: Path) -> list[str]:
    """Return what influxd and our reading do not agree on; runs inside the namespace."""
    (folder / "influxdb.conf").write_text(case.text, "utf-8")
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), **case.environment}
    with running(environment, folder) as started:
        if started == bool(ours.refused):
            last = (folder / "output").read_text("utf-8", "replace").strip().splitlines()[-2:]
            return [f"influxd {'started' if started else 'refused'}, we say {ours.refused}; {last}; {case}"]
        return [*_settings(ours, environment, folder), *_clients(ours)] if started else []


def _settings(ours: InfluxDb, environment: dict[str, str], folder: Path) -> Iterator[str]:
    assert PROGRAM is not None
    command = [PROGRAM, "config", "-config", str(folder / "influxdb.conf")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    real = tomllib.loads(done.stdout)
    for name in COMPARED:
        found: Any = real
        for part in name.split("."):
            found = found[part]
        mine = ours.is_on(name) if isinstance(found, bool) else ours.text(name)
        if mine != (found if isinstance(found, bool) else str(found)):
            yield f"{name}: influxd {found!r}, we {mine!r}"
    inputs = {
        (each["bind-address"]) for each in real["udp"] if each["enabled"] and "127.0.0.1" not in each["bind-address"]
    }
    own = {f"{each.host}:{each.port}" for each in ours.inputs}
    if inputs != own:
        yield f"inputs: influxd {inputs}, we {own}"


def _clients(ours: InfluxDb) -> Iterator[str]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    host, port = known(ours.address)
    for address in ("127.0.0.1", SECOND_ADDRESS):
        for tls in (False, True):
            if not known(ours.serves) or host not in {"", address}:
                mine = "no port"
            elif tls != known(ours.has_tls):
                mine = "closed"
            else:
                mine = "401" if known(ours.asks_log_in) else "200"
            real = ask(address, port, context if tls else None)
            if real != mine:
                yield f"{'TLS' if tls else 'plain'} client at {address}: influxd {real}, we {mine}"


def ask(address: str, port: int, context: ssl.SSLContext | None) -> str:
    """Return the status of a query without a log-in, "closed" or "no port"; 400 is an answer in clear text by TLS."""
    try:
        connection = socket.create_connection((address, port), timeout=20)
    except OSError:
        return "no port"
    stream = connection
    try:
        stream = context.wrap_socket(connection) if context else connection
        stream.sendall(b"GET /query?q=SHOW+DATABASES HTTP/1.0\r\nHost: localhost\r\n\r\n")
        words = stream.recv(4096).split()
    except (OSError, ssl.SSLError):
        return "closed"
    finally:
        stream.close()
    # A query with log-in on and no user yet is refused with 403.
    status = words[1].decode() if words[:1] and words[0].startswith(b"HTTP/") else "closed"
    return {"400": "closed", "403": "401"}.get(status, status)


@pytest.fixture(scope="module")
def namespace() -> Iterator[Namespace]:
    try:
        with network_namespace() as found:
            yield found
    except NoNamespaceError as error:
        pytest.skip(f"no network namespace: {error}")


def test_our_reading_agrees_with_influxd(namespace: Namespace, record_property: Callable[[str, object], None]) -> None:
    traps: Counter[str] = Counter()
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(prefix="influx-") as folder:
        certificates = Path(folder, "tls")
        certificates.mkdir()
        make_certificates(certificates)
        for number in range(CASES):
            own = Path(folder, str(number))
            own.mkdir()
            case = make(Random(SEED * 100_003 + number), str(own), str(certificates))
            traps.update(case.traps)
            ours = our_reading(case)
            traps["log-in" if ours.asks_log_in is True else "no log-in"] += 1
            found = namespace.run(partial(compare, case, ours, own))
            wrong += [f"case {number} (seed {SEED}): {text}" for text in found]
            traps["started"] += not ours.refused
    summary = ", ".join(f"{trap} {traps[trap]}" for trap in (*TRAPS, "started"))
    record_property("traps", f"InfluxDB: {CASES} cases, {len(wrong)} disagreements; {summary}")
    assert not wrong, "\n".join(wrong[:40])
    assert CASES < 50 or all(traps[trap] for trap in TRAPS), summary
