"""Our reading of generated units agrees with `systemd-analyze security --offline`."""

import json
import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from auditor.model.unknown import known
from auditor.scan import take_estate
from auditor.sources.tree import MemoryTree
from auditor.technologies.systemd import SystemdService
from tests.oracle.systemd.cases import Case, make

PROGRAM = shutil.which("systemd-analyze")
CASES = int(os.environ.get("AUDITOR_ORACLE_CASES", "40"))
SEED = int(os.environ.get("AUDITOR_ORACLE_SEED", "20252"))
TRAPS = (
    "blanks", "comment in a continued line", "comment line", "continued into the next assignment", "continued line",
    "drop-in", "empty assignment", "inverted list", "list", "trailing comment", "unreadable", "wrong case",
    "wrong section",
)  # fmt: skip
FLAGS = (
    "LockPersonality", "MemoryDenyWriteExecute", "NoNewPrivileges", "PrivateDevices", "PrivateNetwork", "PrivateTmp",
    "PrivateUsers", "ProtectClock", "ProtectControlGroups", "ProtectHostname", "ProtectKernelLogs",
    "ProtectKernelModules", "ProtectKernelTunables", "RestrictRealtime", "RestrictSUIDSGID",
)  # fmt: skip
SYSTEM = {"strict": "strict read-only access", "full": "very limited write access", "yes": "limited write access"}
HOME = {"read-only": "read-only access to home", "tmpfs": "fake empty home", "yes": "no access to home"}
CAPABILITIES = {
    "CAP_SYS_TIME": ("CAP_SYS_TIME",),
    "CAP_KILL": ("CAP_KILL",),
    "CAP_SYS_MODULE": ("CAP_SYS_MODULE",),
    "CAP_BPF": ("CAP_BPF",),
    "CAP_SYS_RAWIO": ("CAP_SYS_RAWIO",),
    "CAP_SYS_PTRACE": ("CAP_SYS_PTRACE",),
    "CAP_SYS_ADMIN": ("CAP_SYS_ADMIN",),
    "CAP_SYSLOG": ("CAP_SYSLOG",),
    "CAP_MKNOD": ("CAP_MKNOD",),
    "CAP_NET_ADMIN": ("CAP_NET_ADMIN",),
    "CAP_CHOWN_FSETID_SETFCAP": ("CAP_CHOWN", "CAP_FSETID", "CAP_SETFCAP"),
    "CAP_SET_UID_GID_PCAP": ("CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP"),
    "CAP_NET_BIND_SERVICE_BROADCAST_RAW)": ("CAP_NET_BIND_SERVICE", "CAP_NET_BROADCAST", "CAP_NET_RAW"),
}
UMASK = {0o004: "world-readable", 0o002: "world-writable"}

pytestmark = [
    pytest.mark.server,
    pytest.mark.skipif(PROGRAM is None, reason="systemd-analyze is not installed"),
]


def our_reading(case: Case) -> SystemdService:
    files = {"units/generated.service": case.unit}
    files |= {f"units/generated.service.d/{name}": text for name, text in case.drop_ins.items()}
    estate = take_estate(MemoryTree(files))
    assert not estate.faults
    (service,) = [fact for fact in estate.facts if isinstance(fact, SystemdService)]
    return service


def their_reading(case: Case, folder: Path) -> dict[str, dict[str, object]] | None:
    """Return systemd's assessment by field, None if it refuses the unit."""
    assert PROGRAM is not None
    (folder / "generated.service.d").mkdir()
    (folder / "generated.service").write_text(case.unit)
    for name, text in case.drop_ins.items():
        (folder / "generated.service.d" / name).write_text(text)
    command = [PROGRAM, "security", "--offline=true", "--json=short", str(folder / "generated.service")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    if "has a bad unit file setting" in done.stderr:
        return None
    assert done.returncode == 0, done.stderr
    return {row["json_field"]: row for row in json.loads(done.stdout)}


def compare(ours: SystemdService, theirs: dict[str, dict[str, object]] | None) -> Iterator[str]:
    """Yield what systemd and our reading do not agree on."""
    if theirs is None or any(line.is_fatal for line in ours.ignored):
        if theirs is not None or not any(line.is_fatal for line in ours.ignored):
            yield f"systemd {'refuses' if theirs is None else 'takes'} the unit, we do not say so"
        return

    def differs(field: str, value: object) -> Iterator[str]:
        if theirs[field]["set"] is not value:
            yield f"{field}: systemd says {theirs[field]['description']}, we {value}"

    for name in FLAGS:
        yield from differs(name, known(ours.flag(name)))
    yield from differs("UserOrDynamicUser", not known(ours.runs_as_root))
    for field, value, words in (
        ("ProtectSystem", ours.protect_system, SYSTEM),
        ("ProtectHome", ours.protect_home, HOME),
    ):
        expected = words.get(known(value), "full access")
        if expected not in str(theirs[field]["description"]):
            yield f"{field}: systemd says {theirs[field]['description']}, we {known(value)}"
    bounding = known(ours.capabilities)
    for field, names in CAPABILITIES.items():
        yield from differs(f"CapabilityBoundingSet_{field}", not bounding & set(names))
    families = known(ours.families)

    def closed(*names: str) -> bool:
        return families is not None and not any(families.permits(name) for name in names)

    # Of a list of what is forbidden the assessment takes either of the two for both.
    internet = closed("AF_INET", "AF_INET6") or (
        families is not None and not families.allows and (closed("AF_INET") or closed("AF_INET6"))
    )
    yield from differs("RestrictAddressFamilies_AF_INET_INET6", internet)
    for name in ("AF_UNIX", "AF_NETLINK", "AF_PACKET"):
        yield from differs(f"RestrictAddressFamilies_{name}", closed(name))
    namespaces = known(ours.directives.namespaces())
    for name in ("cgroup", "ipc", "mnt", "net", "pid", "user", "uts"):
        yield from differs(f"RestrictNamespaces_{name}", name not in namespaces)
    umask = known(ours.directives.umask())
    description = str(theirs["UMask"]["description"])
    if ("world-writable" in description) is not (umask & 0o002 == 0):
        yield f"UMask: systemd says {description}, we {umask:04o}"
    if ("world-readable" in description) is not (umask & 0o006 == 0o002):
        yield f"UMask: systemd says {description}, we {umask:04o}"


def test_generated_units(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    random = Random(SEED)
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    for number in range(CASES):
        case = make(random)
        folder = tmp_path / str(number)
        folder.mkdir()
        counts.update(case.traps)
        theirs = their_reading(case, folder)
        wrong += [f"case {number}: {text}\n{case.unit}{case.drop_ins}" for text in compare(our_reading(case), theirs)]
    shown = ", ".join(f"{trap} {counts[trap]}" for trap in TRAPS)
    record_property("traps", f"systemd, {CASES} units: {shown}")
    assert not wrong, "\n".join(wrong[:20])
    assert CASES < 40 or all(counts[trap] for trap in TRAPS), shown
