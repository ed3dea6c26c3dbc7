"""Our reading of generated files agrees with PgBouncer's: does it start, what is in force, who gets in without a password."""

import ipaddress
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

from auditor.model.source import Source
from auditor.model.unknown import known
from auditor.technologies.common.hba import HbaRule, Name, NameKind, Transport
from auditor.technologies.common.versions import Range
from auditor.technologies.pgbouncer import PgBouncer, SecretKind
from auditor.technologies.pgbouncer.build import file_services
from auditor.technologies.pgbouncer.userlist import UserList
from tests.oracle.memcached.test_memcached_oracle import contexts_of
from tests.oracle.namespace import SECOND_ADDRESS, Namespace, NoNamespaceError, network_namespace
from tests.oracle.pgbouncer.cases import PORT, Case, make
from tests.oracle.pgbouncer.server import log_in, running, show
from tests.oracle.redis.server import make_certificates

PROGRAM = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin:/sbin")
CASES = int(os.environ.get("AUDITOR_ORACLE_CASES", "30"))
SEED = int(os.environ.get("AUDITOR_ORACLE_SEED", "20242"))
TRAPS = (
    "duplicate", "section twice", "include", "include with a section", "entry behind the section",
    "capitals", "wrong or odd value", "refused", "forced user kept", "late connection string",
    "broken list of users", "SCRAM secret", "record left out", "address outside its mask", "socket only",
    "second address", "TLS require", "TLS without certificate",
)  # fmt: skip
VERSION = Range((1, 18), (1, 19), (1, 18))
MODES = ("plain", "TLS", "TLS with certificate")

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(PROGRAM is None, reason="pgbouncer is not installed"),
    pytest.mark.skipif(shutil.which("psql") is None, reason="psql is not installed"),
    pytest.mark.skipif(os.geteuid() != 0, reason="only root can start it under another account"),
]


@pytest.fixture(scope="module")
def namespace() -> Iterator[Namespace]:
    try:
        with network_namespace() as found:
            yield found
    except NoNamespaceError as error:
        pytest.skip(f"no network namespace: {error}")


class Folder:
    """The files of a case as the server sees them, started in their folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def open(self, path: str) -> Source | None:
        file = self._folder / path
        return Source(path=str(file), text=file.read_text("utf-8")) if file.is_file() else None

    def glob(self, pattern: str) -> list[str]:
        del pattern
        return []


def our_reading(folder: Path) -> PgBouncer:
    """Read the case as a server of version 1.18 started with its main.ini."""
    source = Source(path="main.ini", text=(folder / "main.ini").read_text("utf-8"))
    server = file_services(source, Folder(folder), VERSION)[0]
    assert isinstance(server, PgBouncer)
    return server


def compare(case: Case, folder: Path, contexts: dict[str, ssl.SSLContext]) -> list[str]:
    """Return what PgBouncer and our reading do not agree on; runs inside the namespace."""
    assert PROGRAM is not None
    ours = our_reading(folder)
    with running(PROGRAM, folder) as started:
        if started == bool(ours.refused):
            last = (folder / "output").read_text("utf-8", "replace").strip().splitlines()[-3:]
            return [f"PgBouncer {'started' if started else 'refused'}, we say {ours.refused}; {last}; {case.files}"]
        if not started:
            return []
        found = [*_settings(ours, folder), *_databases(ours, folder), *_clients(ours, contexts)]
        return [f"{text}; {case.files}" for text in found]


def _settings(ours: PgBouncer, folder: Path) -> Iterator[str]:
    real = {row["key"]: row["value"] for row in show(folder, PORT, "CONFIG")}
    for name, setting in ours.settings.items():
        value = ours.text(name)
        assert isinstance(value, str)
        number = ours.number(name)
        expected = str(number) if number is not None else value
        if name in {"auth_type", "pool_mode", "client_tls_sslmode", "server_tls_sslmode"}:
            expected = expected.lower()
        if real.get(name) != expected:
            yield f"{name}: PgBouncer {real.get(name)!r}, we {expected!r} ({setting.origin})"


def _databases(ours: PgBouncer, folder: Path) -> Iterator[str]:
    real = {row["name"]: (row["host"], row["force_user"]) for row in show(folder, PORT, "DATABASES")}
    real.pop("pgbouncer", None)
    mine = {each.name: (known(each.host), known(each.user)) for each in ours.databases if each.name != "*"}
    if real != mine:
        yield f"databases: PgBouncer {real}, we {mine}"


def _clients(ours: PgBouncer, contexts: dict[str, ssl.SSLContext]) -> Iterator[str]:
    for address in ("127.0.0.1", SECOND_ADDRESS):
        for mode in MODES:
            for user, database in (("admin", "pgbouncer"), ("clinic", "clinic"), ("ghost", "clinic")):
                real = log_in(address, PORT, user, database, contexts.get(mode))
                mine = _expected(ours, address, mode, user, database)
                if real == "waits" != mine:
                    real = log_in(address, PORT, user, database, contexts.get(mode), patience=30)
                if real != mine:
                    yield f"{mode} client {user}@{database} at {address}: PgBouncer {real}, we {mine}"


def _expected(ours: PgBouncer, address: str, mode: str, user: str, database: str) -> str:
    addresses = known(ours.addresses)
    if not (known(ours.listens_everywhere) or address in addresses):
        return "no port"
    tls, is_plain = known(ours.client_tls), mode == "plain"
    if not is_plain and tls == "off":
        return "no TLS"
    needs_certificate = str(ours.text("client_tls_sslmode")).lower().startswith("verify")
    if (is_plain and tls == "required") or (mode == "TLS" and needs_certificate):
        return "refused"
    if mode == "TLS with certificate" and ours.text("client_tls_ca_file") in {"", None}:
        return "refused"  # a certificate that it is shown must be good, also where it asks for none
    method = known(ours.auth_type)
    if method != "any" and database == "pgbouncer" and user not in known(ours.names("admin_users")):
        return "refused"  # with any, everybody gets into the console, if only an administrator's name may command
    if method == "any":
        has_user = any(each.name == "clinic" and each.user for each in ours.databases)
        return "in" if database == "pgbouncer" else ("waits" if has_user else "refused")
    if method == "hba":
        assert ours.hba is not None
        transport = Transport.PLAIN if is_plain else Transport.TLS
        rules = [rule for rule in ours.hba.rules if isinstance(rule, HbaRule)]
        matching = (rule for rule in rules if _matches(rule, transport, address, user, database))
        rule = next(matching, None)
        method = "reject" if rule is None else str(rule.method)
    return _answer(ours, method, user, database)


def _answer(ours: PgBouncer, method: str, user: str, database: str) -> str:
    users = ours.users
    listed = {each.name: each.kind for each in users.users} if isinstance(users, UserList) else {}
    if method == "trust":
        return ("in" if database == "pgbouncer" else "waits") if user in listed else "refused"
    if method == "md5" and listed.get(user) is SecretKind.SCRAM:
        method = "scram-sha-256"
    asked = {"md5": "MD5", "scram-sha-256": "SCRAM", "plain": "the password", "password": "the password"}
    return f"asked for {asked[method]}" if method in asked else "refused"


def _matches(rule: HbaRule, transport: Transport, address: str, user: str, database: str) -> bool:
    def has(names: tuple[Name, ...], name: str, pair: str) -> bool:
        kinds = {NameKind.ALL: True, NameKind.SAME_USER: name == pair}
        return any(kinds.get(each.kind, each.text == name) for each in names)

    number = int(ipaddress.ip_address(address))
    return (
        transport in rule.transports
        and rule.address is not None
        and rule.address.matches(4, number)
        and has(rule.databases, database, user)
        and has(rule.users, user, database)
    )


def test_our_reading_agrees_with_pgbouncer(
    namespace: Namespace, record_property: Callable[[str, object], None]
) -> None:
    traps: Counter[str] = Counter()
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(prefix="pgb-", dir="/tmp") as parent:  # sun_path holds 107 bytes
        Path(parent).chmod(0o755)
        certificates = Path(parent, "tls")
        certificates.mkdir()
        make_certificates(certificates)
        contexts = contexts_of(certificates)
        for number in range(CASES):
            folder = Path(parent, str(number))
            folder.mkdir()
            folder.chmod(0o777)  # its own account makes the socket here
            case = make(Random(SEED * 100_003 + number), str(folder), str(certificates))
            for name, text in case.files.items():
                (folder / name).write_text(text)
            traps.update(case.traps)
            found = namespace.run(partial(compare, case, folder, contexts))
            wrong += [f"case {number} (seed {SEED}): {text}" for text in found]
            traps["started"] += not our_reading(folder).refused
    summary = ", ".join(f"{trap} {traps[trap]}" for trap in (*TRAPS, "started"))
    record_property("traps", f"pgbouncer: {CASES} cases, {len(wrong)} disagreements; {summary}")
    assert not wrong, "\n".join(wrong[:40])
    assert all(traps[trap] for trap in TRAPS), summary
