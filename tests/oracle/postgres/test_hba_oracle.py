"""Our reading of generated pg_hba.conf files agrees with the server's, and so does the record that decides."""

import ipaddress
import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.common.hba.address import AddressKind, parse_ip
from auditor.technologies.postgres import Gap, HbaRule, Name, NameKind, PgHba, Transport
from tests.oracle.namespace import SECOND_ADDRESS, Namespace, NoNamespaceError, network_namespace
from tests.oracle.postgres.hba_cases import HbaCase, make_case
from tests.oracle.postgres.server import BINARIES, PORT, Attempt, Cluster, first_answer

CASES = int(os.environ.get("AUDITOR_ORACLE_CASES", "30"))
SEED = int(os.environ.get("AUDITOR_ORACLE_SEED", "20240"))
TRAPS = (
    "TLS on", "TLS off", "loopback", "second address", "quoting", "case", "mask", "IPv6", "@file", "list",
    "role members", "replication", "samehost or samenet", "regex before 16", "continuation", "comment", "options",
    "shadowed rule", "refused",
)  # fmt: skip
FOLDER = "etc/postgresql/15/main"
NAMES = {"databases": "clinic, staff\n# no\nalice\n", "users": "alice\nbob # nobody else\n"}
CONF = f"listen_addresses = '*'\nport = {PORT}\nfsync = off\nssl = {{}}\n"

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(not (BINARIES / "postgres").is_file(), reason="PostgreSQL 15 is not installed"),
]


@pytest.fixture(scope="module")
def namespace() -> Iterator[Namespace]:
    try:
        with network_namespace() as made:
            yield made
    except NoNamespaceError as error:
        pytest.skip(f"no network namespace: {error}")


@pytest.fixture(scope="module")
def cluster(namespace: Namespace) -> Iterator[Cluster]:
    with tempfile.TemporaryDirectory(prefix="pg", dir="/tmp") as folder:
        made = Cluster(Path(folder), namespace)
        made.write({"postgresql.conf": CONF.format("on"), **NAMES})
        assert made.start(), made.log
        try:
            with made.connect() as admin:
                for statement in (
                    "CREATE ROLE staff", "CREATE ROLE alice LOGIN PASSWORD 'example-1' IN ROLE staff",
                    "SET password_encryption = md5", "CREATE ROLE bob LOGIN PASSWORD 'example-2'",
                    "RESET password_encryption", "CREATE ROLE repl LOGIN REPLICATION PASSWORD 'example-3'",
                    "CREATE DATABASE clinic", "CREATE DATABASE alice", "CREATE DATABASE staff", 'CREATE DATABASE "all"',
                ):  # fmt: skip
                    admin.execute(statement.encode())
            yield made
        finally:
            made.stop()


def read(case: HbaCase) -> PgHba:
    files = {f"{FOLDER}/pg_hba.conf": case.text, f"{FOLDER}/postgresql.conf": CONF.format("on" if case.ssl else "off")}
    estate = take_estate(MemoryTree(files | {f"{FOLDER}/{name}": text for name, text in NAMES.items()}))
    (hba,) = [fact for fact in estate.facts if isinstance(fact, PgHba)]
    return hba


def described(rule: HbaRule) -> tuple[object, ...]:
    """Put a rule as the view pg_hba_file_rules shows it."""
    address: object = None
    if rule.address is not None:
        address = rule.address.text
        if rule.address.kind is AddressKind.MASK:
            make = ipaddress.IPv4Address if rule.address.version == 4 else ipaddress.IPv6Address
            address = (str(make(rule.address.base)), str(make(rule.address.mask)))
    return rule.at.line, rule.type, [*map(str, rule.databases)], [*map(str, rule.users)], address, rule.method


def shown(row: tuple[object, ...]) -> tuple[object, ...]:
    line, kind, databases, users, address, mask, method = row
    if mask is not None:
        address = (str(ipaddress.ip_address(str(address))), str(ipaddress.ip_address(str(mask))))
    return line, kind, databases, users, address, method


def matches(rule: HbaRule, attempt: Attempt) -> bool:
    """Say whether a client meets a rule, written for the roles and addresses of this test."""
    transport = Transport.TLS if attempt.tls else Transport.PLAIN if attempt.address else Transport.LOCAL
    return (
        transport in rule.transports
        and any(database_matches(name, attempt) for name in rule.databases)
        and any(user_matches(name, attempt.user) for name in rule.users)
        and (rule.address is None or address_matches(rule, attempt.address))
    )


def database_matches(name: Name, attempt: Attempt) -> bool:
    if attempt.replication:
        return name.kind is NameKind.REPLICATION
    same = {
        NameKind.ALL: True,
        NameKind.REPLICATION: False,
        NameKind.SAME_USER: attempt.database == attempt.user,
        NameKind.SAME_ROLE: attempt.database in roles_of(attempt.user),
    }
    return same.get(name.kind, name.text == attempt.database)


def roles_of(user: str) -> set[str]:
    return {user, "staff"} if user == "alice" else {user}


def user_matches(name: Name, user: str) -> bool:
    if name.kind is NameKind.MEMBERS:
        return name.text in roles_of(user)
    return name.kind is NameKind.ALL or name.text == user


def address_matches(rule: HbaRule, client: str) -> bool:
    assert rule.address is not None
    if rule.address.kind is AddressKind.SAME_HOST:
        return client in {"127.0.0.1", "::1", SECOND_ADDRESS}
    if rule.address.kind is AddressKind.SAME_NET:
        return True
    parsed = parse_ip(client)
    assert parsed is not None
    return rule.address.matches(*parsed)


def expected_answer(rule: HbaRule | None, user: str) -> set[str]:
    if rule is None:
        return {"no entry"}
    asked = {"password": "clear password", "pam": "clear password", "ldap": "clear password", "scram-sha-256": "scram"}
    method = str(rule.method)
    if method == "trust":
        return {"ok"}
    if method == "md5":
        return {"md5" if user == "bob" else "scram"}
    if "clientcert" in rule.options:
        return {"cert"}
    return {asked.get(method, method)}


def test_records_and_decisions_agree_with_the_server(
    cluster: Cluster, namespace: Namespace, record_property: Callable[[str, object], None]
) -> None:
    random = Random(SEED)
    traps: Counter[str] = Counter()
    disagreements: list[str] = []
    with cluster.connect() as admin:
        for number in range(CASES):
            case = make_case(random)
            cluster.write({"pg_hba.conf": case.text, "postgresql.conf": CONF.format("on" if case.ssl else "off")})
            ours = read(case)
            rows = admin.execute(
                "SELECT line_number, type, database, user_name, address, netmask, auth_method, error FROM pg_hba_file_rules"
            ).fetchall()
            # Some refusals have no text in the view, which then shows a line without a type.
            errors = [row for row in rows if row[1] is None or (row[7] and "SSL is disabled" not in str(row[7]))]
            cluster.reload()
            assert cluster.refused_reload() == bool(errors or not rows), "the view tells what the server does"
            if not same_places(errors, ours):
                disagreements.append(f"case {number}: server {errors}, ours {ours.refused}\n{case.text}")
                continue
            theirs = [shown(row[:7]) for row in rows if row not in errors]
            mine = [described(rule) for rule in ours.rules if not isinstance(rule, Gap)]
            if theirs != mine:
                disagreements.append(f"case {number}: server {theirs}, ours {mine}\n{case.text}")
            if any(item.is_dead for item in ours.reached):
                case.traps.add("shadowed rule")
            traps.update(case.traps)
            if errors or not rows:
                continue
            disagreements += [
                f"case {number}: {text}\n{case.text}" for text in wrong_decisions(ours, case, cluster, namespace)
            ]
    counts = ", ".join(f"{trap} {traps[trap]}" for trap in TRAPS)
    record_property("traps", f"pg_hba.conf: {CASES} cases, {len(disagreements)} disagreements; {counts}")
    assert not disagreements, "\n".join(disagreements[:5]) + f"\n{len(disagreements)} in all"
    assert CASES < 200 or all(traps[trap] for trap in TRAPS), "every trap is hit"


def same_places(errors: list[tuple[object, ...]], hba: PgHba) -> bool:
    """Say whether both refuse the same records; the view counts from a record's first line, we name the word's."""
    theirs = sorted(int(str(row[0])) for row in errors)
    ours = sorted(problem.at.line for problem in hba.refused)
    return len(theirs) == len(ours) and all(mine - line in {0, 1} for line, mine in zip(theirs, ours, strict=True))


def wrong_decisions(hba: PgHba, case: HbaCase, cluster: Cluster, namespace: Namespace) -> Iterator[str]:
    rules = [item.rule for item in hba.reached]
    for attempt in case.attempts:

        def ask(attempt: Attempt = attempt) -> str:
            return first_answer(cluster.folder, attempt)

        answer = namespace.run(ask)
        rule = next((rule for rule in rules if matches(rule, attempt)), None)
        if answer not in expected_answer(rule, attempt.user):
            yield f"{attempt}: the server says {answer}, we take {rule}"
        if rule is not None:
            transport = Transport.TLS if attempt.tls else Transport.PLAIN if attempt.address else Transport.LOCAL
            (item,) = [item for item in hba.reached if item.rule is rule]
            if transport not in item.live:
                yield f"{attempt}: the server comes to {rule}, which we call unreachable"
