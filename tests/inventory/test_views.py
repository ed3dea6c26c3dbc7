from collections.abc import Mapping as Map

import pytest

from auditor.discovery import examine
from auditor.inventory.files import Files
from auditor.inventory.views import ContainerView, HostView
from auditor.model.location import Location
from auditor.model.source import Source
from auditor.model.unknown import Unknown
from auditor.model.workload import Mount, MountKind, Workload
from auditor.sources.tree import MemoryTree

AT = Location("compose.yaml", 1)


def files(content: Map[str, str]) -> Files:
    tree = MemoryTree(content)
    return Files(tree, tuple(examine(tree)))


def container(*mounts: Mount, content: Map[str, str]) -> ContainerView:
    workload = Workload(component="redis", technology="compose", at=AT, name="redis", origin="compose", mounts=mounts)
    return ContainerView(workload, files(content))


def bind(target: str, path: str) -> Mount:
    return Mount(kind=MountKind.BIND, target=target, at=AT, repository_path=path)


def text(found: Source | Unknown | None) -> str | None:
    return found.text if isinstance(found, Source) else None


def test_a_bound_file_and_a_file_in_a_bound_folder() -> None:
    view = container(
        bind("/etc/redis/redis.conf", "conf/main"),
        bind("/opt/acl", "acl"),
        content={"conf/main": "port 1", "acl/users": "user x on"},
    )
    assert text(view.open("/etc/redis/redis.conf")) == "port 1"
    assert text(view.open("/opt/acl/../acl/users")) == "user x on"


def test_the_deepest_mount_wins() -> None:
    view = container(
        bind("/etc", "outer"), bind("/etc/redis", "inner"), content={"outer/redis/a": "wrong", "inner/a": "right"}
    )
    assert text(view.open("/etc/redis/a")) == "right"


def test_under_no_mount_the_image_has_its_own_file() -> None:
    assert container(content={}).open("/etc/redis/redis.conf") is None


def test_a_file_on_a_volume_or_outside_the_tree_is_not_known() -> None:
    view = container(
        Mount(kind=MountKind.VOLUME, target="/data", at=AT), bind("/etc/a.conf", "missing/a.conf"), content={}
    )
    assert isinstance(view.open("/data/redis.conf"), Unknown)
    assert isinstance(view.open("/etc/a.conf"), Unknown)


def test_a_config_map_key() -> None:
    source = Source(path="k8s.yaml", text="port 2", line=9, name="redis.conf")
    view = container(Mount(kind=MountKind.CONFIG, target="/etc/redis.conf", at=AT, content=source), content={})
    assert view.open("/etc/redis.conf") is source
    assert view.glob("/etc/*.conf") == ["/etc/redis.conf"]


def test_glob_stays_on_one_level() -> None:
    view = container(
        bind("/etc/conf.d", "d"), content={"d/b.conf": "", "d/a.conf": "", "d/sub/c.conf": "", "d/x.txt": ""}
    )
    assert view.glob("/etc/conf.d/*.conf") == ["/etc/conf.d/a.conf", "/etc/conf.d/b.conf"]


@pytest.mark.parametrize(
    ("start", "path", "expected"),
    [
        ("redis/redis.conf", "local.conf", "beside"),
        ("roles/db/files/etc/redis/redis.conf", "/etc/redis/local.conf", "rooted"),
        ("redis/redis.conf", "/etc/redis/local.conf", None),
        ("redis/redis.conf", "../../outside.conf", None),
    ],
)
def test_a_file_on_a_host(start: str, path: str, expected: str | None) -> None:
    view = HostView(
        start, files({start: "", "redis/local.conf": "beside", "roles/db/files/etc/redis/local.conf": "rooted"})
    )
    assert text(view.open(path)) == expected


def test_an_absolute_path_that_is_not_in_the_tree_is_not_known() -> None:
    assert isinstance(HostView("redis/redis.conf", files({})).open("/etc/passwd"), Unknown)
    assert HostView("redis/redis.conf", files({})).open("missing.conf") is None
