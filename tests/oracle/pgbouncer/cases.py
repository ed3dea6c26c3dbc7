"""Random files of PgBouncer 1.18 with the traps that a reader can fall into."""

from dataclasses import dataclass, field
from random import Random

from tests.oracle.namespace import SECOND_ADDRESS

PORT = 6543
SCRAM = "SCRAM-SHA-256$4096:c2FtcGxlc2FsdDEyMzQ1Ng==$" + "A" * 43 + "=:" + "B" * 43 + "="
MD5 = "md5" + "0123456789abcdef" * 2
_WORDS = ["any", "trust", "TRUST", "Any", "plain", "md5", "MD5", "scram-sha-256", "hba", "hba", "trust", "hba"]
_LOOSE = [
    ("log_connections", ["0", "1", "0x1", "00", "on"]),
    ("log_disconnections", ["0", "1"]),
    ("unix_socket_mode", ["0777", "0770", "448"]),
    ("client_idle_timeout", ["0", "600", "1.5", "10min"]),
    ("max_client_conn", ["100", "50 ; a comment"]),
    ("stats_users", ["stats", "stats ; a comment", ""]),
    ("pool_mode", ["session", "Transaction", "both"]),
    ("application_name_add_host", ["1", "0"]),
    ("job_name", ["'quoted'", "a = b", "x # y"]),
]
_REFUSED = [
    ("upper-case key", "[pgbouncer]\nLISTEN_PORT = 1\n"),
    ("quoted key", "[pgbouncer]\n'log_stats' = 1\n"),
    ("unknown key", "[pgbouncer]\nauth_dbname = clinic\n"),
    ("unknown section", "[peers]\n"),
    ("unknown section", "[PgBouncer]\n"),
    ("no equals sign", "[pgbouncer]\nlog_connections\n"),
    ("comment behind a value", "[pgbouncer]\nauth_type = trust ; for now\n"),
    ("bad connection string", "[databases]\nbad = host=127.0.0.1 nonsense\n"),
    ("bad connection string", "[databases]\nbad = host=127.0.0.1 colour=red\n"),
    ("bad connection string", "[databases]\nbad = host=127.0.0.1 user=\n"),
    ("bad connection string", "[databases]\nbad = host=127.0.0.1 port=none\n"),
    ("bad connection string", "[users]\nclinic = pool_size=4\n"),
    ("reserved name", "[databases]\npgbouncer = host=127.0.0.1\n"),
]
_RECORDS = [
    "host all all 127.0.0.1/32 trust",
    "host all all 0.0.0.0/0 md5",
    "host all all 0.0.0.0/0 trust",
    "hostssl all all 0.0.0.0/0 trust",
    "hostnossl all all 0.0.0.0/0 reject",
    f"host all admin {SECOND_ADDRESS}/32 scram-sha-256",
    f"host pgbouncer admin {SECOND_ADDRESS} 255.255.255.255 reject",
    "host clinic all 0.0.0.0/0 password",
    "host sameuser all 0.0.0.0/0 reject",
    'host "all" all 0.0.0.0/0 trust',
    "host clinic,pgbouncer  admin , clinic 10.99.0.0/16 trust",
    "host @names.txt all 0.0.0.0/0 trust",
    "host all all ::1/128 trust",
    "local all all trust",
]
_LEFT_OUT = [
    "host all all samehost reject",
    "host all all localhost reject",
    "host all all all reject",
    "host all +staff 0.0.0.0/0 reject",
    "host all all 0.0.0.0/0 ident",
    "host samerole all 0.0.0.0/0 reject",
    "hostssl all all 0.0.0.0/0 reject clientcert=verify-full",
    "HOST all all 0.0.0.0/0 reject",
    "host all all 0.0.0.0/0 REJECT",
    'host all all "0.0.0.0/0" reject',
    "host all all 0.0.0.0/33 reject",
    'host all "admin 0.0.0.0/0 reject',
    "host all all 10.99.0.1 reject",
    "hostgssenc all all 0.0.0.0/0 reject",
]
_NO_MATCH = ["host all all 10.99.0.1/16 reject", "host all all 127.0.0.1/8 reject", "host all all 0.0.0.1/0 reject"]


@dataclass
class Case:
    """Files by name (main.ini is the one that is started), and the traps in them."""

    files: dict[str, str]
    traps: set[str] = field(default_factory=set[str])


def make(random: Random, folder: str, certificates: str) -> Case:
    """Make one case; `folder` takes the socket, `certificates` has certificates."""
    case = Case({})
    kind = random.choice(_WORDS)
    parameters = [("auth_type", kind)]
    case.traps.add("capitals" if kind.lower() != kind else f"auth_type {kind}")
    parameters += [("auth_file", f"{folder}/users.txt"), ("auth_hba_file", f"{folder}/hba.conf")]
    parameters.append(("admin_users", random.choice(["admin", "boss, admin", "admin boss"])))
    parameters += _addresses(random, case)
    parameters += _tls(random, case, certificates)
    parameters += [(name, random.choice(values)) for name, values in random.sample(_LOOSE, random.choice([0, 1, 2]))]
    if any(value in {"on", "10min", "both"} or " ; a" in value for name, value in parameters if name in dict(_LOOSE)):
        case.traps.add("wrong or odd value")
    random.shuffle(parameters)
    lines = [_line(random, *parameter) for parameter in parameters]
    if random.random() < 0.3:
        case.traps.add("duplicate")
        again = random.choice(["trust", "md5", "hba"])
        lines.append(f"auth_type = {again}")
    fixed = [f"listen_port = {PORT}", f"unix_socket_dir = {folder}"]
    _assemble(random, case, lines, fixed)
    case.files["users.txt"] = _users(random, case)
    case.files["hba.conf"] = _records(random, case)
    case.files["names.txt"] = "clinic, other\npgbouncer\n"
    return case


def _line(random: Random, name: str, value: str) -> str:
    return f"   {name}={value}   " if random.random() < 0.1 else f"{name} = {value}"


def _addresses(random: Random, case: Case) -> list[tuple[str, str]]:
    value = random.choice([None, "127.0.0.1", "*", f"127.0.0.1,{SECOND_ADDRESS}", SECOND_ADDRESS, "0.0.0.0", "*"])
    if value is None:
        case.traps.add("socket only")
        return []
    case.traps.add("loopback" if value == "127.0.0.1" else "second address")
    return [("listen_addr", value)]


def _tls(random: Random, case: Case, certificates: str) -> list[tuple[str, str]]:
    mode = random.choice(["", "", "disable", "allow", "prefer", "require", "Require", "verify-full", "verify-ca"])
    if not mode:
        return []
    found = [("client_tls_sslmode", mode)]
    if mode == "disable" or random.random() < 0.85:
        found += [("client_tls_key_file", f"{certificates}/server.key")]
        found += [("client_tls_cert_file", f"{certificates}/server.crt")]
        found += [("client_tls_ca_file", f"{certificates}/ca.crt")]
        case.traps.add(f"TLS {mode.lower()}")
    else:
        case.traps.add("TLS without certificate")
    if random.random() < 0.25:
        case.traps.add("protocols")
        found.append(("client_tls_protocols", random.choice(["all", "tlsv1.2", "secure", "all:!tlsv1.0", "sslv3"])))
    return found


def _assemble(random: Random, case: Case, lines: list[str], fixed: list[str]) -> None:
    databases = _databases(random, case)
    head = "[pgbouncer] " if random.random() < 0.15 else "[pgbouncer]\n"
    case.traps |= {"entry behind the section"} if head.endswith(" ") else set()
    split = random.randrange(len(lines) + 1)
    before, after = lines[:split], [*lines[split:], *fixed]  # nothing may set these back
    shape = random.random()
    if shape < 0.2:
        case.traps.add("section twice")
        text = f"{head}{_text(before)}{databases}[pgbouncer]\n{_text(after)}"
    elif shape < 0.4:
        case.traps.add("include")
        case.files["more.ini"] = _text(after)
        text = f"{databases}{head}{_text(before)}%include more.ini\n"
    elif shape < 0.5:
        case.traps.add("include with a section")
        case.files["more.ini"] = f"; more\n[pgbouncer]\n{_text(after)}"
        text = f"{databases}{head}{_text(before)}%include  more.ini  \n"
    else:
        text = f"{databases}# all of it\n{head}{_text([*lines, *fixed])}"
    if random.random() < 0.2:
        trap, wrong = random.choice(_REFUSED)
        case.traps |= {trap, "refused"}
        text = text + wrong if random.random() < 0.5 else wrong + text
    case.files["main.ini"] = text


def _text(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _databases(random: Random, case: Case) -> str:
    text = "[databases]\n"
    if random.random() < 0.5:
        case.traps.add("forced user")
        text += "clinic = host=127.0.0.1 port=1 user=clinic password='it''s sample'\n"
        if random.random() < 0.5:
            case.traps.add("forced user kept")
            text += "clinic = host=127.0.0.1 port=2\n"
    else:
        text += "clinic = host=127.0.0.1 port=1 host=127.0.0.2 dbname='records of all'\n"
    if random.random() < 0.3:
        case.traps.add("late connection string")
        text += "* = host=127.0.0.1 nonsense\n"
    return text


def _users(random: Random, case: Case) -> str:
    secret = random.choice([SCRAM, MD5, "sample-only", ""])
    case.traps.add("SCRAM secret" if secret == SCRAM else "other secret")
    text = f'; users\n"admin" "{secret}" and more\n'
    if random.random() < 0.2:
        case.traps.add("broken list of users")
        text += "# no comment\n"
    return text + '"clinic" "sample-only"\n"stats" "x"\n'


def _records(random: Random, case: Case) -> str:
    chosen = random.sample(_RECORDS, random.choice([1, 2, 3, 4]))
    if random.random() < 0.6:
        chosen.append("host all all 0.0.0.0/0 trust")
    if random.random() < 0.6:
        case.traps.add("record left out")
        chosen.insert(0, random.choice(_LEFT_OUT))
    if random.random() < 0.3:
        case.traps.add("address outside its mask")
        chosen.insert(0, random.choice(_NO_MATCH))
    return "".join(f"{line}{random.choice(['', '   # why'])}\n" for line in chosen)
