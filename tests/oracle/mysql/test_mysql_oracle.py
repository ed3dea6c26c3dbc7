"""Our reading of generated options agrees with mariadbd's, and so do the answers that clients get."""

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from random import Random

import pytest

from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import Unknown, known
from auditor.model.workload import Workload
from auditor.technologies.mysql import Mysql
from auditor.technologies.mysql.build import service_of_workload
from auditor.technologies.mysql.command import Invocation
from auditor.technologies.mysql.images import Image
from auditor.technologies.mysql.variables import VARIABLES
from tests.oracle.mysql.cases import Case, Generator
from tests.oracle.mysql.server import (
    log_in,
    make_certificates,
    make_template,
    offers_tls,
    plugins_of,
    running,
    values_of,
    variables_of,
)
from tests.oracle.namespace import SECOND_ADDRESS, Namespace, NoNamespaceError, network_namespace

PROGRAM = shutil.which("mariadbd")
CASES = int(os.environ.get("AUDITOR_ORACLE_CASES", "30"))
SEED = int(os.environ.get("AUDITOR_ORACLE_SEED", "20242"))
START_EVERY = 3
"""One in this many cases starts the server; the others ask it for the values by --help."""
TRAPS = (
    "include", "broken include", "duplicate", "group", "override by flag", "prefix", "abbreviation", "case", "quoting",
    "comment", "loopback", "second address", "TLS on", "TLS off", "skip-grant-tables", "plugin", "refused",
)  # fmt: skip
PORT = 7306
NOT_COMPARED = frozenset({"user", "datadir", "port", "mysqlx", "plugin_load"})
"""Set by the test itself, or no system variable."""
NO_VARIABLE = frozenset({"skip_grant_tables", "ssl", "allow_suspicious_udfs", "symbolic_links", "bind_address"})
"""Options that `SHOW VARIABLES` does not have under this name or with this value."""

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(PROGRAM is None, reason="mariadbd is not installed"),
]


class DiskView:
    """Files as they lie on this machine."""

    def open(self, path: str) -> Source | Unknown | None:
        file = Path(path)
        return Source(path=str(file), text=file.read_bytes().decode()) if file.is_file() else None

    def glob(self, pattern: str) -> Sequence[str] | Unknown:
        parent = Path(pattern).parent
        if not parent.is_dir():
            return Unknown(f"{parent} is not there")
        return sorted(str(path) for path in parent.iterdir())


def our_reading(case: Case) -> Mysql:
    """Read the case as a container with MariaDB 10.11, started with the case's arguments."""
    at = Location("compose.yaml", 1)
    workload = Workload(component="db", technology="compose", at=at, name="db", origin="compose")
    image = Image(family="official", product="mariadb", is_server=True, version="10.11")
    arguments = tuple((word, at) for word in case.arguments)
    return service_of_workload(workload, Invocation(image, arguments, at, through_script=False), DiskView())


def expects_start(ours: Mysql) -> bool:
    """Tell whether we say that it starts: nothing is refused, and no folder that it must read is missing."""
    folder = ours.text("encrypt_binlog")
    no_folder = isinstance(folder, Unknown) and "is not there" in folder.reason
    return not ours.refused and not ours.orphan_options and not no_folder


def compare_values(case: Case, ours: Mysql, folder: Path) -> list[str]:
    """Return what --help --verbose and our reading do not agree on."""
    assert PROGRAM is not None
    real = values_of(PROGRAM, case.arguments, folder)
    if isinstance(real, str) == expects_start(ours):
        said = real if isinstance(real, str) else "it starts"
        return [f"{said}; we say refused={ours.refused} {ours.orphan_options}"]
    if isinstance(real, str):
        return []
    wrong: list[str] = []
    for name in VARIABLES:
        if name in NOT_COMPARED or name not in real or not ours.has(name):
            continue
        mine = ours.settings[name].value
        server = {"TRUE": "ON", "FALSE": "OFF", "(No default value)": ""}.get(real[name], real[name])
        if name == "bind_address":
            server = server or "*"
        if name == "log_bin":
            server = "OFF" if real[name] in {"(No default value)", "0"} and mine == "OFF" else "ON"
        if mine != (server.rstrip("/") if name == "secure_file_priv" else server):
            wrong.append(f"{name}: server {server!r}, we {mine!r}")
    return wrong


def compare_running(case: Case, ours: Mysql, folder: Path, template: Path) -> list[str]:
    """Return what a running server and our reading do not agree on; runs inside the namespace."""
    assert PROGRAM is not None
    with running(PROGRAM, case.arguments, folder, template) as started:
        if started != expects_start(ours):
            last = (folder / "output").read_text("utf-8", "replace").strip().splitlines()
            errors = [line for line in last if "ERROR" in line][:3]
            state = "started" if started else "refused"
            return [f"the server {state}, we say refused={ours.refused} {ours.orphan_options}; {errors}"]
        if not started:
            return []
        names = [name for name in VARIABLES if ours.has(name) and name not in NOT_COMPARED | NO_VARIABLE]
        real = variables_of(folder, names)
        wrong = [
            f"{name}: server {real[name]!r}, we {ours.settings[name].value!r}"
            for name in real
            if ours.settings[name].value != real[name].rstrip("/" if name == "secure_file_priv" else "")
        ]
        if isinstance(ours.plugins, Unknown) or plugins_of(folder) != set(ours.plugins):
            wrong.append(f"plugins: server {plugins_of(folder)}, we {ours.plugins}")
        return [*wrong, *_connections(ours)]


def _connections(ours: Mysql) -> Iterator[str]:
    addresses = known(ours.addresses)
    for address in ("127.0.0.1", SECOND_ADDRESS):
        listens = any(each in {"*", address} or (each == "localhost" and address == "127.0.0.1") for each in addresses)
        right, wrong = _expected(ours)
        for tls in (False, True) if known(ours.has_tls) else (False,):
            for password, answer in (("probe-sample-password", right[tls]), ("guess", wrong[tls])):
                mine = answer if listens else "no port"
                real = log_in(address, PORT, user="probe", password=password, tls=tls)
                if real != mine:
                    yield f"client at {address}, TLS {tls}, {'right' if password != 'guess' else 'wrong'}: server {real}, we {mine}"
        if listens and offers_tls(address, PORT) != known(ours.has_tls):
            yield f"TLS at {address}: server offers it: {offers_tls(address, PORT)}, we {ours.has_tls}"


def _expected(ours: Mysql) -> tuple[dict[bool, str], dict[bool, str]]:
    """Return the answers for the right and for a wrong password, by whether the client uses TLS."""
    open_to_all = known(ours.is_open_to_all)
    plain = "denied" if known(ours.refuses_clear_text) else "in"
    right = {False: plain, True: "in"}
    if open_to_all:
        return right, right
    return right, {tls: "denied" if answer == "in" else answer for tls, answer in right.items()}


@pytest.fixture(scope="module")
def namespace() -> Iterator[Namespace]:
    try:
        with network_namespace() as found:
            yield found
    except NoNamespaceError as error:
        pytest.skip(f"no network namespace: {error}")


@pytest.fixture(scope="module")
def short_folder() -> Iterator[Path]:
    """A folder with a path short enough for a Unix socket, in memory where there is such a place."""
    base = "/dev/shm" if Path("/dev/shm").is_dir() else "/tmp"  # the folder below it is our own
    with tempfile.TemporaryDirectory(prefix="mo-", dir=base) as folder:
        yield Path(folder)


def write(case: Case, folder: Path) -> None:
    """Put the files of a case where it says."""
    for name, text in case.files.items():
        file = folder / name
        file.parent.mkdir(exist_ok=True, parents=True)
        file.write_bytes(text.encode())
        file.chmod(0o644)


def test_our_reading_agrees_with_the_server(
    namespace: Namespace,
    short_folder: Path,
    record_property: Callable[[str, object], None],
) -> None:
    certificates, template = short_folder / "tls", short_folder / "template"
    certificates.mkdir()
    make_certificates(certificates)
    make_template(template)
    traps: Counter[str] = Counter()
    wrong: list[str] = []
    for number in range(CASES):
        folder = short_folder / str(number)
        folder.mkdir()
        starts = number % START_EVERY == 0
        generator = Generator(Random(SEED * 100_003 + number), str(folder), str(certificates), PORT)
        case = generator.make(starts=starts)
        write(case, folder)
        traps.update(case.traps)
        ours = our_reading(case)
        if starts:
            found = namespace.run(partial(compare_running, case, ours, folder, template))
        else:
            found = compare_values(case, ours, folder)
        wrong += [f"case {number} (seed {SEED}): {text}" for text in found]
        traps["started"] += starts and expects_start(ours)
    summary = ", ".join(f"{trap} {traps[trap]}" for trap in (*TRAPS, "started"))
    record_property("traps", f"my.cnf: {CASES} cases, {len(wrong)} disagreements; {summary}")
    assert not wrong, "\n".join(wrong[:40])
    assert all(traps[trap] for trap in TRAPS), summary
