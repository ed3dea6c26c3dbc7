"""Where a unit's program finds a file of the tree."""

import pytest

from auditor.model.fact import Service
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree

UNIT = "[Service]\nExecStart=/usr/bin/redis-server /etc/redis/redis.conf\n"


@pytest.mark.parametrize(
    ("unit", "files", "read"),
    [
        ("files/etc/systemd/system/", ["files/etc/redis/redis.conf"], "files/etc/redis/redis.conf"),
        ("files/etc/systemd/system/", ["etc/redis/redis.conf"], "etc/redis/redis.conf"),
        ("cache/systemd/", ["cache/etc/redis/redis.conf", "etc/redis/redis.conf"], "cache/etc/redis/redis.conf"),
        ("cache/systemd/", ["etc/redis/redis.conf"], "etc/redis/redis.conf"),
        ("cache/systemd/", ["other/etc/redis/redis.conf"], None),
        ("a/files/etc/systemd/system/", ["a/etc/redis/redis.conf"], None),
        ("cache/", ["cache/redis.conf.j2"], "cache/redis.conf.j2"),
        ("", ["etc/redis/redis.conf"], "etc/redis/redis.conf"),
    ],
)
def test_the_nearest_folder_that_stands_for_the_root(unit: str, files: list[str], read: str | None) -> None:
    tree = {f"{unit}redis.service": UNIT, **{path: f"# {path}\nmaxclients 7\n" for path in files}}
    estate = take_estate(MemoryTree(tree))
    (redis,) = [fact for fact in estate.facts if isinstance(fact, Service) and fact.origin == "systemd"]
    at = redis.settings["maxclients"].at
    assert at is not None
    assert at.path == (read or f"{unit}redis.service")
