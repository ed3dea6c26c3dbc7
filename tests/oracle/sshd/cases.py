"""Random configurations of sshd with includes, Match blocks and the traps that a reader can fall into."""

from dataclasses import dataclass, field
from random import Random

FLAGS = (
    "PasswordAuthentication", "KbdInteractiveAuthentication", "PubkeyAuthentication", "PermitEmptyPasswords",
    "X11Forwarding", "AllowAgentForwarding", "DisableForwarding", "PermitTTY", "HostbasedAuthentication",
)  # fmt: skip
GLOBAL_FLAGS = ("UsePAM", "StrictModes", "TCPKeepAlive", "UseDNS", "IgnoreUserKnownHosts", "PrintMotd")
VALUES = {
    "PermitRootLogin": ("yes", "no", "prohibit-password", "without-password", "forced-commands-only"),
    "MaxAuthTries": ("2", "6", "20"),
    "MaxSessions": ("1", "10"),
    "LogLevel": ("QUIET", "INFO", "verbose", "DEBUG1", "error"),
    "ClientAliveInterval": ("0", "300", "5m", "1h30m", "90S"),
    "ClientAliveCountMax": ("0", "3"),
    "AllowTcpForwarding": ("yes", "no", "local", "all"),
    "GatewayPorts": ("yes", "no", "clientspecified"),
    "PermitTunnel": ("yes", "no", "ethernet"),
    "AuthenticationMethods": (
        "any", "publickey", "publickey,password", "publickey,keyboard-interactive:pam password",
        "password,keyboard-interactive", "keyboard-interactive",
    ),
    "AuthorizedKeysFile": (".ssh/authorized_keys", "/srv/keys/%u .ssh/authorized_keys", "none"),
    "ForceCommand": ("internal-sftp", "internal-sftp -l INFO", "none", "/bin/true # all of it"),
    "ChrootDirectory": ("/srv/%u", "none"),
    "AllowUsers": ("root", "backup games", "root@10.* backup"),
    "DenyUsers": ("games", "news@10.0.0.0/8"),
    "AllowGroups": ("root backup", "games"),
    "IgnoreRhosts": ("yes", "no", "shosts-only"),
    "PermitUserRC": ("yes", "no"),
    "UnusedConnectionTimeout": ("none", "10m"),
}  # fmt: skip
GLOBAL_VALUES = {
    "LoginGraceTime": ("0", "30", "2m"),
    "MaxStartups": ("10", "5:50:20"),
    "PermitUserEnvironment": ("yes", "no", "LANG,LC_*"),
    "SyslogFacility": ("AUTH", "local3", "AUTHPRIV"),
    "AddressFamily": ("any", "inet"),
    "Ciphers": ("+aes128-cbc,3des-cbc", "-aes128-ctr", "^aes256-ctr", "aes256-ctr,aes256-cbc", "-*cbc"),
    "MACs": ("+hmac-md5", "hmac-sha2-512,hmac-sha1-96", "-hmac-sha1*"),
    "KexAlgorithms": ("+diffie-hellman-group14-sha1", "curve25519-sha256", "-ecdh*"),
}
ALIASES = {
    "KbdInteractiveAuthentication": ("ChallengeResponseAuthentication", "SkeyAuthentication"),
    "PubkeyAuthentication": ("DSAAuthentication",),
    "TCPKeepAlive": ("KeepAlive",),
}
REFUSED = (
    "PermitRootLogin maybe", "NoSuchKeyword yes", "Port 70000", "MaxAuthTries six", "LoginGraceTime soon",
    "PasswordAuthentication", 'Banner "/etc/issue', "PermitTTY yes no", "AuthenticationMethods any publickey",
    "AuthenticationMethods telepathy", "MaxStartups 20:30:10", "Subsystem sftp", "Ciphers nonsense",
    "AuthorizedKeysCommand keys.sh", "AuthorizedKeysCommand /usr/bin/keys", "ClientAliveInterval -1",
    "Match", "Match User", "Match all User root", "Match Address 10.0.0.1/8", "Match LocalPort ssh",
    "Match Color green", "PermitTunnel YES", "Include", 'AllowUsers ""', "ChannelTimeout session",
)  # fmt: skip
CRITERIA = (
    ("User root", "user"), ("User backup,games", "user"), ("User !root,*", "negation"), ("user b?ckup", "user"),
    ("Group backup", "group"), ("Group !games,*", "negation"), ("Address 10.0.0.0/8", "address"),
    ("Address 10.0.*,!10.0.0.9", "negation"), ("Address 2001:db8::/32", "address"), ("LocalPort 2222", "local port"),
    ("Host *.example.org", "host"), ("User root Address 10.0.0.0/8", "both"), ("LocalAddress 192.0.2.0/24", "address"),
    ("all", "match all"), ("All # everybody", "match all"), ('User "root"', "quotes"), ("User=root", "equals sign"),
)  # fmt: skip


@dataclass
class Case:
    """Files below /etc/ssh by name, and the traps in them."""

    files: dict[str, str]
    traps: set[str] = field(default_factory=set[str])


def make(random: Random) -> Case:
    """Make one case."""
    case = Case({})
    lines = [*_global(random, case, random.randrange(2, 12))]
    for _ in range(random.choice([0, 1, 1, 2])):
        lines.insert(random.randrange(len(lines) + 1), _include(random, case))
    for _ in range(random.choice([0, 1, 1, 2, 3])):
        lines += _block(random, case)
    if random.random() < 0.1:
        lines.append(_include(random, case))
        case.traps.add("include in a block")
    if random.random() < 0.25 and any(line.lower().startswith("match") for line in lines):
        case.traps.add("global behind Match")
        lines.append(_line(random, case, random.choice(GLOBAL_FLAGS), "yes"))
    if random.random() < 0.15:
        case.traps.add("refused")
        lines.insert(random.randrange(len(lines) + 1), random.choice(REFUSED))
    case.files["sshd_config"] = "\n".join(lines) + random.choice(["\n", ""])
    return case


def _global(random: Random, case: Case, count: int) -> list[str]:
    lines: list[str] = []
    for _ in range(count):
        kind = random.random()
        if kind < 0.35:
            lines.append(_line(random, case, random.choice(FLAGS), random.choice(["yes", "no", "YES", "No"])))
        elif kind < 0.5:
            lines.append(_line(random, case, random.choice(GLOBAL_FLAGS), random.choice(["yes", "no"])))
        elif kind < 0.65:
            name = random.choice(list(GLOBAL_VALUES))
            case.traps.add("algorithms") if name in {"Ciphers", "MACs", "KexAlgorithms"} else None
            lines.append(_line(random, case, name, random.choice(GLOBAL_VALUES[name])))
        else:
            lines.append(_any(random, case))
    if random.random() < 0.3:
        case.traps.add("duplicate")
        name = random.choice(FLAGS)
        lines += [f"{name} no", f"{name} yes"]
        random.shuffle(lines)
    if random.random() < 0.3:
        lines.append(random.choice(["# a comment", "   # one more", "", "\t"]))
    if random.random() < 0.2:
        case.traps.add("subsystem")
        lines.append("Subsystem sftp " + random.choice(["internal-sftp -l INFO", "/usr/lib/openssh/sftp-server"]))
    if random.random() < 0.2:
        case.traps.add("listens")
        lines += ["Port 2222", random.choice(["ListenAddress 127.0.0.1", "ListenAddress [::1]:24", "Port 24"])]
    if random.random() < 0.25:
        case.traps.add("PAM reopens")
        lines += ["UsePAM yes", "PasswordAuthentication no"]
    return lines


def _any(random: Random, case: Case) -> str:
    name = random.choice(list(VALUES))
    if name == "AuthenticationMethods":
        case.traps.add("methods")
    if name.endswith(("Users", "Groups")):
        case.traps.add("lists add up")
    return _line(random, case, name, random.choice(VALUES[name]))


def _line(random: Random, case: Case, name: str, value: str) -> str:
    raw = name == "ForceCommand"
    if random.random() < 0.15 and name in ALIASES:
        case.traps.add("alias")
        name = random.choice(ALIASES[name])
    if random.random() < 0.2:
        case.traps.add("case")
        name = random.choice([name.lower(), name.upper()])
    between = " "
    if random.random() < 0.15:
        case.traps.add("equals sign")
        between = random.choice(["=", " = ", "= ", " ="])
    elif random.random() < 0.2:
        between = random.choice(["\t", "   "])
    if random.random() < 0.1 and " " not in value and not raw:
        case.traps.add("quotes")
        value = random.choice([f'"{value}"', f"'{value}'", value[:1] + f'"{value[1:]}"'])
    if random.random() < 0.1 and not raw:
        case.traps.add("comment behind")
        value += random.choice([" # a note", " #note", "\t# two words"])
    return random.choice(["", "", "  ", "\t"]) + name + between + value + random.choice(["", "", "  ", "\f"])


def _include(random: Random, case: Case) -> str:
    number = len(case.files)
    inner = _global(random, case, random.randrange(1, 4))
    case.traps.add("include")
    if random.random() < 0.3:
        case.traps.add("Match in an include")
        inner += _block(random, case)
    kind = random.random()
    if kind < 0.15:
        case.traps.add("nothing to include")
        return f"Include none{number}.d/*.conf"
    if kind < 0.4:
        case.files[f"part{number}"] = "\n".join(inner)
        return f"Include {random.choice(['', '/etc/ssh/'])}part{number}"
    half = len(inner) // 2 if random.random() < 0.5 else len(inner)
    case.traps.add("include glob")
    case.files[f"d{number}.d/50-b.conf"] = "\n".join(inner[:half])
    case.files[f"d{number}.d/60-a.conf"] = "\n".join(inner[half:])
    case.files[f"d{number}.d/.hidden.conf"] = "PermitRootLogin yes\n"
    return f"Include {random.choice(['', '/etc/ssh/'])}d{number}.d/*.conf"


def _block(random: Random, case: Case) -> list[str]:
    criterion, trap = random.choice(CRITERIA)
    case.traps |= {"Match", trap}
    lines = [random.choice(["Match ", "match ", "MATCH\t", "Match="]) + criterion]
    for _ in range(random.randrange(4)):
        indent = random.choice(["", "  "])
        if random.random() < 0.5:
            lines.append(indent + _line(random, case, random.choice(FLAGS), random.choice(["yes", "no"])))
        else:
            lines.append(indent + _any(random, case))
    return lines
