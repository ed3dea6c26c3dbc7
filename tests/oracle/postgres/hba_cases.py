"""Generated pg_hba.conf files, with the traps each of them holds, and clients to try them with."""

from dataclasses import dataclass, field
from random import Random

from tests.oracle.namespace import SECOND_ADDRESS
from tests.oracle.postgres.server import Attempt

DATABASES = ("clinic", "alice", "staff", "all")
USERS = ("alice", "bob", "repl", "postgres")
ADDRESSES = ("", "127.0.0.1", "127.0.0.2", "::1", SECOND_ADDRESS)

_DATABASE_WORDS = (
    "all", "all", "all", "clinic", '"clinic"', '"all"', "sameuser", "samerole", "samegroup", "replication",
    '"replication"', "ALL", "clinic,alice", "clinic, staff", "@databases", "nosuch", '"clin"ic', "/^cl",
)  # fmt: skip
_USER_WORDS = (
    "all", "all", "all", "alice", "bob", "+staff", '"+staff"', "alice,bob", "postgres", '"all"', "@users", "repl",
    '"bob"', "Bob", "+nosuch", "/^b",
)  # fmt: skip
_ADDRESS_WORDS = (
    "all", "127.0.0.1/32", "127.0.0.0/8", "0.0.0.0/0", "::/0", "::1/128", "10.99.0.0/24", "10.99.0.1/32", "0.0.0.0/1",
    "128.0.0.0/1", "samehost", "samenet", "10.99.0.77/16", "127.0.0.1 255.255.255.255", "10.99.0.1 255.255.0.0",
    "0.0.0.0 0.0.0.0", "127.0.0.2 255.0.255.255", "::1 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "192.0.2.0/24", "10.99/16",
    '"all"', '"127.0.0.1/32"', "127.0.0.1/+32", ".example.org",
)  # fmt: skip
_METHODS = ("trust", "trust", "reject", "reject", "scram-sha-256", "scram-sha-256", "md5", "password", "ident", "cert")
_LOCAL_METHODS = ("trust", "reject", "scram-sha-256", "md5", "peer", "ident", "password")
_TYPES = ("host", "host", "host", "hostssl", "hostssl", "hostnossl", "hostgssenc", "hostnogssenc", "local")
_BROKEN = (
    "HOST all all all trust", "host all all all TRUST", "host all all 127.0.0.1 trust", "host all all 127.0.0.1/33 md5",
    "host all all ::1/129 md5", "local all all 127.0.0.1/32 trust", "host all all all peer", "host all all all cert",
    "local all all gss", "host all all", "host all all all", "host all all localhost/32 trust", "@databases all all trust",
    "host all all all scram-sha-256 map=x", "host all all all md5 clientcert=verify-ca", "local all all trust nonsense",
    "hostssl all all all cert clientcert=verify-ca", "hostssl all all all md5 clientcert=1", "include other.conf",
    "host all all all trust reject", "host all all all,samehost trust", "host all all 10.0.0.0 ::ffff md5",
    "host all all all ldap ldapserver=x", "host all all all ldap ldapprefix=a ldapbasedn=b", "host all all all sspi",
    "host all all all radius radiusservers=127.0.0.1", "host all all all ldap ldapport=x",
    "hostssl all all all cert clientname=XX", "host all all all pam krb_realm=X", "host all all all oauth",
    "host,hostssl all all all trust", "host all all all md5,trust", "host all all 127.0.0.1/ md5", "host all all /8 md5",
)  # fmt: skip
_FINE = (
    "host all all all pam pamservice=postgresql", "local all all peer map=x", "host all all all ident map=x",
    'host all all all ldap ldapserver=127.0.0.1 ldapprefix="uid=" ldapsuffix=",dc=example"',
    "hostssl all all all scram-sha-256 clientcert=verify-full", "local all all ident", '"host" all all all "md5"',
    'host "all","clinic" all all reject', "host all all all password # reject", "host all all all\ttrust#comment",
)  # fmt: skip


@dataclass
class HbaCase:
    """Text of pg_hba.conf, whether TLS is on, clients to try, and which traps are in it."""

    text: str
    ssl: bool
    attempts: list[Attempt]
    traps: set[str] = field(default_factory=set[str])


def make_case(random: Random) -> HbaCase:
    case = HbaCase("", random.random() < 0.6, [])
    case.traps.add("TLS on" if case.ssl else "TLS off")
    lines = [_line(random, case) for _ in range(random.randint(1, 8))]
    if random.random() < 0.12:
        lines.insert(random.randrange(len(lines) + 1), random.choice(_BROKEN))
        case.traps.add("refused")
    if random.random() < 0.15:
        lines[0] = _continued(random, lines[0])
        case.traps.add("continuation")
    if random.random() < 0.2:
        lines.insert(0, "# host all all all trust")
        case.traps.add("comment")
    end = "\r\n" if random.random() < 0.1 else "\n"
    case.text = end.join(lines) + (end if random.random() < 0.8 else "")
    case.attempts = [_attempt(random, case) for _ in range(12)]
    return case


def _line(random: Random, case: HbaCase) -> str:
    if random.random() < 0.1:
        case.traps.add("options")
        return random.choice(_FINE)
    kind = random.choice(_TYPES)
    database, user = random.choice(_DATABASE_WORDS), random.choice(_USER_WORDS)
    gap = random.choice((" ", "  ", "\t"))
    words = [kind, database, user]
    if kind == "local":
        words.append(random.choice(_LOCAL_METHODS))
    else:
        address = random.choice(_ADDRESS_WORDS)
        method = random.choice(_METHODS)
        words += [address, method if method != "cert" or kind == "hostssl" else "reject"]
        if " " in address:
            case.traps.add("mask")
        if ":" in address:
            case.traps.add("IPv6")
        if address in {"samehost", "samenet"}:
            case.traps.add("samehost or samenet")
    case.traps |= {
        trap for trap, mark in (("quoting", '"'), ("@file", "@"), ("role members", "+")) if mark in database + user
    }
    if "," in database + user:
        case.traps.add("list")
    if "ALL" in database or "Bob" in user:
        case.traps.add("case")
    if "/" in database + user:
        case.traps.add("regex before 16")
    if "replication" in database:
        case.traps.add("replication")
    return gap.join(words)


def _continued(random: Random, line: str) -> str:
    position = random.randrange(len(line) + 1)
    return line[:position] + "\\\n" + line[position:]


def _attempt(random: Random, case: HbaCase) -> Attempt:
    address = random.choice(ADDRESSES)
    tls = bool(address) and case.ssl and random.random() < 0.5
    replication = random.random() < 0.15
    user = "repl" if replication else random.choice(USERS)
    if address in {"127.0.0.1", "::1", "127.0.0.2"}:
        case.traps.add("loopback")
    elif address:
        case.traps.add("second address")
    return Attempt(address, user, random.choice(DATABASES), tls, replication)
