"""Random configurations of vsftpd with the traps that a reader can fall into."""

from dataclasses import dataclass, field
from random import Random

_FLAGS = {
    "anonymous_enable": 0.8, "local_enable": 0.6, "write_enable": 0.6, "anon_upload_enable": 0.6,
    "anon_mkdir_write_enable": 0.4, "anon_other_write_enable": 0.3, "ssl_enable": 0.6, "force_local_logins_ssl": 0.3,
    "force_local_data_ssl": 0.2, "allow_anon_ssl": 0.4, "force_anon_logins_ssl": 0.3, "force_anon_data_ssl": 0.2,
    "xferlog_enable": 0.5, "chroot_local_user": 0.4, "implicit_ssl": 0.1, "no_anon_password": 0.1,
}  # fmt: skip
_REFUSED = (
    "anonymous_enable = NO", "anonymous_enable=NO ", "anonymous_enable=NO # closed", "ANONYMOUS_ENABLE=NO",
    "anonymous_enable=no way", "anonymous_enable=", "listen_ipv6=YES", "no_such_setting=1", "write_enable", "=YES",
)  # fmt: skip


@dataclass
class Case:
    """The lines of a vsftpd.conf, and the traps in them."""

    lines: list[str]
    traps: set[str] = field(default_factory=set[str])


def make(random: Random) -> Case:
    """Make one case."""
    case = Case([])
    for name, likely in _FLAGS.items():
        if random.random() < likely:
            case.lines.append(f"{name}={_word(random, case)}")
            if random.random() < 0.2:
                case.traps.add("last wins")
                case.lines.append(f"{name}={_word(random, case)}")
        elif name == "anonymous_enable":
            case.traps.add("anonymous by default")
    if random.random() < 0.2:
        case.traps.add("commands")
        case.lines.append(random.choice(["cmds_denied=STOR,STOU", "cmds_denied=MKD", "cmds_denied=stor"]))
    if random.random() < 0.2:
        case.traps.add("blanks before")
        case.lines.append("  max_clients=40")
    if random.random() < 0.3:
        case.lines += ["# a comment", "", "   "]
    random.shuffle(case.lines)
    if random.random() < 0.2:
        case.traps.add("refused")
        case.lines.insert(random.randrange(len(case.lines) + 1), random.choice(_REFUSED))
    case.lines.insert(0, "listen=YES")
    text = "\n".join(case.lines)
    for word in ("ssl_enable=YES", "implicit_ssl=YES"):
        if word in text:
            case.traps.add(word)
    return case


def _word(random: Random, case: Case) -> str:
    word = random.choice(["YES", "NO", "YES", "NO", "yes", "TRUE", "0", "1", "false"])
    if word not in {"YES", "NO"}:
        case.traps.add("other words")
    return word
