"""Random lines of fstab with the traps that a reader of options can fall into."""

from dataclasses import dataclass, field
from random import Random

_FLAGS = ("noexec", "nosuid", "nodev", "exec", "suid", "dev")
_USERS = ("user", "users", "owner", "group", "nouser", "nousers", "noowner")
_OTHERS = (
    "rw", "ro", "noatime", "relatime", "defaults", "nofail", "auto", "noauto", "_netdev", "x-systemd.automount",
    "X-mount.mkdir", "comment=noexec", 'x-note="a,exec,b"', "size=1m", "mode=0750", "nr_inodes=1k", "async",
)  # fmt: skip


@dataclass
class Case:
    """One line for the folder TARGET; a bind mount shows the folder SOURCE, mounted with `source_options`."""

    line: str = ""
    source_options: str = ""
    traps: set[str] = field(default_factory=set[str])


def make(random: Random, source: str, target: str) -> Case:
    case = Case()
    is_bind = random.random() < 0.3
    words: list[str] = []
    for _ in range(random.randrange(0, 7)):
        chance = random.random()
        if chance < 0.5:
            words.append(random.choice(_FLAGS))
        elif chance < 0.65:
            words.append(random.choice(_USERS))
        else:
            words.append(random.choice(_OTHERS))
    if is_bind:
        case.traps.add("bind")
        words = [word for word in words if not word.startswith(("size", "mode", "nr_"))]
        words.insert(random.randrange(len(words) + 1), "bind")
        case.source_options = ",".join(random.sample(["nosuid", "nodev", "noexec"], random.randrange(4)))
    _note(words, case)
    written = ",".join(words)
    if random.random() < 0.1 and words:
        case.traps.add("empty options")
        written = f",{written.replace(',', ',,', 1)},"
    blank = random.choice([" ", "\t", "   "])
    fields = [source if is_bind else "tmpfs", target, "none" if is_bind else "tmpfs"]
    if not written:
        case.traps.add("no options")
    else:
        fields.append(written)
        chance = random.random()
        if chance < 0.7:
            fields += ["0", "0"][: random.randrange(3)]
        elif chance < 0.8:
            case.traps.add("more fields")
            fields += ["0", "0", "# as before"]
        elif chance < 0.88:
            case.traps.add("broken numbers")
            fields += [random.choice(["x", "nosuid", "#"]), "0"]
    case.line = random.choice(["", "", "  "]) + blank.join(fields)
    return case


def _note(words: list[str], case: Case) -> None:
    for name in ("exec", "suid", "dev"):
        if name in words and f"no{name}" in words:
            case.traps.add("taken back" if words.index(name) > words.index(f"no{name}") else "written after all")
    implying = [word for word in words if word in {"user", "users", "owner", "group"}]
    if implying:
        behind = words[words.index(implying[0]) + 1 :]
        case.traps.add("user and the like")
        if {"exec", "suid", "dev"} & set(behind):
            case.traps.add("lifted behind user")
        if "nouser" in behind:
            case.traps.add("nouser behind user")
    if any('"' in word for word in words):
        case.traps.add("comma in quotes")
    if "defaults" in words[1:]:
        case.traps.add("defaults behind others")
