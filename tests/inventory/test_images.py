"""Images of the tree that start from one another: what the base copies, and what ONBUILD leaves to the next build."""

import pytest

from auditor.model.fact import Service
from auditor.model.location import Location
from auditor.model.workload import Workload
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree

CONF = "maxclients 7\n"
START = 'CMD ["redis-server", "/etc/redis.conf"]\n'
COMPOSE = "services:\n  base: {build: base, image: NAME}\n  app: {build: app}\n"


def place(files: dict[str, str], component: str) -> Location | None:
    """Return where the number of clients of a Redis is set."""
    estate = take_estate(MemoryTree(files))
    assert not estate.faults
    (redis,) = [fact for fact in estate.facts if isinstance(fact, Service) and fact.component == component]
    return redis.settings["maxclients"].at


def project(base: str, app: str, name: str = "example/base", **files: str) -> dict[str, str]:
    paths = {path.replace("__", "/") + ".conf": text for path, text in files.items()}
    return {
        "compose.yaml": COMPOSE.replace("NAME", name),
        "base/Dockerfile": base,
        "app/Dockerfile": app,
        **paths,
    }


COPIES = f"FROM redis:7.4\nCOPY redis.conf /etc/redis.conf\n{START}"
LEAVES = f"FROM redis:7.4\nONBUILD COPY redis.conf /etc/redis.conf\n{START}"


@pytest.mark.parametrize(
    ("files", "read"),
    [
        (project(COPIES, "FROM example/base\n", base__redis=CONF, app__redis=CONF), "base/redis.conf"),
        (project(COPIES, "FROM example/base\n", "example/base:latest", base__redis=CONF), "base/redis.conf"),
        (project(COPIES, "FROM example/base:2\n", "example/base:1", base__redis=CONF), None),
        (project(LEAVES, "FROM example/base\n", base__redis=CONF, app__redis=CONF), "app/redis.conf"),
        (
            project(COPIES, "FROM example/base AS x\nFROM redis:7.4\nCOPY --from=x /etc/redis.conf /etc/\n" + START,
            base__redis=CONF),
            "base/redis.conf",
        ),
        (
            project("FROM alpine AS x\nCOPY redis.conf /r\nFROM redis:7.4\nCOPY --from=x /r /etc/redis.conf\n" + START,
            "FROM example/base\n", base__redis=CONF, app__redis=CONF),
            "base/redis.conf",
        ),
    ],
)  # fmt: skip
def test_an_image_that_the_same_project_builds(files: dict[str, str], read: str | None) -> None:
    if read is None:
        estate = take_estate(MemoryTree(files))
        assert not [fact for fact in estate.facts if isinstance(fact, Service) and fact.component == "app"]
        return
    found = place(files, "app")
    assert found is not None
    assert found.path == read


def test_a_long_chain_of_images_ends() -> None:
    names = range(300, 0, -1)
    services = "".join(f"  s{name}:\n    build: d{name}\n    image: example/i{name}\n" for name in names)
    files = {f"d{name}/Dockerfile": f"FROM example/i{name - 1}\nRUN x\n" for name in names}
    assert not take_estate(MemoryTree({"compose.yaml": f"services:\n{services}", **files})).faults


def test_images_that_start_from_each_other_end() -> None:
    files = project("FROM example/base\n", "FROM example/base\n" + START)
    assert not take_estate(MemoryTree(files)).faults


@pytest.mark.parametrize(
    ("stages", "read"),
    [
        ("FROM base\n", True),
        ("FROM base AS next\nFROM next\n", True),
        ("FROM base AS next\nFROM redis:7.4\n" + START, False),
        ("FROM base\nONBUILD COPY other.conf /etc/redis.conf\n", True),
    ],
)
def test_what_onbuild_leaves_to_the_next_stage(stages: str, read: bool) -> None:
    leaves = LEAVES.replace("FROM redis:7.4", "FROM redis:7.4 AS base")
    found = place({"Dockerfile": leaves + stages, "redis.conf": CONF, "other.conf": "maxclients 8\n"}, "Dockerfile")
    assert (found is not None and found.path == "redis.conf") is read


def test_what_onbuild_leaves_has_its_place() -> None:
    text = LEAVES.replace("ONBUILD COPY redis.conf /etc/redis.conf", "ONBUILD \\\n  ENV REDIS_TLS_PORT=6380")
    estate = take_estate(MemoryTree({"Dockerfile": text.replace("FROM redis:7.4", "FROM redis:7.4 AS b") + "FROM b\n"}))
    (workload,) = [fact for fact in estate.facts if isinstance(fact, Workload)]
    at = workload.environment["REDIS_TLS_PORT"].at
    assert (at.line, at.column) == (3, 22)


def test_what_onbuild_leaves_may_have_a_here_document() -> None:
    text = f"FROM redis:7.4 AS b\nONBUILD COPY <<EOF /etc/redis.conf\n{CONF}EOF\n{START}FROM b\n"
    found = place({"Dockerfile": text}, "Dockerfile")
    assert found is not None
    assert (found.path, found.line) == ("Dockerfile", 3)
