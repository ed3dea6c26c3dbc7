"""Our reading of generated configurations agrees with where rsyslog's messages arrive, and how."""

import os
import re
import shutil
import socket
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from auditor.model.unknown import known
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.syslog import Action, Rsyslog
from tests.oracle.redis.server import make_certificates
from tests.oracle.rsyslog.cases import Case, make
from tests.oracle.rsyslog.server import HOST, PROBES, Sink, arrived, free_port, is_refused, run

PROGRAM = shutil.which("rsyslogd") or shutil.which("rsyslogd", path="/usr/sbin")
HAS_TLS = any(Path("/usr/lib").glob("*/rsyslog/lmnsd_gtls.so"))
CASES = min(int(os.environ.get("AUDITOR_ORACLE_CASES", "100")) * 2 // 5, 150)
SEED = int(os.environ.get("AUDITOR_ORACLE_SEED", "20249"))
TRAPS = (
    "driver by default", "a driver that is not switched on", "a mode with UDP", "old directives", "old listener",
    "the input has its own mode", "stop", "else", "block", "further action", "later parts of a filter", "ruleset",
    "call", "file mode", "mask", "refused",
)  # fmt: skip

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(PROGRAM is None or not HAS_TLS, reason="rsyslog or rsyslog-gnutls is not installed"),
]


def our_reading(text: str) -> Rsyslog:
    estate = take_estate(MemoryTree({"rsyslog.conf": text}))
    (found,) = (fact for fact in estate.facts if isinstance(fact, Rsyslog))
    return found


def compare(case: Case, folder: Path, certificates: Path, patience: float) -> Iterator[str]:
    folder.mkdir()
    assert PROGRAM is not None
    log_socket, sentinel = folder / "log", folder / "sentinel"
    head = f"""module(load="imuxsock" sysSock.use="off")
input(type="imuxsock" socket="{log_socket}" ratelimit.interval="0")
global(workDirectory="{folder}" defaultNetstreamDriverCAFile="{certificates}/ca.crt"
       defaultNetstreamDriverCertFile="{certificates}/server.crt"
       defaultNetstreamDriverKeyFile="{certificates}/server.key")
local7.debug {sentinel}
& stop"""
    udp = {f"UDP{number}.": Sink.open(tcp=False) for number in range(case.udp)}
    tcp = {f"TCP{number}.": Sink.open(tcp=True) for number in range(case.tcp)}
    files = {f"FILE{number}.": folder / f"file{number}" for number in range(case.files)}
    port = free_port(socket.SOCK_DGRAM if case.inputs == ["imudp"] else socket.SOCK_STREAM)
    names = {**{key: str(sink.port) for key, sink in (udp | tcp).items()}, **{key: str(p) for key, p in files.items()}}
    text = "\n".join([head, *case.rulesets, *case.lines]) + "\n"
    text = re.sub(r"(?:UDP|TCP|FILE)\d+\.", lambda match: names[match[0]], text).replace("IN0", str(port))
    path = folder / "rsyslog.conf"
    path.write_text(text)
    ours = our_reading(text)
    if is_refused(PROGRAM, path) != bool(ours.refused):
        yield f"refused: rsyslog {is_refused(PROGRAM, path)}, we {ours.refused}"
        return
    if ours.refused:
        return
    listener = (case.inputs[0], port) if case.inputs else None
    if not run(PROGRAM, path, log_socket, listener, sentinel, patience=patience):
        yield "rsyslog does not start"
        return
    for sink in (udp | tcp).values():
        sink.close()
    yield from _outputs(ours, {str(path) for path in files.values()}, {**udp, **tcp})
    if listener is not None:
        seen = "sent-in-clear" in "".join(path.read_text(errors="replace") for path in folder.glob("file*"))
        seen |= any(b"sent-in-clear" in sink.data for sink in (udp | tcp).values())
        (found,) = ours.listeners
        takes = any(_goes(ours, action, "user", "info") for action in ours.actions if not _is_tls(action))
        if takes and seen != (found.works and not known(found.has_tls)):
            yield f"listener: a line in clear {'arrives' if seen else 'does not arrive'}, we say TLS {found.has_tls}"


def _is_tls(action: Action) -> bool:
    return action.kind == "omfwd" and known(action.has_tls)


def _goes(ours: Rsyslog, action: Action, facility: str, severity: str) -> bool:
    return action.works and any(
        one is action and known(answer) for one, answer in ours.program.reached(facility, severity)
    )


def _outputs(ours: Rsyslog, files: set[str], sinks: dict[str, Sink]) -> Iterator[str]:
    mine: dict[str, set[tuple[str, str]]] = {name: set() for name in [*files, *(str(s.port) for s in sinks.values())]}
    secured: dict[str, bool] = {}
    modes: dict[str, int] = {}
    by_place = {at: known(mode) for mode, at in ours.file_modes}
    for probe in PROBES:
        for action, answer in ours.program.reached(*probe):
            name = str(action.text("file" if action.kind == "omfile" else "port"))
            if name in mine and known(answer) and action.works:
                mine[name].add(probe)
                secured[name] = _is_tls(action)
                if "filecreatemode" in action.parameters:
                    modes[name] = by_place[action.place("filecreatemode")]
    for name in files:
        path = Path(name)
        real = arrived(path.read_text()) if path.exists() else set[tuple[str, str]]()
        if real != mine[name]:
            yield f"{path.name}: rsyslog {sorted(real ^ mine[name])} differ"
        if real and name in modes and path.stat().st_mode & 0o777 != modes[name]:
            yield f"{path.name}: mode {path.stat().st_mode & 0o777:o}, we {modes[name]:o}"
    for sink in sinks.values():
        name = str(sink.port)
        if sink.speaks_tls != (bool(mine[name]) and secured[name]):
            yield f"{HOST}:{name}: TLS {sink.speaks_tls}, we {secured.get(name)}"
        elif not sink.speaks_tls and (real := arrived(sink.data.decode(errors="replace"))) != mine[name]:
            yield f"port {name}: {sorted(real ^ mine[name])} differ"


def test_our_reading_agrees_with_rsyslog(record_property: Callable[[str, object], None]) -> None:
    traps: Counter[str] = Counter()
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(prefix="syslog-", dir="/tmp") as name:
        certificates = Path(name, "tls")
        certificates.mkdir()
        make_certificates(certificates)
        for number in range(CASES):
            case = make(Random(SEED * 100_003 + number))
            traps.update(case.traps)
            found = list(compare(case, Path(name, str(number)), certificates, 0.3))
            if found:  # nothing tells when all is sent: what differs must still do so with more time
                found = list(compare(case, Path(name, f"{number}-again"), certificates, 5.0))
            wrong += [f"case {number} (seed {SEED}): {text}; {case.rulesets + case.lines}" for text in found]
    summary = ", ".join(f"{trap} {traps[trap]}" for trap in TRAPS)
    record_property("traps", f"rsyslog: {CASES} cases, {len(wrong)} disagreements; {summary}")
    assert not wrong, "\n".join(wrong[:20])
    assert all(traps[trap] for trap in TRAPS), summary
