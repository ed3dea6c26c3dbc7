"""Random units with the traps that a reader of systemd's syntax can fall into."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

_BOOLEANS = (
    "DynamicUser LockPersonality MemoryDenyWriteExecute NoNewPrivileges PrivateDevices PrivateNetwork PrivateTmp "
    "PrivateUsers ProtectClock ProtectControlGroups ProtectHostname ProtectKernelLogs ProtectKernelModules "
    "ProtectKernelTunables RestrictRealtime RestrictSUIDSGID"
).split()
_YES = ["yes", "true", "on", "1", "YES", "True", "y", "t"]
_NO = ["no", "false", "off", "0", "No"]
_CAPABILITIES = (
    "CAP_NET_BIND_SERVICE CAP_SYS_ADMIN CAP_SYS_PTRACE CAP_CHOWN CAP_SETUID CAP_DAC_OVERRIDE CAP_SYS_TIME CAP_KILL "
    "CAP_MKNOD CAP_SYS_RAWIO CAP_SYSLOG CAP_SYS_MODULE cap_net_admin CAP_NO_SUCH CAP_BPF"
).split()
_FAMILIES = "AF_INET AF_INET6 AF_UNIX AF_NETLINK AF_PACKET".split()
_NAMESPACES = "cgroup ipc mnt net pid user uts".split()


@dataclass
class Case:
    """The unit and its drop-ins by file name, and the traps in them."""

    unit: str = ""
    drop_ins: dict[str, str] = field(default_factory=dict[str, str])
    traps: set[str] = field(default_factory=set[str])


def make(random: Random) -> Case:
    case = Case()
    lines = ["Type=simple", "ExecStart=/usr/bin/true"]
    lines += [_line(random, case) for _ in range(random.randrange(2, 18))]
    body = [_written(random, case, line) for line in lines]
    head = ["[Unit]", "Description=Generated"]
    if random.random() < 0.15:
        case.traps.add("wrong section")
        head.append("NoNewPrivileges=yes")
    case.unit = "\n".join([*head, "[Service]", *body, ""])
    for name in random.sample(["10-first.conf", "20-second.conf", "9-late.conf", "ignored.txt"], random.randrange(4)):
        case.traps.add("drop-in")
        inside = [_written(random, case, _line(random, case)) for _ in range(random.randrange(1, 5))]
        section = "[Service]" if random.random() < 0.9 else "[Install]"
        case.drop_ins[name] = "\n".join([section, *inside, ""])
    return case


def _line(random: Random, case: Case) -> str:
    kind = random.random()
    if kind < 0.5:
        name = random.choice(_BOOLEANS) if random.random() < 0.9 else "DynamicUser"
        value = random.choice(_YES if random.random() < 0.7 else _NO)
        return f"{name}={_spoilt(random, case, value)}"
    if kind < 0.6:
        return f"ProtectSystem={_spoilt(random, case, random.choice(['full', 'strict', 'yes', 'no', 'Full']))}"
    if kind < 0.68:
        return f"ProtectHome={_spoilt(random, case, random.choice(['yes', 'no', 'read-only', 'tmpfs']))}"
    if kind < 0.74:
        return f"User={random.choice(['app', 'root', '0', ''])}"
    if kind < 0.82:
        return f"CapabilityBoundingSet={_list(random, case, _CAPABILITIES)}"
    if kind < 0.9:
        words = "none" if random.random() < 0.1 else _list(random, case, _FAMILIES)
        return f"RestrictAddressFamilies={words}"
    if kind < 0.95:
        words = random.choice(["yes", "no"]) if random.random() < 0.4 else _list(random, case, _NAMESPACES)
        return f"RestrictNamespaces={words}"
    return f"UMask={random.choice(['0077', '027', '0022', '0000', '77', '0o77', ''])}"


def _list(random: Random, case: Case, words: Sequence[str]) -> str:
    if random.random() < 0.1:
        case.traps.add("empty assignment")
        return ""
    sign = "~" if random.random() < 0.4 else ""
    case.traps.add("inverted list" if sign else "list")
    return sign + " ".join(random.sample(words, random.randrange(1, 4)))


def _spoilt(random: Random, case: Case, value: str) -> str:
    chance = random.random()
    if chance < 0.08:
        case.traps.add("trailing comment")
        return f"{value} # as advised"
    if chance < 0.12:
        case.traps.add("unreadable")
        return random.choice(["", "maybe", "yess", '"yes"'])
    return value


def _written(random: Random, case: Case, line: str) -> str:
    """Write an assignment in one of the ways that systemd takes, or nearly takes."""
    name, _, value = line.partition("=")
    chance = random.random()
    if name == "ExecStart":
        return line
    if chance < 0.1:
        case.traps.add("blanks")
        return f"  {name} \t= {value}  "
    if chance < 0.15:
        case.traps.add("wrong case")
        return f"{name.lower()}={value}"
    if chance < 0.2:
        case.traps.add("comment line")
        return f"{random.choice('#;')}{line}"
    if chance < 0.28 and " " in value:
        case.traps.add("continued line")
        return f"{name}={value.replace(' ', ' ' + chr(92) + chr(10) + '   ', 1)}"
    if chance < 0.33:
        case.traps.add("comment in a continued line")
        return f"{name}=\\\n# a remark\n   {value}"
    if chance < 0.36:
        case.traps.add("continued into the next assignment")
        return f"{name}={value}\\\nRemoveIPC=yes"
    return line
