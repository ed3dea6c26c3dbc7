"""Our reading of lines of fstab agrees with mount(8): flags read from the kernel after really mounting them.

Everything happens in a mount namespace of the test's own, which ends with its process.
"""

import os
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from auditor.model.unknown import Unknown
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.mounts import FileSystem, Fstab
from tests.oracle.mounts.cases import Case, make

CASES = int(os.environ.get("AUDITOR_ORACLE_CASES", "40")) * 3
SEED = int(os.environ.get("AUDITOR_ORACLE_SEED", "20254"))
TRAPS = (
    "bind", "broken numbers", "comma in quotes", "defaults behind others", "empty options", "lifted behind user",
    "more fields", "no options", "nouser behind user", "taken back", "user and the like", "written after all",
)  # fmt: skip
FLAGS = ("noexec", "nosuid", "nodev")
_NAMESPACE = ["unshare", "--mount", "--propagation", "private"]
_SCRIPT = r"""
cd "$1" && number=0
while [ -e "$number.fstab" ]; do
    mount -t tmpfs -o "$(cat "$number.options")" tmpfs source
    mount -T "$number.fstab" "$1/target" 2>/dev/null
    printf '%s ' "$number"
    awk -v target="$1/target" '$5 == target { print $6; found = 1 } END { if (!found) print "refused" }' \
        /proc/self/mountinfo
    mountpoint -q target && umount target
    umount source
    number=$((number + 1))
done
"""
pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(shutil.which("unshare") is None, reason="unshare is not installed"),
]


def mounted(cases: list[Case], folder: Path) -> list[frozenset[str] | None]:
    """Return the flags with which the kernel holds each mount, None where mount(8) does not mount it."""
    for name in ("source", "target"):
        (folder / name).mkdir()
    for number, case in enumerate(cases):
        (folder / f"{number}.fstab").write_text(case.line + "\n", encoding="utf-8")
        (folder / f"{number}.options").write_text(case.source_options or "rw", encoding="utf-8")
    command = [*_NAMESPACE, "sh", "-c", _SCRIPT, "sh", str(folder)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
    lines = [line.partition(" ")[2] for line in result.stdout.splitlines()]
    return [None if line == "refused" else frozenset(line.split(",")) for line in lines]


def our_reading(case: Case, folder: Path) -> tuple[FileSystem | None, bool]:
    """Return the mount as we see it, and whether we say that its line is passed over."""
    source = f"tmpfs {folder}/source tmpfs {case.source_options or 'rw'} 0 0\n"
    facts = take_estate(MemoryTree({"etc/fstab": source + case.line + "\n"})).facts
    found = [fact for fact in facts if isinstance(fact, FileSystem) and fact.target == f"{folder}/target"]
    return (found[0] if found else None), any(fact.skipped for fact in facts if isinstance(fact, Fstab))


def test_our_reading_agrees_with_mount(record_property: Callable[[str, object], None]) -> None:
    allowed = subprocess.run([*_NAMESPACE, "true"], capture_output=True, text=True, check=False)
    if allowed.returncode:
        pytest.skip(f"this process may not make a mount namespace: {allowed.stderr.strip()}")
    traps: Counter[str] = Counter()
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        cases = [make(Random(SEED * 100_003 + n), f"{folder}/source", f"{folder}/target") for n in range(CASES)]
        for number, (case, real) in enumerate(zip(cases, mounted(cases, folder), strict=True)):
            traps.update(case.traps)
            ours, is_skipped = our_reading(case, folder)
            if is_skipped != (real is None):
                wrong.append(f"case {number} (seed {SEED}): mount {real}, we skip {is_skipped}; {case}")
            if real is None or ours is None:
                continue
            for flag in FLAGS:
                answer = ours.has(flag)
                traps["not known"] += isinstance(answer, Unknown)
                if not isinstance(answer, Unknown) and answer != (flag in real):
                    wrong.append(f"case {number} (seed {SEED}): {flag} is {flag in real}, we say {answer}; {case}")
    summary = ", ".join(f"{trap} {traps[trap]}" for trap in (*TRAPS, "not known"))
    record_property("traps", f"mount: {CASES} cases, {len(wrong)} disagreements; {summary}")
    assert not wrong, "\n".join(wrong[:20])
    assert all(traps[trap] for trap in TRAPS), summary
