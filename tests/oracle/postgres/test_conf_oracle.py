"""The values we take from generated postgresql.conf files and flags are those the server shows."""

import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from auditor.inventory.views import HostView
from auditor.model.location import Location
from auditor.model.workload import Located
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.postgres import Postgres
from auditor.technologies.postgres.arguments import parse_arguments
from auditor.technologies.postgres.conf_files import Assigned, read_conf
from auditor.technologies.postgres.effective import apply
from tests.oracle.namespace import Namespace, NoNamespaceError, network_namespace
from tests.oracle.postgres.conf_cases import VALUES, ConfCase, make_case
from tests.oracle.postgres.server import BINARIES, PORT, Cluster

CASES = int(os.environ.get("AUDITOR_ORACLE_CASES", "30"))
SEED = int(os.environ.get("AUDITOR_ORACLE_SEED", "20240"))
TRAPS = (
    "include", "include_dir", "duplicate", "override by flag", "case", "quoting", "units", "postgresql.auto.conf",
    "wrong value replaced", "refused",
)  # fmt: skip
FOLDER = "etc/postgresql/15/main"

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
        try:
            yield made
        finally:
            made.stop()


def read(case: ConfCase) -> tuple[dict[str, str], bool]:
    """Return what we take every setting for and whether we say that the server refuses to start."""
    estate = take_estate(MemoryTree({f"{FOLDER}/{name}": text for name, text in case.files.items()}))
    (server,) = [
        fact for fact in estate.facts if isinstance(fact, Postgres) and fact.component.endswith("/postgresql.conf")
    ]
    if not case.flags:
        return {name: setting.shown() for name, setting in server.settings.items()}, bool(server.refused)
    # Flags come from a workload; the files are read as above and the flags put over them as for a container.
    place = Location("compose.yaml", 1)
    flags = parse_arguments([Located(value=word, at=place) for word in ["postgres", *case.flags]])
    assigned: list[Assigned] = []
    problems = [*flags.problems]
    for name in ("postgresql.conf", "postgresql.auto.conf"):
        source = estate.files.source(f"{FOLDER}/{name}")
        if source is not None:
            part = read_conf(source, name, HostView(source.path, estate.files))
            assigned += part.assignments
            problems += part.problems
    effective = apply([*assigned, *flags.assignments], 15)
    problems += effective.problems
    return {name: setting.shown() for name, setting in effective.settings.items()}, bool(problems)


def test_values_agree_with_the_server(cluster: Cluster, record_property: Callable[[str, object], None]) -> None:
    random = Random(SEED)
    traps: Counter[str] = Counter()
    disagreements: list[str] = []
    for number in range(CASES):
        case = make_case(random, number)
        cluster.write(case.files)
        ours, refused = read(case)
        started = cluster.start("-p", str(PORT), *case.flags)
        traps.update(case.traps)
        try:
            if started == refused:
                disagreements.append(
                    f"case {number}: started {started}, we say refused {refused}: {case}\n{cluster.log}"
                )
            elif started:
                with cluster.connect() as admin:
                    for name in VALUES:
                        row = admin.execute("SELECT current_setting(%s, true)", [name]).fetchone()
                        theirs = row[0] if row and row[0] is not None else ""
                        if theirs != ours.get(name, ""):
                            disagreements.append(
                                f"case {number}: {name} is {theirs!r}, we say {ours.get(name)!r}: {case}"
                            )
        finally:
            cluster.stop()
    counts = ", ".join(f"{trap} {traps[trap]}" for trap in TRAPS)
    record_property("traps", f"postgresql.conf: {CASES} cases, {len(disagreements)} disagreements; {counts}")
    assert not disagreements, "\n".join(disagreements[:6]) + f"\n{len(disagreements)} in all"
    assert CASES < 200 or all(traps[trap] for trap in TRAPS), "every trap is hit"
