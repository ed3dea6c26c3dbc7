"""Random command lines of memcached 1.6 with the traps that a reader can fall into."""

from dataclasses import dataclass, field
from random import Random

from tests.oracle.namespace import SECOND_ADDRESS

_REFUSED = [
    ["--no-such-option"],
    ["-c", "many"],
    ["-t", "0"],
    ["-q"],
    ["-l"],
    ["-B", "ascii", "-S"],
    ["-S", "-U", "11211"],
    ["-Z"],
    ["-o", "no_such_part=1"],
]
_SWITCHES = ["-A", "-F", "-X", "-M", "-C", "-W", "--disable-dumping", "--disable-flush-all", "-vFX", "-kr"]


@dataclass
class Case:
    """The words behind the program's name, and the traps in them."""

    words: list[str]
    traps: set[str] = field(default_factory=set[str])


def make(random: Random, folder: str, certificates: str) -> Case:
    """Make one case; `folder` holds a file of users and takes sockets, `certificates` has certificates."""
    case = Case([])
    groups = [
        *_addresses(random, case),
        *_ports(random, case),
        *_login(random, case, folder),
        *_tls(random, case, certificates),
        *_others(random, case),
    ]
    if random.random() < 0.08:
        case.traps.add("socket")
        groups.append(["-s", f"{folder}/socket"])
        if random.random() < 0.5:
            groups.append(["-a", random.choice(["0777", "770", "0700"])])
    random.shuffle(groups)
    if random.random() < 0.15:
        case.traps.add("refused")
        groups.append(random.choice(_REFUSED))
    elif random.random() < 0.1:
        case.traps.add("after --")
        groups.append(["--", "-p", "9", "-X"])
    case.words = [word for group in groups for word in group]
    return case


def _addresses(random: Random, case: Case) -> list[list[str]]:
    values = ["127.0.0.1", SECOND_ADDRESS, "0.0.0.0", f"127.0.0.1,{SECOND_ADDRESS}", "127.0.0.1:11213", "[::1]:11214"]
    groups: list[list[str]] = []
    for value in random.sample(values, random.choice([0, 1, 1, 2])):
        if any("0.0.0.0" in group[-1] for group in groups) or ("0.0.0.0" in value and groups):
            continue  # the second one would find the port taken
        if value.startswith("127.0.0.1,") and groups:
            continue
        if any(value.split(",")[0] in group[-1] for group in groups) or any(g[-1] in value for g in groups):
            continue
        case.traps.add("loopback" if SECOND_ADDRESS not in value and "0.0.0.0" not in value else "second address")
        groups.append(random.choice([["-l", value], [f"-l{value}"], [f"--listen={value}"], ["--listen", value]]))
    if groups and random.random() < 0.3:
        case.traps.add("part of an address")
        address = groups[-1][-1].removeprefix("-l").removeprefix("--listen=")
        groups.append(["-l", random.choice([address, address.rpartition(":")[0].strip("[]") or address[:-1]])])
        return [[word for group in groups for word in group]]  # in this order: the last one is not taken
    if len(groups) > 1:
        case.traps.add("addresses add up")
    if not groups:
        case.traps.add("second address")
    return groups


def _ports(random: Random, case: Case) -> list[list[str]]:
    groups: list[list[str]] = []
    if random.random() < 0.4:
        groups.append(
            random.choice(
                [
                    ["-p", "11212"],
                    ["-p11212"],
                    ["-p", "11212tcp"],
                    ["--port=11212"],
                    ["-vp", "11212"],
                    ["--port", "11212"],
                ]
            )
        )
        if random.random() < 0.3:
            case.traps.add("duplicate")
            groups.append(["-p", "11215"])
    if random.random() < 0.3:
        case.traps.add("UDP")
        groups.append(random.choice([["-U", "11217"], ["--udp-port=11217"], ["-U0"]]))
    return groups


def _login(random: Random, case: Case, folder: str) -> list[list[str]]:
    kind = random.random()
    if kind < 0.2:
        case.traps.add("SASL")
        return [random.choice([["-S"], ["--enable-sasl"], ["-S", "-B", "binary"]])]
    if kind < 0.4:
        case.traps.add("file of users")
        return [random.choice([["-Y", f"{folder}/users"], [f"--auth-file={folder}/users"]])]
    return []


def _tls(random: Random, case: Case, certificates: str) -> list[list[str]]:
    if random.random() < 0.65:
        return []
    case.traps.add("TLS on")
    files = f"ssl_chain_cert={certificates}/server.crt,ssl_key={certificates}/server.key"
    groups = [["-Z", "-o", files]]
    if random.random() < 0.5:
        mode = random.choice(["0", "2"])
        groups.append(["-o", f"ssl_verify_mode={mode},ssl_ca_cert={certificates}/ca.crt"])
    if random.random() < 0.3:
        case.traps.add("notls")
        groups.append(["-l", f"notls:{SECOND_ADDRESS}:11218"])
    return groups


def _others(random: Random, case: Case) -> list[list[str]]:
    groups = [[word] for word in random.sample(_SWITCHES, random.randrange(3))]
    if random.random() < 0.3:
        groups.append(["-o", random.choice(["idle_timeout=300", "modern,idle_timeout=60", "no_lru_crawler"])])
        if random.random() < 0.4:
            case.traps.add("duplicate")
            groups.append(["-o", "idle_timeout=0"])
    if random.random() < 0.3:
        groups.append(["-m", "96"])
    if random.random() < 0.3:
        groups.append(random.choice([["-c", "200"], ["--conn-limit=200"], ["-c200"]]))
    return groups
