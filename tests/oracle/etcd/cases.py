"""Random configurations of etcd 3.4 with the traps that a reader can fall into."""

from dataclasses import dataclass, field
from random import Random

from tests.oracle.namespace import SECOND_ADDRESS

_HOSTS = ["127.0.0.1", "localhost", SECOND_ADDRESS, "0.0.0.0"]
_REFUSED = {
    "listen-client-urls": "http://db.clinic.example:2379",
    "listen-peer-urls": "127.0.0.1:2380",
    "auth-token": "none",
    "client-cert-auth": "maybe",
    "no-such-flag": "1",
}


@dataclass
class Case:
    """Flags, variables and the text of a configuration file ("" for none), with the traps in them."""

    flags: list[str] = field(default_factory=list[str])
    environment: dict[str, str] = field(default_factory=dict[str, str])
    file: str = ""
    traps: set[str] = field(default_factory=set[str])


def make(random: Random, folder: str, certificates: str) -> Case:
    """Make one case; `folder` takes its file and data, `certificates` has certificates."""
    case = Case()
    options = _options(random, case, certificates)
    if random.random() < 0.12:
        case.traps.add("refused")
        name = random.choice(sorted(_REFUSED))
        options[name] = _REFUSED[name]
    kind = random.random()
    if kind < 0.4:
        case.traps.add("configuration file")
        options.pop("no-such-flag", None)
        case.file = _file(random, case, {**options, "data-dir": f"{folder}/data", "logger": "zap"})
        if random.random() < 0.5:
            case.traps.add("flags beside a file")
            ignored = _options(random, Case(), certificates)
            case.flags = [f"--{name}={value}" for name, value in ignored.items()]
            case.environment = {"ETCD_CLIENT_CERT_AUTH": "true", "ETCD_SNAPSHOT_COUNT": "7"}
        if random.random() < 0.3:
            case.environment["ETCD_CONFIG_FILE"] = f"{folder}/etcd.yml"
            case.traps.add("file by variable")
        else:
            case.flags += random.choice([["--config-file", f"{folder}/etcd.yml"], [f"-config-file={folder}/etcd.yml"]])
        return case
    names = sorted(options)
    as_variable = set(random.sample(names, random.randrange(len(names)))) if random.random() < 0.5 else set[str]()
    if as_variable:
        case.traps.add("variables")
    for name in names:
        value = options[name]
        if name in as_variable and name != "no-such-flag":
            case.environment["ETCD_" + name.upper().replace("-", "_")] = value
        elif value == "true" and random.random() < 0.5:
            case.flags.append(f"--{name}")
        elif value in {"true", "false"} or random.random() < 0.5:
            case.flags.append(f"{random.choice(['-', '--'])}{name}={value}")
        else:
            case.flags += [f"--{name}", value]
    if random.random() < 0.12 and case.environment:
        name = min(case.environment)
        case.traps.add("variable and flag")
        case.flags.append(f"--{name.removeprefix('ETCD_').lower().replace('_', '-')}={case.environment[name]}")
    if random.random() < 0.08:
        case.traps.add("refused")
        case.flags += ["--enable-pprof", "true"]
    case.flags += [f"--data-dir={folder}/data", "--logger=zap"]
    return case


def _urls(random: Random, case: Case, port: int, *, tls: bool) -> str:
    urls: list[str] = []
    for place, host in enumerate(random.sample(_HOSTS, random.choice([1, 1, 2]))):
        case.traps.add("loopback" if host in {"127.0.0.1", "localhost"} else "second address")
        scheme = random.choice(["http", "https"]) if tls else "http"
        urls.append(f"{scheme}://{host}:{port + 10 * place}")
    if len({url.partition(":")[0] for url in urls}) > 1:
        case.traps.add("http beside https")
    return ",".join(urls)


def _options(random: Random, case: Case, certificates: str) -> dict[str, str]:
    options: dict[str, str] = {}
    tls = random.random() < 0.6
    if random.random() < 0.85:
        options["listen-client-urls"] = _urls(random, case, 2379, tls=tls)
        if random.random() < 0.93:
            options["advertise-client-urls"] = "http://127.0.0.1:2379"
        else:
            case.traps.add("refused")
    if random.random() < 0.5:
        options["listen-peer-urls"] = _urls(random, case, 2385, tls=tls and random.random() < 0.5)
    if tls and random.random() < 0.9:
        case.traps.add("TLS on")
        for prefix in ("", "peer-"):
            options[f"{prefix}cert-file"] = f"{certificates}/server.crt"
            options[f"{prefix}key-file"] = f"{certificates}/server.key"
        kind = random.random()
        if kind < 0.35:
            case.traps.add("client certificate")
            options["client-cert-auth"] = random.choice(["true", "T", "1"])
            options["trusted-ca-file"] = f"{certificates}/ca.crt"
        elif kind < 0.6:
            case.traps.add("CA file alone")
            options["trusted-ca-file"] = f"{certificates}/ca.crt"
    elif random.random() < 0.3:
        case.traps.add("auto-tls")
        options["auto-tls"] = "true"
        options["peer-auto-tls"] = "true"
    for name, values in (
        ("snapshot-count", ["5000", "200000"]),
        ("auto-compaction-retention", ["1", "0"]),
        ("enable-v2", ["true", "false"]),
        ("quota-backend-bytes", ["4294967296"]),
        ("pre-vote", ["true", "false"]),
        ("name", ["default"]),
    ):
        if random.random() < 0.3:
            options[name] = random.choice(values)
    return options


def _file(random: Random, case: Case, options: dict[str, str]) -> str:
    lines: list[str] = []
    sections: dict[str, list[str]] = {"client-transport-security": [], "peer-transport-security": []}
    for name, value in options.items():
        plain = name.removeprefix("peer-")
        if plain in {"cert-file", "key-file", "client-cert-auth", "trusted-ca-file", "auto-tls"}:
            section = "peer-transport-security" if name.startswith("peer-") else "client-transport-security"
            if plain in {"client-cert-auth", "trusted-ca-file"} and random.random() < 0.25:
                case.traps.add("key at the wrong level")
                lines.append(f"{name}: {'true' if value in {'T', '1'} else value}")
                continue
            sections[section].append(f"  {plain}: {'true' if value in {'T', '1'} else value}")
        else:
            quote = random.choice(["", "'", '"']) if "," in value or ":" in value else ""
            quote = "'" if name == "auto-compaction-retention" else quote
            lines.append(f"{name}: {quote}{value}{quote}")
    for section, inner in sections.items():
        if inner:
            lines += [f"{section}:", *inner]
    if random.random() < 0.4:
        case.traps.add("unknown key")
        lines.append("no-such-key: 5")
    return "\n".join(lines) + "\n"
