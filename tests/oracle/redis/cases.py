"""Random configurations of redis-server 7.0 with the traps that a reader can fall into."""

from dataclasses import dataclass, field
from random import Random

from auditor.technologies.redis.words import quote
from tests.oracle.namespace import SECOND_ADDRESS

PROBE = ("probe", "probe-sample-password")
"""A user that the test adds where there are ACL rules, so that it can always ask the server."""
_PASSWORDS = ["sample-password", "fo#o bar", "two words", 'quo"te', "back\\slash", "tab\there", "ünïcode"]
_FREE_WORDS = ["sample-password", "foo#bar", "it's", "plain"]

_CHOICES: dict[str, list[str]] = {
    "protected-mode": ["yes", "no", "no"],
    "appendfsync": ["always", "everysec", "no"],
    "no-appendfsync-on-rewrite": ["yes", "no"],
    "rdbchecksum": ["yes", "no"],
    "stop-writes-on-bgsave-error": ["yes", "no"],
    "maxmemory": ["0", "100mb", "1g", "1GB", "10k", "64Mb", "1000000", "5b"],
    "maxmemory-policy": ["allkeys-lru", "noeviction", "volatile-ttl", "allkeys-random"],
    "loglevel": ["warning", "notice", "verbose", "debug"],
    "enable-debug-command": ["yes", "no", "local"],
    "enable-module-command": ["yes", "no", "local"],
    "enable-protected-configs": ["yes", "no", "local"],
    "acl-pubsub-default": ["allchannels", "resetchannels"],
    "acllog-max-len": ["0", "128", "5"],
    "min-replicas-to-write": ["0", "1", "2"],
    "min-slaves-max-lag": ["5", "10"],
    "slave-read-only": ["yes", "no"],
    "timeout": ["0", "300"],
    "unixsocketperm": ["700", "777", "0770"],
    "syslog-enabled": ["no"],
    "masterauth": ["sample-password", "other-sample"],
    "maxclients": ["100", "500"],
    "appendonly": ["no", "no", "yes"],
    "masteruser": ["replica"],
    "supervised": ["no"],
    "tcp-keepalive": ["60"],
    "replica-priority": ["10"],
}
_REFUSED = [
    "port 7001 # inline comment",
    "protected-mode maybe",
    'requirepass "open',
    'loglevel "notice"x',
    "requirpass sample",
    "appendfsync sometimes",
    "maxmemory 10q",
    "save 900",
    "save 0 1",
    "timeout -1",
    "timeout 010",
    "unixsocketperm 999",
    "user broken on nonsense",
    "user twice on\nuser twice off",
    "user keys ~* ~app:*",
    "user hash #abc",
    "replicaof host",
    "sentinel monitor main 127.0.0.1 6379 2",
    "rename-command CONFIG",
    "include",
    "bind",
    "min-replicas-to-write",
    "tls-port 7002",
    "user open (~a +get",
]


@dataclass
class Case:
    """Files by name, the arguments behind the program's name, and the traps in them."""

    files: dict[str, str]
    arguments: list[str]
    traps: set[str] = field(default_factory=set[str])
    logins: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """User and password pairs, one of which opens the server."""


class Generator:
    """Makes one case. `folder` is where its files will lie, `certificates` where certificates are."""

    def __init__(self, random: Random, folder: str, certificates: str, port: int) -> None:
        self.random = random
        self.folder = folder
        self.certificates = certificates
        self.port = port
        self.case = Case({}, [])
        self.has_users = False

    def make(self) -> Case:
        random, case = self.random, self.case
        main = [f"port {self.port}", f"dir {self.folder}"]
        body = self._settings()
        body += self._authentication()
        body += self._network()
        body += self._tls()
        body += self._saves()
        random.shuffle(body)
        if random.random() < 0.15:
            body.insert(random.randrange(len(body) + 1), random.choice(_REFUSED))
            case.traps.add("refused")
        main += self._includes(body)
        main.append(f"unixsocket {self.folder}/s")
        arguments = self._flags()
        case.files["redis.conf"] = "\n".join(main) + "\n"
        case.arguments = [f"{self.folder}/redis.conf", *arguments]
        return case

    def _line(self, name: str, value: str) -> str:
        """Write a setting in one of the spellings that the server accepts."""
        random, traps = self.random, self.case.traps
        if random.random() < 0.25:
            traps.add("case")
            name = "".join(random.choice((c.upper(), c)) for c in name)
            if name.lower() in _CHOICES and name.lower() not in {"masterauth", "masteruser", "maxmemory"}:
                value = value.upper()
        needs = not value or any(c in value for c in " \t\"'\\") or not value.isascii()
        if needs or random.random() < 0.2:
            traps.add("quoting")
            value = self._quoted(value)
        blank = random.choice([" ", "  ", "\t"])
        return f"{random.choice(['', '', '  '])}{name}{blank}{value}{random.choice(['', '', ' '])}"

    def _quoted(self, value: str) -> str:
        style = self.random.randrange(3)
        if style == 0 and "'" not in value and "\\" not in value:
            return f"'{value}'"
        if style == 1:
            return '"' + "".join(f"\\x{byte:02x}" for byte in value.encode()) + '"'
        return quote(value)

    def _settings(self) -> list[str]:
        random = self.random
        lines: list[str] = []
        for name in random.sample(sorted(_CHOICES), random.randrange(2, 9)):
            lines.append(self._line(name, random.choice(_CHOICES[name])))
            if random.random() < 0.2:
                self.case.traps.add("duplicate")
                lines.append(self._line(name, random.choice(_CHOICES[name])))
        if random.random() < 0.15:
            lines.append("# requirepass commented-out")
        if random.random() < 0.12:
            lines.append(random.choice(["slaveof 127.0.0.1 1", "replicaof 127.0.0.1 1", "REPLICAOF no one"]))
        if random.random() < 0.06:
            lines.append("cluster-enabled yes")
        if random.random() < 0.12:
            lines.append(
                random.choice(['rename-command KEYS ""', "Rename-Command keys HIDDEN", "rename-command FLUSHALL ''"])
            )
        return lines

    def _password(self) -> str:
        password = self.random.choice(_PASSWORDS)
        self.case.logins.append(("default", password))
        return password

    def _authentication(self) -> list[str]:
        random, case = self.random, self.case
        lines: list[str] = []
        if random.random() < 0.5:
            lines.append(self._line("requirepass", self._password()))
            if random.random() < 0.3:
                case.traps.add("duplicate")
                lines.append(self._line("requirepass", random.choice(["", self._password()])))
        kind = random.random()
        if kind < 0.3:
            self.has_users = True
            lines += self._users(quoted=True)
        elif kind < 0.55:
            self.has_users = True
            case.traps.add("aclfile")
            case.files["users.acl"] = "\n".join(self._users(quoted=False)) + random.choice(["", "\n", "\n\n"])
            lines.append(self._line("aclfile", f"{self.folder}/users.acl"))
        return lines

    def _users(self, *, quoted: bool) -> list[str]:
        random = self.random
        lines = [f"user {PROBE[0]} on >{PROBE[1]} ~* &* +@all"]
        self.case.logins.append(PROBE)
        names = ["default"] if random.random() < 0.6 else []
        names += random.sample(["api", "Reports", "ops"], random.randrange(0, 3))
        for name in names:
            rules = [self._rule(quoted=quoted) for _ in range(random.randrange(1, 7))]
            keyword = random.choice(["user", "USER", "User"]) if quoted else "user"
            lines.append(f"{keyword} {name} {' '.join(rules)}")
        random.shuffle(lines)
        return lines

    def _rule(self, *, quoted: bool) -> str:
        random = self.random
        word = random.choice(_FREE_WORDS)
        rules = [
            "on", "on", "ON", "off", "nopass", "nopass", "resetpass", "+@all", "+@all", "allcommands", "-@all", "nocommands",
            "-@dangerous", "-@admin", "+@read", "+@write", "-flushall", "+get", "+config|get", "~app:*", "allkeys", "~*",
            "%R~cache:*", "resetkeys", "&events", "allchannels", "resetchannels", "reset", f">{word}", f">{word}",
            "sanitize-payload", "+@dangerous", "(~sel:* +get)", "clearselectors", "#" + "0a" * 32,
        ]  # fmt: skip
        rule = random.choice(rules)
        if quoted and (rule[0] in "('" or "'" in rule or random.random() < 0.1):
            self.case.traps.add("quoting")
            return quote(rule)
        return rule

    def _network(self) -> list[str]:
        random, traps = self.random, self.case.traps
        choices = {
            "127.0.0.1": "loopback",
            "127.0.0.1 -::1": "loopback",
            SECOND_ADDRESS: "second address",
            f"127.0.0.1 {SECOND_ADDRESS}": "second address",
            "0.0.0.0": "second address",
            "* -::*": "second address",
            "*": "second address",
            "-10.99.9.9 127.0.0.1": "loopback",
        }
        lines: list[str] = []
        for _ in range(random.choice([0, 1, 1, 1, 2])):
            value = random.choice(list(choices))
            traps.add(choices[value])
            words = value.split()
            if len(words) > 1 and random.random() < 0.2:
                traps.add("quoting")
                lines.append(f"bind {quote(value)}")
            else:
                lines.append(f"{random.choice(['bind', 'bind', 'BIND'])} {value}")
        if len(lines) > 1:
            traps.add("duplicate")
        return lines

    def _tls(self) -> list[str]:
        random = self.random
        if random.random() < 0.65:
            self.case.traps.add("TLS off")
            return []
        self.case.traps.add("TLS on")
        lines = [
            f"tls-port {self.port + 1}",
            f"tls-cert-file {self.certificates}/server.crt",
            f"tls-key-file {self.certificates}/server.key",
        ]
        if random.random() < 0.95:
            lines.append(f"tls-ca-cert-file {self.certificates}/ca.crt")
        if random.random() < 0.7:
            lines.append(self._line("tls-auth-clients", random.choice(["no", "optional", "yes"])))
        if random.random() < 0.3:
            lines.append(f'tls-protocols "{random.choice(["TLSv1.2", "TLSv1.2 TLSv1.3", "tlsv1.3", "TLSv9"])}"')
        if random.random() < 0.3:
            lines.append("tls-replication yes")
        if random.random() < 0.4:
            lines.append("port 0")
        return lines

    def _saves(self) -> list[str]:
        random = self.random
        options = ["save 900 1", "save 60 10000", 'save ""', "save 300 10 60 5", 'SAVE "20 2"', "save '100 1 50 2'"]
        lines = [random.choice(options) for _ in range(random.choice([0, 0, 1, 2, 3]))]
        if len(lines) > 1:
            self.case.traps.add("duplicate")
        return lines

    def _includes(self, body: list[str]) -> list[str]:
        random, case = self.random, self.case
        if random.random() < 0.55 or not body:
            return body
        case.traps.add("include")
        cut = sorted(random.sample(range(len(body) + 1), 2))
        inner = body[cut[0] : cut[1]]
        if random.random() < 0.3 and len(inner) > 1:
            case.files["deep.conf"] = inner.pop() + "\n"
            inner.insert(0, f"include {self.folder}/deep.conf")
        if random.random() < 0.3:
            case.files["conf.d/10-part.conf"] = "\n".join(inner[: len(inner) // 2]) + "\n"
            case.files["conf.d/20-part.conf"] = "\n".join(inner[len(inner) // 2 :]) + "\n"
            included = f"include {self.folder}/conf.d/*.conf"
        else:
            case.files["part.conf"] = "\n".join(inner) + "\n"
            included = f'Include "{self.folder}/part.conf"'
        empty = [f"include {self.folder}/nothing-here-*.conf"] if random.random() < 0.2 else []
        return [*body[: cut[0]], *empty, included, *body[cut[1] :]]

    def _flags(self) -> list[str]:
        random = self.random
        if random.random() < 0.5:
            return []
        self.case.traps.add("override by flag")
        arguments: list[str] = []
        for _ in range(random.randrange(1, 4)):
            kind = random.randrange(9)
            if kind == 0:
                arguments += ["--requirepass", random.choice(["", self._password()])]
            elif kind == 1:
                arguments += [
                    "--bind",
                    *random.choice([["127.0.0.1"], [SECOND_ADDRESS], ["127.0.0.1", SECOND_ADDRESS]]),
                ]
            elif kind == 2:
                arguments += random.choice([["--save", ""], ["--save"], ["--save", "90", "3"], ["--save", "90 3 40 4"]])
            elif kind == 3:
                arguments += ["--protected-mode", random.choice(["no", "yes", "NO"])]
            elif kind == 4:
                arguments.append(random.choice(["--appendfsync always", "--loglevel warning", "--Timeout  7"]))
            elif kind == 5:
                self.case.traps.add("include")
                self.case.files["flag.conf"] = self._line("timeout", "77") + "\n" + random.choice(["save 5 5", ""])
                arguments += ["--include", f"{self.folder}/flag.conf"]
            else:
                name = random.choice(sorted(_CHOICES))
                arguments += [f"--{name}", random.choice(_CHOICES[name])]
        return arguments
