"""What clients of a real Apache get is what we say, over generated configurations."""

import os
import shutil
import ssl
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path
from random import Random

import pytest

from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.technologies.apache import APACHE, Apache, Client, Page, Site
from tests.oracle.apache.cases import LOGIN, PLAIN, TLS, Case, Generator
from tests.oracle.apache.server import Answer, ask, client_context, refuses, running
from tests.oracle.namespace import SECOND_ADDRESS, Namespace, NoNamespaceError, network_namespace

PROGRAM = shutil.which("apache2") or shutil.which("apache2", path="/usr/sbin")
CASES = int(os.environ.get("AUDITOR_ORACLE_CASES", "30"))
SEED = int(os.environ.get("AUDITOR_ORACLE_SEED", "20246"))
TRAPS = (
    "Directory", "Location", "virtual hosts", "groups", "methods", "old access rules", "options", "headers", "TLS versions",
    "include", "condition", "variable", ".htaccess", "case", "continuation", "refused", "started", "requests",
)  # fmt: skip
PATHS = ("/f.txt", "/a/f.txt", "/a/b/g.txt", "/c/f.txt", "/alias/f.txt", "/a/", "/c/")
VERSIONS = {
    "TLS 1.0": ssl.TLSVersion.TLSv1,
    "TLS 1.1": ssl.TLSVersion.TLSv1_1,
    "TLS 1.2": ssl.TLSVersion.TLSv1_2,
    "TLS 1.3": ssl.TLSVersion.TLSv1_3,
}

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(PROGRAM is None, reason="apache2 is not installed"),
    pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning"),
]


@dataclass
class DiskView:
    """Files as they lie on this machine."""

    folder: str

    def open(self, path: str) -> Source | Unknown | None:
        file = Path(self.folder, path)
        return Source(path=str(file), text=file.read_text("utf-8")) if file.is_file() else None

    def glob(self, pattern: str) -> Sequence[str] | Unknown:
        parent = Path(self.folder, pattern).parent
        whole = str(Path(self.folder, pattern))
        return sorted(str(path) for path in parent.glob("*") if fnmatchcase(str(path), whole))


def our_reading(folder: str) -> Apache:
    path = f"{folder}/httpd.conf"
    source = Source(path=path, text=Path(path).read_text("utf-8"))
    (service,) = APACHE.from_files([APACHE.parse(source)], {path: DiskView(folder)})
    assert isinstance(service, Apache)
    return service


def site_for(ours: Apache, address: str, port: int, name: str) -> Site | None:
    """Return the site that answers, as the server chooses: the best address first, then the name."""
    best: list[Site] = []
    rank = -1
    for site in ours.sites:
        for each in site.host.endpoints:
            if each.port != port:
                continue
            exact = each.address == address
            if each.address not in {"*", address}:
                continue
            level = 2 if exact else 1 if site.host.own is not None else 0
            if level > rank:
                best, rank = [], level
            if level == rank:
                best.append(site)
    named = [site for site in best if site.host.name == name]
    return next(iter(named or best), None)


def expected(page: Page, client: Client, path: str) -> int | Unknown:
    status = page.access.status(client)
    if status == 200 and path.endswith("/") and page.options.has("indexes") is not True:
        return 403
    return status


def compare(ours: Apache, contexts: dict[str, ssl.SSLContext], counts: Counter[str]) -> Iterator[str]:
    """Yield what the server and our reading do not agree on; runs inside the namespace."""
    for port in (PLAIN, TLS):
        for name in ("one.example", "two.example"):
            for address in ("127.0.0.1", SECOND_ADDRESS):
                site = site_for(ours, address, port, name)
                assert site is not None
                first = site_for(ours, address, port, "")
                yield from _site(site, first or site, (address, port, name), contexts, counts)


def _site(
    site: Site, default: Site, where: tuple[str, int, str], contexts: dict[str, ssl.SSLContext], counts: Counter[str]
) -> Iterator[str]:
    address, port, name = where
    context: ssl.SSLContext | None = None
    if site.tls != default.tls:
        return  # which of them answers is decided before the name is known
    for version, each in contexts.items():
        answer = ask(port, "/", host=name, source=address, context=each)
        versions = site.tls_versions
        assert not isinstance(versions, Unknown)
        if (answer.status != 0) != (site.tls is True and version in versions):
            yield f"{where} {version}: server {answer.status}, we tls={site.tls} {site.tls_versions}"
        context = each if answer.status else context
    if site.tls is True and context is None:
        return
    for path in PATHS:
        page = site.page(path)
        if not Path(str(page.file)).exists():
            continue  # then sections are chosen by the part of the path that is there
        for login in (None, LOGIN):
            for method in ("GET", "POST", "OPTIONS"):
                if method != "GET" and (login is not None or path.endswith("/")):
                    continue
                counts["requests"] += 1
                answer = ask(port, path, method=method, host=name, source=address, login=login, context=context)
                user = None if login is None else login[0]
                mine = expected(page, Client(address, user, method, tls=site.tls is True, is_local=True), path)
                real = answer.status if answer.status in {0, 401, 403, 500} else 200
                if isinstance(mine, Unknown) or real != mine:
                    yield f"{where} {method} {path} {user}: server {answer.status}, we {mine} ({page.file})"
                if method == "GET" and answer.status == 200:
                    yield from _headers(page, answer, where)
    trace = ask(port, "/f.txt", method="TRACE", host=name, source=address, context=context)
    enabled = site.word("traceenable", "on")
    blocked = trace.status in {401, 403, 500}
    if not blocked and (trace.status == 200) != (enabled != "off"):
        yield f"{where} TRACE: server {trace.status}, we {enabled}"


def _headers(page: Page, answer: Answer, where: tuple[str, int, str]) -> Iterator[str]:
    for name in ("X-One", "X-Two"):
        mine = page.headers(name)
        assert not isinstance(mine, Unknown)
        written = sorted(part for each in mine for part in str(each.value).split(", "))
        real = sorted(part for value in answer.values(name) for part in value.split(", "))
        if written != real:
            yield f"{where} {page.url} {name}: server {real}, we {written}"


@pytest.fixture(scope="module")
def namespace() -> Iterator[Namespace]:
    try:
        with network_namespace() as found:
            yield found
    except NoNamespaceError as error:
        pytest.skip(f"no network namespace: {error}")


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder that the server's user may read, with a certificate."""
    with tempfile.TemporaryDirectory(prefix="ao-", dir="/tmp") as name:
        path = Path(name)
        path.chmod(0o755)
        pem = path / "server.pem"
        words = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"]
        subprocess.run(["openssl", *words, "-keyout", pem, "-out", path / "c.pem"], check=True, capture_output=True)
        pem.write_text(pem.read_text() + (path / "c.pem").read_text())
        yield path


def write(case: Case, folder: Path) -> None:
    """Write the case's files, and files to be served."""
    for inner in ("www", "www/a", "www/a/b", "www/c", "other", "other/a", "other/a/b", "other/c"):
        (folder / inner).mkdir(parents=True)
        for name in ("f.txt", "g.txt"):
            (folder / inner / name).write_text("sample\n")
    for name, text in case.files.items():
        file = folder / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
    hashed = subprocess.run(["openssl", "passwd", "-apr1", LOGIN[1]], check=True, capture_output=True, text=True)
    (folder / "users").write_text(f"{LOGIN[0]}:{hashed.stdout}")


def test_our_reading_agrees_with_the_server(
    namespace: Namespace, folder: Path, record_property: Callable[[str, object], None]
) -> None:
    assert PROGRAM is not None
    contexts = {name: client_context(version) for name, version in VERSIONS.items()}
    traps: Counter[str] = Counter()
    wrong: list[str] = []
    for number in range(CASES):
        own = folder / str(number)
        own.mkdir()
        case = Generator(Random(SEED * 100_003 + number), str(own), str(folder / "server.pem")).make()
        write(case, own)
        traps.update(case.traps)
        ours = our_reading(str(own))
        refused = refuses(PROGRAM, own / "httpd.conf")
        if refused != bool(ours.refused):
            wrong.append(f"case {number} (seed {SEED}): the server refuses={refused}, we {ours.refused}")
            continue
        if refused:
            continue
        wrong += [
            f"case {number} (seed {SEED}): {text}" for text in namespace.run(partial(_run, own, ours, contexts, traps))
        ]
    summary = ", ".join(f"{trap} {traps[trap]}" for trap in TRAPS)
    record_property("traps", f"httpd.conf: {CASES} cases, {len(wrong)} disagreements; {summary}")
    assert not wrong, "\n".join(wrong[:40])
    assert all(traps[trap] for trap in TRAPS), summary


def _run(own: Path, ours: Apache, contexts: dict[str, ssl.SSLContext], traps: Counter[str]) -> list[str]:
    assert PROGRAM is not None
    with running(PROGRAM, own / "httpd.conf", PLAIN) as started:
        traps["started"] += started
        return list(compare(ours, contexts, traps)) if started else ["the server did not start"]
