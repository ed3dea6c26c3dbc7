"""Generated flags and web configurations for Prometheus, with the traps in them."""

from dataclasses import dataclass, field
from random import Random

from tests.oracle.namespace import SECOND_ADDRESS

HASH = "$2b$04$abcdefghijklmnopqrstuun80YGF0cS0ofV.1sxVlCYKmJ1jWgZmO"
"""The bcrypt hash of `PASSWORD` for the user `USER`."""
USER, PASSWORD = "metrics", "made-up-0192"
PORT = 9390
ORIGIN = "https://elsewhere.example"
TRAPS = (
    "no web configuration", "empty web configuration", "password", "no password", "TLS", "old TLS", "only TLS 1.3",
    "certificate demanded", "any certificate", "certificate optional", "loopback", "second address", "admin API",
    "lifecycle", "remote write", "as feature", "origin", "negated switch", "refused",
)  # fmt: skip
_POLICIES = (
    "NoClientCert", "RequestClientCert", "RequireAnyClientCert", "VerifyClientCertIfGiven", "RequireAndVerifyClientCert",
    "RequireAndVerifyClientCert", "RequireClientCert",
)  # fmt: skip
_WRONG_WEB = (
    "basic_auth_users: {metrics: made-up-0192}",
    "basic_auth_users: {}\nbasic_auth_users: {}",
    "basic_auth_users: {metrics: $2b$99$abcdefghijklmnopqrstuun80YGF0cS0ofV.1sxVlCYKmJ1jWgZmO}",
    "tls_server_config: {cert_file: server.crt}",
    "tls_server_config: {key_file: server.key}",
    "tls_server_config: {client_auth_type: NoClientCert}",
    "tls_server_config: {min_version: TLSv1}",
    "tls_server_config: {min_version: TLS1.2}",
    "tls_server_config: {cert_file: server.crt, key_file: server.key, client_ca_file: ca.crt}",
    "tls_server_config: {cert_file: server.crt, key_file: server.key, client_auth_type: Require}",
    "tls_server_config: {cert_file: server.crt, key_file: server.key, cipher_suites: TLS_RSA_WITH_RC4_128_SHA}",
    "tls_config: {}",
    "basic_auth_users: [metrics]",
    "basic_auth_users: {metrics: [a]}",
    "tls_server_config: text",
    "http_server_config: []",
    "http_server_config: {headers: {X-Own: a}}",
    "http_server_config: {headers: {X-Frame-Options: DENY}}",
    "http_server_config: {headers: {X-Content-Type-Options: sniff}}",
)
_WRONG_FLAGS = (
    ["--web.enable-admin-api=true"],
    ["--web.enable-lifecycle", "false"],
    ["--web.enable-lifecycle", "--no-web.enable-lifecycle"],
    ["-web.enable-lifecycle"],
    ["--web.cors.origin=a", "--web.cors.origin", "b"],
)


@dataclass
class Case:
    """Flags, the text of the web configuration (None: no flag for it), and the traps in them."""

    flags: list[str]
    web: str | None
    traps: set[str] = field(default_factory=set[str])


def make(random: Random) -> Case:
    """Make one case."""
    case = Case([], None)
    host = random.choice(["127.0.0.1", "localhost", "", "0.0.0.0", SECOND_ADDRESS, SECOND_ADDRESS])  # tried
    case.traps.add("loopback" if host in {"127.0.0.1", "localhost"} else "second address")
    _say(case, random, "web.listen-address", f"{host}:{PORT}")
    _switches(case, random)
    if random.random() < 0.3:
        case.traps.add("origin")
        origin = random.choice(
            ["https://.*example", "https://(a|elsewhere).example", "elsewhere.example", "https://own.example"]
        )
        _say(case, random, "web.cors.origin", origin)
    if random.random() < 0.85:
        case.web = _web(case, random)
    else:
        case.traps.add("no web configuration")
    if random.random() < 0.08:
        case.traps.add("refused")
        wrong = random.choice(_WRONG_FLAGS)
        name = wrong[0].lstrip("-").partition("=")[0].removeprefix("no-")
        case.flags = [flag for flag in case.flags if name not in flag or name == "web.cors.origin"]
        case.flags += wrong
    return case


def _say(case: Case, random: Random, name: str, value: str) -> None:
    case.flags += random.choice([[f"--{name}={value}"], [f"--{name}", value]])


def _switches(case: Case, random: Random) -> None:
    for name, trap in (
        ("web.enable-admin-api", "admin API"),
        ("web.enable-lifecycle", "lifecycle"),
        ("web.enable-remote-write-receiver", "remote write"),
    ):
        chance = random.random()
        if chance < 0.35:
            case.traps.add(trap)
            case.flags.append(f"--{name}")
        elif chance < 0.45:
            case.traps.add("negated switch")
            case.flags.append(f"--no-{name}")
    if random.random() < 0.15:
        case.traps.add("as feature")
        case.flags.append("--enable-feature=exemplar-storage,remote-write-receiver")


def _web(case: Case, random: Random) -> str:
    if random.random() < 0.2:
        case.traps.add("refused")
        return random.choice(_WRONG_WEB) + "\n"
    if random.random() < 0.08:
        case.traps.update({"empty web configuration", "no password"})
        return random.choice(["", "# nothing\n", "---\n", "basic_auth_users:\n"])
    parts: list[str] = []
    if random.random() < 0.5:
        case.traps.add("password")
        parts.append(random.choice([f'basic_auth_users:\n  {USER}: "{HASH}"', f"basic_auth_users: {{{USER}: {HASH}}}"]))
    else:
        case.traps.add("no password")
        parts += random.choice([[], ["basic_auth_users: {}"], ["basic_auth_users:"], ["# basic_auth_users: {a: b}"]])
    if random.random() < 0.75:
        parts.append(_tls(case, random))
    elif random.random() < 0.4:
        parts.append("tls_server_config: {min_version: TLS10}")
    if random.random() < 0.2:
        parts.append("http_server_config:\n  http2: false\n  headers: {X-Frame-Options: deny}")
    random.shuffle(parts)
    return "\n".join(parts) + "\n"


def _tls(case: Case, random: Random) -> str:
    case.traps.add("TLS")
    lines = ["cert_file: server.crt", "key_file: server.key"]
    if random.random() < 0.6:
        policy = random.choice(_POLICIES)
        lines.append(f"client_auth_type: {policy}")
        if policy == "RequireAndVerifyClientCert":
            case.traps.add("certificate demanded")
        elif policy.startswith("Require"):
            case.traps.add("any certificate")
        elif policy != "NoClientCert":
            case.traps.add("certificate optional")
        if policy != "NoClientCert" and (policy == "RequireAndVerifyClientCert" or random.random() < 0.7):
            lines.append("client_ca_file: ca.crt")
    if random.random() < 0.5:
        least = random.choice(["TLS10", "TLS11", "TLS12", "TLS13"])
        case.traps.update({"old TLS"} if least < "TLS12" else {"only TLS 1.3"} if least == "TLS13" else set())
        lines.append(f"min_version: {least}")
    if random.random() < 0.2:
        lines.append(f"max_version: {random.choice(['TLS12', 'TLS13'])}")
    random.shuffle(lines)
    return "tls_server_config:\n" + "\n".join(f"  {line}" for line in lines)
