"""Random configurations of ProFTPD with the traps that a reader can fall into."""

from dataclasses import dataclass, field
from random import Random

_REQUIRED = ("on", "off", "ctrl", "auth", "auth+data", "data", "!data", "ctrl+!data", "ON")
_REFUSED = ("<Limit WRITE>", "</Limit>", "<Global>\n</VirtualHost>")


@dataclass
class Case:
    """Text of a proftpd.conf, of a file that it may include, and the traps in them."""

    text: str = ""
    included: str = ""
    traps: set[str] = field(default_factory=set[str])


def make(random: Random, root: str, tls: str, folder: str, second_port: int) -> Case:
    """Make one case; `tls` are the lines that name a certificate."""
    case = Case()
    parts = [_tls(random, case, tls), _limits(random, case), _anonymous(random, case, root)]
    random.shuffle(parts)
    if random.random() < 0.3:
        case.traps.add("Global")
        inner = _tls(random, case, tls) if random.random() < 0.6 else _anonymous(random, case, root)
        parts.insert(random.randrange(len(parts) + 1), f"<Global>\n{inner}</Global>\n")
    if random.random() < 0.3:
        case.traps.add("include")
        case.included = parts.pop()
        parts.insert(random.randrange(len(parts) + 1), f"Include {folder}/part.conf\n")
    if random.random() < 0.3:
        case.traps.add("virtual host")
        inner = _tls(random, case, tls) + _anonymous(random, case, root)
        parts.append(f"<VirtualHost 127.0.0.1>\nPort {second_port}\nDelayEngine off\n{inner}</VirtualHost>\n")
    if random.random() < 0.12:
        case.traps.add("refused")
        parts.append(random.choice(_REFUSED) + "\n")
    case.text = "# a comment\n\n" + "".join(parts)
    return case


def _tls(random: Random, case: Case, tls: str) -> str:
    if random.random() < 0.3:
        return ""
    case.traps.add("TLS")
    lines = [f"TLSEngine {random.choice(['on', 'on', 'off', 'On'])}", *tls.splitlines()]
    count = random.choice([0, 1, 1, 2])
    lines += [random.choice(["TLSRequired ", "tlsrequired\t"]) + random.choice(_REQUIRED) for _ in range(count)]
    if sum(line.lower().startswith("tlsrequired") for line in lines) > 1:
        case.traps.add("first wins")
    if random.random() < 0.3:
        case.traps.add("comment behind")
        lines.append('TLSOptions NoSessionReuseRequired # "a note"')
    else:
        lines.append("TLSOptions NoSessionReuseRequired")
    if random.random() < 0.4:
        case.traps.add("IfModule")
        module = random.choice(["mod_tls.c", "!mod_tls.c", "mod_core.c", "!mod_core.c"])
        lines = [f"<IfModule {module}>", *(f"  {line}" for line in lines), "</IfModule>"]
    return "\n".join(lines) + "\n"


def _limits(random: Random, case: Case) -> str:
    if random.random() < 0.7:
        return ""
    case.traps.add("outer limit")
    what = random.choice(["LOGIN", "WRITE", "STOR", "ALL"])
    return f"<Limit {what}>\n{random.choice(['DenyAll', 'AllowAll'])}\n</Limit>\n"


def _anonymous(random: Random, case: Case, root: str) -> str:
    if random.random() < 0.35:
        return ""
    case.traps.add("anonymous")
    lines = [f"<Anonymous {root}>", "User ftp", "Group nogroup", "UserAlias anonymous ftp", "AllowOverwrite on"]
    lines.append("RequireValidShell off")
    if random.random() < 0.1:
        case.traps.add("password required")
        lines.append("AnonRequirePassword on")
    for what in ("LOGIN", "WRITE", "STOR", "ALL"):
        if random.random() < 0.2:
            case.traps.add("limit")
            lines += [f"<Limit {what}>", f"  {random.choice(['DenyAll', 'AllowAll'])}", "</Limit>"]
    if random.random() < 0.35:
        case.traps.add("folder")
        name = random.choice(["incoming", "*", "incoming/*"])
        limit = random.choice(["WRITE", "STOR", "STOR STOU"])
        lines += [f"<Directory {name}>", f"<Limit {limit}>", random.choice(["DenyAll", "AllowAll"]), "</Limit>"]
        lines.append("</Directory>")
    return "\n".join([*lines, "</Anonymous>", ""])
