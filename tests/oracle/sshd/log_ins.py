"""Random stacks of PAM behind random configurations of sshd."""

from dataclasses import dataclass, field
from pathlib import Path
from random import Random

CONTROLS = (
    "required", "required", "requisite", "sufficient", "optional", "[success=1 default=ignore]",
    "[default=1 ignore=ignore success=ok]", "[success=done default=die]", "[success=ok default=bad]",
)  # fmt: skip
MODULES = {
    "pam_unix.so nodelay": "password",
    "pam_unix.so nodelay nullok": "nullok",
    "pam_permit.so": "permit",
    "pam_deny.so": "deny",
    "pam_env.so": "ignored",
    "pam_faillock.so preauth": "lock-out",
    "pam_succeed_if.so uid >= 1000 quiet": "condition",
    "pam_succeed_if.so uid < 1000 quiet": "condition",
    "pam_usertype.so isregular": "condition",
    "pam_localuser.so": "condition",
    "pam_rootok.so": "rootok",
    "pam_google_authenticator.so": "second factor",
    "pam_oath.so usersfile=/nonexistent": "second factor",
}
"""Modules of libpam and two of other packages; what a trap is called."""
SECOND = ("pam_google_authenticator.so", "pam_oath.so usersfile=/nonexistent", "pam_google_authenticator.so nullok")
DEBIAN = (
    "[success=1 default=ignore] pam_unix.so nodelay", "requisite pam_deny.so", "required pam_permit.so",
)  # fmt: skip
RED_HAT = (
    "required pam_env.so", "[default=1 ignore=ignore success=ok] pam_usertype.so isregular",
    "[default=1 ignore=ignore success=ok] pam_localuser.so", "sufficient pam_unix.so nodelay nullok",
    "required pam_deny.so",
)  # fmt: skip
METHODS = (
    "any", "publickey,keyboard-interactive", "publickey keyboard-interactive:pam", "password keyboard-interactive",
    "password,keyboard-interactive", "publickey,password", "publickey",
)  # fmt: skip


@dataclass
class LogInCase:
    """Lines of sshd_config, files of pam.d by name, and the traps in them."""

    lines: list[str]
    stacks: dict[str, str]
    traps: set[str] = field(default_factory=set[str])


def has_module(line: str) -> bool:
    """Tell whether this machine has a line's module."""
    name = next(word for word in line.split() if word.startswith("pam_"))
    return any(Path("/usr/lib").glob(f"*/security/{name}"))


def make(random: Random) -> LogInCase:
    """Make one case."""
    case = LogInCase([], {})
    for keyword, share in (("UsePAM", 0.85), ("PasswordAuthentication", 0.5), ("PermitEmptyPasswords", 0.4)):
        case.lines.append(f"{keyword} {'yes' if random.random() < share else 'no'}")
    if random.random() < 0.5:
        name = random.choice(["KbdInteractiveAuthentication", "ChallengeResponseAuthentication"])
        case.lines.append(f"{name} {random.choice(['yes', 'no'])}")
    if random.random() < 0.3:
        case.lines.append("PermitRootLogin yes")
    if random.random() < 0.3:
        case.traps.add("methods")
        case.lines.append(f"AuthenticationMethods {random.choice(METHODS)}")
    random.shuffle(case.lines)
    case.traps |= {line for line in case.lines if line in {"UsePAM no", "PermitEmptyPasswords yes"}}
    if random.random() < 0.2:
        case.traps.add("Match")
        case.lines += ["Match User tester,blank", f"  PasswordAuthentication {random.choice(['yes', 'no'])}"]
    own, inner = _auth(random, case), _auth(random, case)
    if random.random() < 0.5:
        case.traps.add("include")
        way = random.choice(["@include common-auth", "auth include common-auth", "auth substack common-auth"])
        own.insert(random.randrange(len(own) + 1), way)
        case.stacks["common-auth"] = "\n".join(inner) + "\n"
    account = random.choice(["pam_unix.so"] * 4 + ["pam_permit.so", "pam_deny.so"])
    if account == "pam_deny.so":
        case.traps.add("no account")
    case.stacks["sshd"] = "\n".join([*own, f"account required {account}", "session required pam_permit.so"]) + "\n"
    return case


def _auth(random: Random, case: LogInCase) -> list[str]:
    kind = random.random()
    lines: list[str] = list(DEBIAN if kind < 0.35 else RED_HAT if kind < 0.6 else [])
    if not lines or random.random() < 0.5:
        case.traps.add("any order")
        for _ in range(random.randrange(1, 4)):
            module = random.choice([name for name in MODULES if has_module(name)])
            case.traps.add(MODULES[module])
            lines.insert(random.randrange(len(lines) + 1), f"{random.choice(CONTROLS)} {module}")
    second = [name for name in SECOND if has_module(name)]
    if second and random.random() < 0.3:
        case.traps.add("second factor")
        lines.insert(random.choice([0, len(lines)]), f"required {random.choice(second)}")
    return [f"auth {line}" for line in lines]
