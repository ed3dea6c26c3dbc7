"""Random configurations of ZooKeeper 3.8 with the traps that a reader can fall into."""

from dataclasses import dataclass, field
from random import Random

from tests.oracle.namespace import SECOND_ADDRESS

PORT = 21810
TLS_PORT = 21811
ADMIN_PORT = 18080
WORDS = ("srvr", "ruok", "conf", "envi", "cons", "dump", "stat", "mntr", "wchs")
_NETTY = "org.apache.zookeeper.server.NettyServerCnxnFactory"
_SASL = "org.apache.zookeeper.server.auth.SASLAuthenticationProvider"
_REFUSED = [
    "maxClientCnxns=60 # a comment",
    "syncEnabled=yes",
    "tickTime=two",
    "standaloneEnabled=on",
    "quorum.auth.serverRequireSasl=true",
    "quorum.auth.learnerRequireSasl=true",
    "enforce.auth.enabled=true",
    "sessionRequireClientSASLAuth=true",
    "enforce.auth.enabled=true\nenforce.auth.schemes=x509",
    "secureClientPortAddress=127.0.0.1",
    "minSessionTimeout=90000\nmaxSessionTimeout=40000",
    "server.1=nothing",
    "dataDir = \\u00",
    "autopurge.purgeInterval=often",
]


@dataclass
class Case:
    """A zoo.cfg, the Java flags behind `java`, and the traps in them."""

    text: str = ""
    flags: list[str] = field(default_factory=list[str])
    traps: set[str] = field(default_factory=set[str])


class Generator:
    """Makes one case; `folder` is where its data will lie, `certificates` where certificates are."""

    def __init__(self, random: Random, folder: str, certificates: str) -> None:
        self.random = random
        self.folder = folder
        self.certificates = certificates
        self.case = Case()

    def make(self) -> Case:
        random, case = self.random, self.case
        lines = [self._line("tickTime", "2000"), self._line("dataDir", f"{self.folder}/data")]
        lines += self._ports()
        lines += self._admin()
        lines += self._words()
        lines += self._authentication()
        lines += random.sample(
            [
                "# skipACL=yes",
                "! maxClientCnxns=0",
                self._line("audit.enable", random.choice(["true", "false"])),
                self._line("autopurge.purgeInterval", "24"),
                "nonsense=1",
                "forceSync=no",
                "requireClientAuthScheme=sasl",
                "server.1=localhost:2888:3888",
            ],
            random.randrange(4),
        )
        if random.random() < 0.3:
            case.traps.add("ACLs skipped")
            lines.append(self._line("skipACL", random.choice(["yes", "yes", "true", "YES"])))
        random.shuffle(lines)
        if random.random() < 0.2:
            case.traps.add("refused")
            lines.append(random.choice(_REFUSED))
        case.text = "\n".join(lines) + random.choice(["", "\n", "\n\n"])
        return case

    def _line(self, name: str, value: str) -> str:
        """Write a setting in one of the spellings that Java accepts."""
        random = self.random
        style = random.randrange(7)
        if style == 0 and len(value) > 1:
            self.case.traps.add("continuation line")
            return f"{name}={value[:1]}\\\n   {value[1:]}"
        if style == 1 and value:
            self.case.traps.add("escape")
            return f"{name}=\\u{ord(value[0]):04x}{value[1:]}"
        return name + random.choice(["=", " = ", ":", " ", "\t", " : "]) + value + random.choice(["", "", " ", "\t"])

    def _repeated(self, name: str, values: list[str]) -> list[str]:
        lines = [self._line(name, self.random.choice(values))]
        if self.random.random() < 0.25:
            self.case.traps.add("duplicate")
            lines.append(self._line(name, self.random.choice(values)))
        return ["\n".join(lines)]

    def _address(self, name: str) -> list[str]:
        if self.random.random() < 0.4:
            return []
        value = self.random.choice(["127.0.0.1", SECOND_ADDRESS, "0.0.0.0", "localhost"])
        self.case.traps.add("second address" if value in {SECOND_ADDRESS, "0.0.0.0"} else "loopback")
        return [self._line(name, value)]

    def _ports(self) -> list[str]:
        random, traps = self.random, self.case.traps
        lines: list[str] = []
        is_secure = random.random() < 0.4
        if not is_secure or random.random() < 0.5:
            lines += self._repeated("clientPort", [str(PORT)])
            lines += self._address("clientPortAddress")
        if is_secure:
            traps.add("TLS")
            lines += [self._line("secureClientPort", str(TLS_PORT)), *self._address("secureClientPortAddress")]
            lines += [
                f"ssl.keyStore.location={self.certificates}/server.pem",
                "ssl.keyStore.type=PEM",
                f"ssl.trustStore.location={self.certificates}/ca.pem",
                "ssl.trustStore.type=PEM",
            ]
            if random.random() < 0.7:
                lines += self._repeated("ssl.clientAuth", ["none", "want", "need", "NEED"])
            if random.random() < 0.9:
                lines.append(self._line("serverCnxnFactory", _NETTY))
        return lines

    def _admin(self) -> list[str]:
        random = self.random
        lines = [self._line("admin.serverPort", str(ADMIN_PORT))]
        if random.random() < 0.5:
            self.case.traps.add("admin server switched")
            lines += self._repeated("admin.enableServer", ["true", "false", "FALSE", "no"])
        if random.random() < 0.4:
            lines.append(self._line("admin.serverAddress", random.choice(["127.0.0.1", SECOND_ADDRESS])))
        return lines

    def _words(self) -> list[str]:
        random, case = self.random, self.case
        values = ["*", "ruok", "ruok , conf", "stat, mntr,envi", "", "cons,*", "dump, nothing"]
        if random.random() < 0.3:
            case.traps.add("Java flag")
            value = random.choice([value for value in values if " " not in value])
            case.flags.append(f"-Dzookeeper.4lw.commands.whitelist={value}")
        return self._repeated("4lw.commands.whitelist", values) if random.random() < 0.6 else []

    def _authentication(self) -> list[str]:
        random, traps = self.random, self.case.traps
        lines: list[str] = []
        has_provider = random.random() < 0.4
        if has_provider:
            lines.append(self._line(f"authProvider.{random.choice(['1', 'sasl'])}", _SASL))
        if random.random() < 0.4:
            traps.add("login enforced")
            if has_provider and random.random() < 0.5:
                lines += self._repeated("sessionRequireClientSASLAuth", ["true", "TRUE", "false", "yes"])
            else:
                lines.append(self._line("enforce.auth.enabled", random.choice(["true", "True", "yes"])))
                lines.append(self._line("enforce.auth.schemes", random.choice(["digest", "ip", "sasl", "ip, sasl"])))
        return lines
