"""Our reading of generated configurations agrees with redis-server's, and so do the answers that clients get."""

import os
import shutil
import ssl
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest

from auditor.model.location import Location
from auditor.model.secret import Secret, seal
from auditor.model.source import Source
from auditor.model.unknown import Unknown, known
from auditor.model.workload import Workload
from auditor.technologies.redis import Redis
from auditor.technologies.redis.build import service_of_workload
from auditor.technologies.redis.command import Invocation
from auditor.technologies.redis.images import Image
from auditor.technologies.redis.parameters import PARAMETERS
from tests.oracle.namespace import SECOND_ADDRESS, Namespace, NoNamespaceError, network_namespace
from tests.oracle.redis.cases import Case, Generator
from tests.oracle.redis.server import Client, ReplyError, make_certificates, ping, running, unix

PROGRAM = shutil.which("redis-server")
CASES = int(os.environ.get("AUDITOR_ORACLE_CASES", "30"))
SEED = int(os.environ.get("AUDITOR_ORACLE_SEED", "20242"))
TRAPS = (
    "include", "duplicate", "override by flag", "case", "quoting", "loopback", "second address", "TLS on", "TLS off",
    "aclfile", "refused",
)  # fmt: skip
PORT = 7001

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(PROGRAM is None, reason="redis-server is not installed"),
]


@dataclass
class DiskView:
    """Files as they lie on this machine."""

    folder: str

    def open(self, path: str) -> Source | Unknown | None:
        file = Path(self.folder, path)
        return Source(path=str(file), text=file.read_text("utf-8")) if file.is_file() else None

    def glob(self, pattern: str) -> Sequence[str] | Unknown:
        parent = Path(pattern).parent
        return sorted(str(path) for path in parent.glob("*") if fnmatchcase(str(path), pattern))


def our_reading(case: Case, folder: str) -> Redis:
    """Read the case as a container with Debian's redis-server 7.0, started with the case's arguments."""
    at = Location("compose.yaml", 1)
    workload = Workload(component="redis", technology="compose", at=at, name="redis", origin="compose")
    image = Image("debian", is_known=True, version="7.0")
    arguments = tuple((word, at) for word in case.arguments)
    invocation = Invocation(image, arguments, is_sentinel=False, at=at, through_script=False)
    service = service_of_workload(workload, invocation, DiskView(folder))
    assert isinstance(service, Redis)
    return service


def admin(client: Client, case: Case) -> None:
    """Log in as somebody who may ask for everything."""
    for user, password in [("", ""), *case.logins]:
        try:
            if user:
                client.ask("AUTH", user, password)
            client.ask("CONFIG", "GET", "port")
            client.ask("ACL", "LIST")
            client.ask("COMMAND", "INFO", "get")
        except ReplyError:
            continue
        return
    raise AssertionError("no login of the case opens the server")


def compare(case: Case, ours: Redis, folder: Path, contexts: Mapping[str, ssl.SSLContext]) -> list[str]:
    """Return what the server and our reading do not agree on; runs inside the namespace."""
    assert PROGRAM is not None
    with running(PROGRAM, case.arguments, folder) as started:
        if started != (not ours.refused):
            last = (folder / "output").read_text("utf-8", "replace").strip().splitlines()[-3:]
            return [f"the server {'started' if started else 'refused'}, we say refused={ours.refused}; {last}"]
        if not started:
            return []
        client = unix(folder / "s")
        try:
            admin(client, case)
            wrong = [*_settings(client, ours), *_users(client, ours), *_commands(client, ours)]
        finally:
            client.close()
        return [*wrong, *_connections(ours, contexts)]


def _settings(client: Client, ours: Redis) -> Iterator[str]:
    reply = client.ask("CONFIG", "GET", "*")
    real = dict(zip(reply[::2], reply[1::2], strict=True))
    for name in PARAMETERS:
        mine = ours.settings[name].value
        expected: object = seal(real[name]) if isinstance(mine, Secret) else real[name]
        if mine == "" and PARAMETERS[name].kind.name == "SECRET":
            expected = real[name]
        if mine != expected:
            yield f"{name}: server {real[name]!r}, we {mine!r}"


def _commands(client: Client, ours: Redis) -> Iterator[str]:
    assert not isinstance(ours.renamed, Unknown)
    for name in ("keys", "flushall"):
        (info,) = client.ask("COMMAND", "INFO", name)
        if (info is None) != (name in ours.renamed):
            yield f"command {name}: server {'has it not' if info is None else 'has it'}, we {dict(ours.renamed)}"


def _users(client: Client, ours: Redis) -> Iterator[str]:
    users = ours.users
    assert not isinstance(users, Unknown), users
    names = {line.split()[1] for line in client.ask("ACL", "LIST")}
    if names != set(users):
        yield f"users: server {sorted(names)}, we {sorted(users)}"
        return
    for name, user in users.items():
        reply: list[Any] = client.ask("ACL", "GETUSER", name)
        real = dict(zip(reply[::2], reply[1::2], strict=True))
        flags, commands = real["flags"], real["commands"].split()
        server = (
            "on" in flags,
            "nopass" in flags,
            len(real["passwords"]),
            "~*" in real["keys"].split(),
            "&*" in real["channels"].split(),
            len(real["selectors"]),
        )
        mine = (user.enabled, user.nopass, user.passwords, user.all_keys, user.all_channels, len(user.selectors))
        if server != mine:
            yield f"user {name}: server {server}, we {mine} ({real})"
        if user.all_commands and commands != ["+@all"]:
            yield f"user {name}: we say all commands, server {commands}"
        if user.enabled and not user.selectors and user.all_keys:
            allowed = [_may(client, name, *command) for command in (("CONFIG", "SET", "dir", "/"), ("SHUTDOWN",))]
            if user.administers != any(allowed):
                yield f"user {name}: may administer: server {allowed}, we {user.administers} ({commands})"


def _may(client: Client, user: str, *command: str) -> bool:
    return bool(client.ask("ACL", "DRYRUN", user, *command) == "OK")


def _expected_answer(ours: Redis, address: str, port: int) -> str:
    addresses = ours.addresses
    assert not isinstance(addresses, Unknown)
    if port == 0 or not {address, "*", "0.0.0.0"} & set(addresses):
        return "no port"
    if address == SECOND_ADDRESS and known(ours.is_protected):
        return "DENIED"
    user = ours.default_user
    assert not isinstance(user, Unknown)
    if not user.is_open:
        return "NOAUTH"
    return "PONG" if user.all_commands else "PONG or NOPERM"


def _connections(ours: Redis, contexts: Mapping[str, ssl.SSLContext]) -> Iterator[str]:
    port, tls_port = ours.number("port"), ours.number("tls-port")
    assert isinstance(port, int)
    assert isinstance(tls_port, int)
    for address in ("127.0.0.1", SECOND_ADDRESS):
        real, mine = ping(address, port or PORT), _expected_answer(ours, address, port)
        if real not in mine.split(" or "):
            yield f"plain client at {address}: server {real}, we {mine}"
        for kind, context in contexts.items():
            mine = _expected_answer(ours, address, tls_port)
            refuses = kind == "without certificate" and ours.text("tls-auth-clients") == "yes"
            if mine != "no port" and refuses:
                mine = "closed"
            real = ping(address, tls_port or PORT + 1, context)
            # A client without the certificate may be told so before or after the server says DENIED.
            if real not in mine.split(" or "):
                yield f"TLS client {kind} at {address}: server {real}, we {mine}"


@pytest.fixture(scope="module")
def namespace() -> Iterator[Namespace]:
    try:
        with network_namespace() as found:
            yield found
    except NoNamespaceError as error:
        pytest.skip(f"no network namespace: {error}")


@pytest.fixture(scope="module")
def short_folder() -> Iterator[Path]:
    """A folder with a path short enough for a Unix socket."""
    with tempfile.TemporaryDirectory(prefix="ro-", dir="/tmp") as folder:  # sun_path holds 107 bytes
        yield Path(folder)


def test_our_reading_agrees_with_the_server(
    namespace: Namespace,
    short_folder: Path,
    record_property: Callable[[str, object], None],
) -> None:
    certificates = short_folder / "tls"
    certificates.mkdir()
    make_certificates(certificates)
    contexts = _contexts(certificates)
    traps: Counter[str] = Counter()
    wrong: list[str] = []
    for number in range(CASES):
        folder = short_folder / str(number)
        folder.mkdir()
        case = Generator(Random(SEED * 100_003 + number), str(folder), str(certificates), PORT).make()
        for name, text in case.files.items():
            file = folder / name
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, "utf-8")
        traps.update(case.traps)
        ours = our_reading(case, str(folder))
        found = namespace.run(partial(compare, case, ours, folder, contexts))
        wrong += [f"case {number} (seed {SEED}): {text}" for text in found]
        traps["started"] += not ours.refused
    summary = ", ".join(f"{trap} {traps[trap]}" for trap in (*TRAPS, "started"))
    record_property("traps", f"redis.conf: {CASES} cases, {len(wrong)} disagreements; {summary}")
    assert not wrong, "\n".join(wrong[:40])
    assert all(traps[trap] for trap in TRAPS), summary


def _contexts(certificates: Path) -> dict[str, ssl.SSLContext]:
    contexts: dict[str, ssl.SSLContext] = {}
    for kind in ("with certificate", "without certificate"):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.load_verify_locations(certificates / "ca.crt")
        if kind == "with certificate":
            context.load_cert_chain(certificates / "server.crt", certificates / "server.key")
        contexts[kind] = context
    return contexts
