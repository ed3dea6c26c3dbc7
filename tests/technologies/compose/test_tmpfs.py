"""`tmpfs` of a Compose service: its path, and whether programs may be started from it."""

import pytest

from auditor.model.workload import MountKind, Workload
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree


@pytest.mark.parametrize(
    ("written", "executable"),
    [("/tmp", False), ("/tmp:size=64m", False), ("/tmp:mode=1777,exec", True), ("/tmp:exec,noexec", False)],
)
def test_exec(written: str, executable: bool) -> None:
    estate = take_estate(MemoryTree({"compose.yaml": f"services:\n  a:\n    image: b:1\n    tmpfs: ['{written}']\n"}))
    (workload,) = [fact for fact in estate.facts if isinstance(fact, Workload)]
    (mount,) = workload.mounts
    assert (mount.kind, mount.target, mount.executable) == (MountKind.EPHEMERAL, "/tmp", executable)
