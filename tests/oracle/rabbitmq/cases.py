"""Random configurations of RabbitMQ 3.10 with the traps that a reader can fall into."""

from dataclasses import dataclass, field
from random import Random

from tests.oracle.namespace import SECOND_ADDRESS

_REFUSED = [
    "listeners.tcp.default 5672",
    "listeners.tcp = off",
    "heartbeat = soon",
    "default_user_tags.administrator = yes",
    "loopback_users = guest",
    "ssl_options.verify = verify_some",
    "log.connection.level = verbose",
    "cluster_partition_handling = pause",
    "listeners.tcp.name = localhost:5672",
    "no_such_key_at_all = 1",
    "= 5",
    "heartbeat =",
]


@dataclass
class Case:
    """Files by name, variables, and the traps in them."""

    files: dict[str, str]
    environment: dict[str, str] = field(default_factory=dict[str, str])
    traps: set[str] = field(default_factory=set[str])


def make(random: Random, certificates: str) -> Case:
    """Make one case; `certificates` is where certificates are."""
    case = Case({})
    lines = [
        *_listeners(random, case),
        *_users(random, case),
        *_tls(random, case, certificates),
        *_others(random, case),
    ]
    random.shuffle(lines)
    if random.random() < 0.15:
        lines.insert(random.randrange(len(lines) + 1), random.choice(_REFUSED))
        case.traps.add("refused")
    if random.random() < 0.4:
        case.traps.add("comment")
        lines = [line + random.choice(["", " # a comment", "# loopback_users = none"]) for line in lines]
        lines.insert(0, "# listeners.tcp = none")
    cut = len(lines)
    if random.random() < 0.45 and len(lines) > 1:
        case.traps.add("conf.d")
        cut = random.randrange(len(lines))
        rest = lines[cut:]
        half = random.randrange(len(rest) + 1)
        case.files["conf.d/10-part.conf"] = "\n".join(rest[:half]) + "\n"
        case.files["conf.d/20-part.conf"] = "\n".join(rest[half:]) + "\n"
    case.files["rabbitmq.conf"] = "\n".join(lines[:cut]) + "\n"
    if random.random() < 0.35:
        case.traps.add("advanced.config")
        case.files["advanced.config"] = _advanced(random)
    if random.random() < 0.2:
        case.traps.add("environment")
        case.environment.update(
            random.choice(
                [
                    {"RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1"},
                    {"RABBITMQ_NODE_PORT": "5680"},
                    {"RABBITMQ_NODE_IP_ADDRESS": SECOND_ADDRESS, "RABBITMQ_NODE_PORT": "5681"},
                ]
            )
        )
    return case


def _equals(random: Random) -> str:
    return random.choice([" = ", "=", "  =  ", "\t=\t"])


def _listeners(random: Random, case: Case) -> list[str]:
    values = ["5672", "127.0.0.1:5672", f"{SECOND_ADDRESS}:5672", "0.0.0.0:5672", "5673", "::1:5674"]
    lines: list[str] = []
    for name in random.sample(["default", "local", "other"], random.choice([0, 1, 1, 2])):
        value = random.choice(values)
        case.traps.add("loopback" if "127." in value or "::1" in value else "second address")
        lines.append(f"listeners.tcp.{name}{_equals(random)}{value}")
        if random.random() < 0.2:
            case.traps.add("duplicate")
            lines.append(f"listeners.tcp.{name}{_equals(random)}{random.choice(values)}")
    if random.random() < 0.15:
        case.traps.add("TCP off")
        lines.append("listeners.tcp = none")
    if not lines:
        case.traps.add("second address")
    return lines


def _users(random: Random, case: Case) -> list[str]:
    lines: list[str] = []
    kind = random.random()
    if kind < 0.25:
        case.traps.add("guest remote")
        lines.append(random.choice(["loopback_users = none", "loopback_users.guest = false"]))
    elif kind < 0.45:
        case.traps.add("loopback users replaced")
        lines += random.choice(
            [
                ["loopback_users.app = true"],
                ["loopback_users.guest = yes"],
                ["loopback_users.guest = true", "loopback_users.app = true"],
            ]
        )
    if random.random() < 0.25:
        case.traps.add("default user")
        lines.append(random.choice(["default_user = clinic", "default_pass = sample-pass", "default_pass = guest"]))
    if random.random() < 0.2:
        lines.append(random.choice(["auth_mechanisms.1 = PLAIN", "auth_mechanisms.1 = AMQPLAIN"]))
    return lines


def _tls(random: Random, case: Case, certificates: str) -> list[str]:
    if random.random() < 0.6:
        return []
    case.traps.add("TLS on")
    lines = [
        f"listeners.ssl.default = {random.choice(['5671', '127.0.0.1:5671', SECOND_ADDRESS + ':5671'])}",
        f"ssl_options.cacertfile = {certificates}/ca.crt",
        f"ssl_options.certfile = {certificates}/server.crt",
        f"ssl_options.keyfile = {certificates}/server.key",
    ]
    if random.random() < 0.6:
        lines.append(f"ssl_options.verify = {random.choice(['verify_peer', 'verify_none'])}")
    if random.random() < 0.6:
        lines.append(f"ssl_options.fail_if_no_peer_cert = {random.choice(['true', 'false'])}")
    if random.random() < 0.3:
        lines.append(f"ssl_options.versions.1 = {random.choice(['tlsv1.2', 'tlsv1.3'])}")
    if random.random() < 0.3:
        lines.append("listeners.tcp = none")
    return lines


def _others(random: Random, case: Case) -> list[str]:
    choices = {
        "heartbeat": ["0", "30", "120"],
        "cluster_partition_handling": ["ignore", "autoheal", "pause_minority"],
        "disk_free_limit.absolute": ["1GB", "50MB", "2000000000"],
        "log.connection.level": ["none", "error", "info"],
        "channel_max": ["100"],
        "log.file.level": ["warning", "debug"],
    }
    lines: list[str] = []
    for name in random.sample(sorted(choices), random.randrange(4)):
        lines.append(f"{name}{_equals(random)}{random.choice(choices[name])}")
        if random.random() < 0.25:
            case.traps.add("duplicate")
            lines.append(f"{name}{_equals(random)}{random.choice(choices[name])}")
    return lines


def _advanced(random: Random) -> str:
    parts = random.sample(
        [
            "{loopback_users, []}",
            '{loopback_users, [<<"guest">>]}',
            '{tcp_listeners, [{"127.0.0.1", 5672}]}',
            "{tcp_listeners, [5679]}",
            "{heartbeat, 7}",
            "{cluster_partition_handling, autoheal}",
            '{default_user, <<"clinic">>}',
        ],
        random.randrange(1, 4),
    )
    names = [part.split(",")[0] for part in parts]
    kept = [part for place, part in enumerate(parts) if names.index(names[place]) == place]
    return "%% overrides\n[\n  {rabbit, [\n    " + ",\n    ".join(kept) + "\n  ]}\n].\n"
