"""What clients of a real Tomcat get is what the checks say, over generated configurations."""

import os
import shutil
import ssl
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from random import Random

import pytest

from auditor.engine import run
from auditor.model.check import Check
from auditor.packs import load_packs
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from tests.oracle.apache.server import Answer, ask, client_context
from tests.oracle.namespace import SECOND_ADDRESS, Namespace, NoNamespaceError, network_namespace
from tests.oracle.tomcat.cases import PORTS, Case, make

HOME = Path("/usr/share/tomcat10")
CONF = Path("/etc/tomcat10")
JAVA = shutil.which("java")
KEYTOOL = shutil.which("keytool")
APPLICATIONS = 5
CASES = max(8, int(os.environ.get("AUDITOR_ORACLE_CASES", "30")) * 40 // 150)
SEED = int(os.environ.get("AUDITOR_ORACLE_SEED", "20247"))
TRAPS = ("TLS", "wrong case", "only called secure", "comment", "loopback", "readonly", "listings", "methods", "all methods",
         "uncovered methods denied", "applications")  # fmt: skip

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(
        JAVA is None or KEYTOOL is None or not (HOME / "bin/bootstrap.jar").exists(), reason="tomcat10 is not installed"
    ),
]


def findings(checks: Mapping[str, Check], check_id: str, files: dict[str, str]) -> list[str]:
    """Return the messages with which a check fails over the files."""
    outcomes = run([checks[check_id]], take_estate(MemoryTree(files)).facts)
    assert not any(outcome.error or outcome.undecided for outcome in outcomes)
    return [failure.message for outcome in outcomes for failure in outcome.failures]


def write(case: Case, base: Path) -> None:
    """Write a CATALINA_BASE."""
    (base / "conf").mkdir(parents=True)
    for name in ("web.xml", "catalina.properties", "logging.properties", "tomcat-users.xml"):
        (base / "conf" / name).write_text((CONF / name).read_text("utf-8"), "utf-8")
    (base / "conf/server.xml").write_text(case.server)
    for name in ("logs", "temp", "work"):
        (base / name).mkdir()
    for name, text in case.webs.items():
        for folder in ("WEB-INF", "closed", "open"):
            (base / "webapps" / name / folder).mkdir(parents=True)
        (base / "webapps" / name / "closed/f.txt").write_text("sample")
        (base / "webapps" / name / "WEB-INF/web.xml").write_text(text)


def compare(case: Case, base: Path, checks: Mapping[str, Check]) -> list[str]:
    """Return what the server and the checks do not agree on; runs inside the namespace."""
    assert JAVA is not None
    path = f"{HOME}/bin/bootstrap.jar:{HOME}/bin/tomcat-juli.jar"
    arguments = [JAVA, "-Xmx256m", "-cp", path, f"-Dcatalina.home={HOME}", f"-Dcatalina.base={base}"]
    arguments += [f"-Djava.io.tmpdir={base}/temp", "org.apache.catalina.startup.Bootstrap", "start"]
    with (base / "output").open("wb") as output:
        process = subprocess.Popen(arguments, stdout=output, stderr=output)
    try:
        _wait(process, base / "output")
        return [*_connectors(case, checks), *_applications(case, checks)]
    finally:
        process.kill()
        process.wait()


def _wait(process: "subprocess.Popen[bytes]", output: Path) -> None:
    end = time.monotonic() + 60
    while "Server startup in" not in output.read_text("utf-8", "replace"):
        assert process.poll() is None, output.read_text("utf-8", "replace")[-500:]
        assert time.monotonic() < end, "the server did not start"
        time.sleep(0.05)


def _request(port: int, path: str, method: str = "GET", source: str = "127.0.0.1") -> Answer:
    """Ask in clear text, then by TLS; a TLS port answers clear text with 400."""
    plain = ask(port, path, method=method, source=source, host="localhost")
    if plain.status not in {0, 400}:
        return plain
    return ask(
        port, path, method=method, source=source, host="localhost", context=client_context(ssl.TLSVersion.TLSv1_2)
    )


def _connectors(case: Case, checks: Mapping[str, Check]) -> Iterator[str]:
    files = {"server.xml": case.server}
    clear, trace = findings(checks, "tomcat-no-tls", files), findings(checks, "tomcat-trace", files)
    for port in PORTS:
        answer = ask(port, "/a0/open/", source=SECOND_ADDRESS, host="localhost")
        served = answer.status not in {0, 400}
        if served != any(f"port {port} " in message for message in clear):
            yield f"port {port}: clear text from another address: server {answer.status}, we {clear}"
        traced = _request(port, "/a0/open/", "TRACE").status == 200
        if traced != any(f"port {port} " in message for message in trace):
            yield f"port {port}: TRACE: server {traced}, we {trace}"


def _applications(case: Case, checks: Mapping[str, Check]) -> Iterator[str]:
    port = PORTS[0]
    for name, text in case.webs.items():
        files = {"WEB-INF/web.xml": text}
        mine = {each: bool(findings(checks, each, files)) for each in _REAL}
        for check_id, real in _REAL.items():
            if mine[check_id] != real(port, name):
                yield f"{name} {check_id}: server {not mine[check_id]}, we {mine[check_id]}: {text}"


def _lists(port: int, name: str) -> bool:
    return _request(port, f"/{name}/open/").status == 200


def _writes(port: int, name: str) -> bool:
    return _request(port, f"/{name}/open/new.txt", "PUT").status in {201, 204}


def _leaks(port: int, name: str) -> bool:
    asked = _request(port, f"/{name}/closed/f.txt").status in {401, 403}
    return asked and any(
        _request(port, f"/{name}/closed/f.txt", method).status not in {401, 403}
        for method in ("HEAD", "POST", "OPTIONS")
    )


_REAL: dict[str, Callable[[int, str], bool]] = {
    "tomcat-put-enabled": _writes,
    "tomcat-directory-listing": _lists,
    "tomcat-method-constraint": _leaks,
}


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
    assert KEYTOOL is not None
    checks = {check.id: check for check in load_packs(folders={"tomcat"}).checks}
    traps: Counter[str] = Counter()
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(prefix="to-") as folder:
        keystore = f"{folder}/server.p12"
        words = ["-genkeypair", "-alias", "a", "-keyalg", "RSA", "-dname", "CN=localhost", "-validity", "2"]
        words += ["-keystore", keystore, "-storepass", "sample-only", "-storetype", "PKCS12"]
        subprocess.run([KEYTOOL, *words], check=True, capture_output=True)
        starts = -(-CASES // APPLICATIONS)
        for number in range(starts):
            names = [f"a{index}" for index in range(APPLICATIONS)]
            case = make(Random(SEED * 100_003 + number), names, keystore)
            base = Path(folder, str(number))
            write(case, base)
            traps.update(case.traps)
            traps["applications"] += len(names)
            wrong += [
                f"start {number} (seed {SEED}): {text}" for text in namespace.run(partial(compare, case, base, checks))
            ]
    summary = ", ".join(f"{trap} {traps[trap]}" for trap in TRAPS)
    record_property("traps", f"tomcat: {starts * APPLICATIONS} applications, {len(wrong)} disagreements; {summary}")
    assert not wrong, "\n".join(wrong[:20])
