"""Random krb5.conf files with the traps that a reader can fall into."""

from dataclasses import field
from random import Random

from auditor.records import dataclass

NAMES = ("allow_weak_crypto", "rdns", "permitted_enctypes", "ticket_lifetime", "default_realm", "dns_lookup_realm")
REALM = "CLINIC.EXAMPLE"
_LISTS = (
    "aes rc4", "DEFAULT", "DEFAULT +rc4", "DEFAULT -rc4", "aes256-cts,des3-hmac-sha1", "aes rc4 -rc4", "ARCFOUR-HMAC aes",
    "aes256-cts des-cbc-crc", "aes arcfour-hmac-exp", "+aes -des3", "aes128-cts bogus",
)  # fmt: skip
_VALUES = {
    "allow_weak_crypto": ("true", "false", "yes", "off", "1", "0", "T", "nil"),
    "rdns": ("true", "false", "maybe"),
    "dns_lookup_realm": ("true", "false"),
    "permitted_enctypes": _LISTS,
    "ticket_lifetime": ("10h", "1d", "24:00:00", "86400", "7d 0h 0m", "1d12h", "12h30m"),
    "default_realm": (REALM,),
}
_REFUSED = (
    "[libdefaults", "[libdefaults] # hosts", "a b = 1", "garbage", "= 1", "}", "x =", "include /nonexistent/file",
    "  include /nonexistent/file", "allow_weak_crypto = perhaps", "[libdefaults]x",
)  # fmt: skip


@dataclass
class Case:
    """The text of a krb5.conf, files of its included folder, and the traps in them."""

    lines: list[str]
    included: dict[str, str] = field(default_factory=dict[str, str])
    traps: set[str] = field(default_factory=set[str])


def make(random: Random) -> Case:
    """Make one case; `FOLDER` in a line stands for where the included files are."""
    case = Case([])
    if random.random() < 0.2:
        case.traps.add("before a section")
        case.lines.append("allow_weak_crypto = true")
    for _ in range(random.randrange(1, 4)):
        _section(random, case)
    if random.random() < 0.3:
        case.traps.add("included folder")
        case.lines.insert(random.choice([0, len(case.lines)]), "includedir FOLDER")
        for name in random.sample(["a", "b.conf", ".hidden.conf", "c.bak", "d-1_2", "e.conf~"], 3):
            inner = Case([])
            _section(random, inner)
            case.included[name] = "\n".join(inner.lines) + "\n"
    if random.random() < 0.2:
        case.traps.add("refused")
        case.lines.insert(random.randrange(len(case.lines) + 1), random.choice(_REFUSED))
    return case


def _section(random: Random, case: Case) -> None:
    head = random.choice(["[libdefaults]"] * 6 + ["[libdefaults]*", "[libdefaults]  ", "[Libdefaults]", "[realms]"])
    case.traps.add("final" if "*" in head else "exact names" if head == "[Libdefaults]" else "section")
    case.lines.append(head)
    for _ in range(random.randrange(0, 6)):
        case.lines.append(_relation(random, case))
        if random.random() < 0.2:
            _subsection(random, case)


def _relation(random: Random, case: Case) -> str:
    name = random.choice(NAMES)
    value = random.choice(_VALUES[name])
    if any(line.strip().startswith(name) for line in case.lines):
        case.traps.add("first wins")
    style = random.random()
    if style < 0.1:
        case.traps.add("quoted")
        return f'    {name} = "{value}" behind'
    if style < 0.2 and name in {"rdns", "dns_lookup_realm"}:
        case.traps.add("no comments behind values")
        return f"    {name} = {value} # {value}"
    if style < 0.25:
        case.traps.add("final")
        return f"\t{name}*={value}"
    if style < 0.3:
        return f"# {name} = {value}"
    if style < 0.35:
        case.traps.add("exact names")
        return f"    {name.upper()} = {value}"
    return f"    {name} = {value}{random.choice(['', ' ', chr(13)])}"


def _subsection(random: Random, case: Case) -> None:
    case.traps.add("subsection")
    opening = random.choice([[f"    {REALM} = {{"], [f"  {REALM} =", "  {"], [f"  {REALM}={{ "]])
    case.lines += opening
    case.lines += [_relation(random, case) for _ in range(random.randrange(0, 3))]
    if random.random() < 0.95:
        case.lines.append(random.choice(["    }", "    }*", "} behind"]))
    else:
        case.traps.add("open subsection")
