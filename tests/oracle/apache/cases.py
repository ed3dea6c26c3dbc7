"""Random configurations of Apache 2.4 with the traps that a reader can fall into."""

from dataclasses import dataclass, field
from random import Random

from tests.oracle.namespace import SECOND_ADDRESS

MODULES = (
    "mpm_event", "authz_core", "authz_host", "authz_user", "authn_core", "authn_file", "auth_basic", "access_compat",
    "alias", "autoindex", "headers", "ssl", "mime", "dir", "socache_shmcb", "setenvif",
)  # fmt: skip
LOGIN = ("nurse", "sample-password")
PLAIN, TLS = 8080, 8443
FOLDERS = ("", "a/", "a/b/", "c/", "alias/")
REFUSED = [
    "Options Indexes -FollowSymLinks", "Bogus on", "ServerSignature Off # comment", "Options Sometimes",
    "<Limit GET>\nRequire all granted", "RewriteEngine On", "Order allow, deny", "TraceEnable maybe",
]  # fmt: skip


@dataclass
class Case:
    """Files by name below the case's folder, and the traps in them."""

    files: dict[str, str] = field(default_factory=dict[str, str])
    traps: set[str] = field(default_factory=set[str])


class Generator:
    """Makes one case. `folder` is where its files will lie, `certificate` a PEM file with key."""

    def __init__(self, random: Random, folder: str, certificate: str) -> None:
        self.random = random
        self.folder = folder
        self.certificate = certificate
        self.case = Case()

    def make(self) -> Case:
        random, case = self.random, self.case
        head = [f"ServerRoot {self.folder}", f"DefaultRuntimeDir {self.folder}", f"PidFile {self.folder}/pid"]
        head += [f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so" for name in MODULES]
        head += [f"Listen {PLAIN}", f"Listen {TLS}", "ServerName main.example", "User www-data", "Group www-data"]
        head += [
            f"ErrorLog {self.folder}/error.log",
            f"DocumentRoot {self.folder}/www",
            "StartServers 1",
            "TypesConfig /dev/null",
        ]
        head += [f"SSLCertificateFile {self.certificate}", 'SSLCipherSuite "ALL:@SECLEVEL=0"', "ThreadsPerChild 4"]
        head += ["ServerLimit 1", "MaxRequestWorkers 4", "MinSpareThreads 1", "MaxSpareThreads 4"]
        body = self._server() + self._sections(self.random.randrange(1, 5))
        body += self._hosts()
        if random.random() < 0.12:
            body.insert(random.randrange(len(body) + 1), random.choice(REFUSED))
            case.traps.add("refused")
        body = self._include(body)
        case.files["httpd.conf"] = "\n".join([*head, *body]) + "\n"
        if random.random() < 0.35:
            case.traps.add(".htaccess")
            where = random.choice(FOLDERS[:-1])
            case.files[f"www/{where}.htaccess"] = "\n".join(self._directives(random.randrange(1, 3), "htaccess")) + "\n"
        return case

    def _server(self) -> list[str]:
        random = self.random
        lines: list[str] = []
        if random.random() < 0.4:
            lines.append(self._case(f"TraceEnable {random.choice(['on', 'off', 'extended', 'Off'])}"))
        if random.random() < 0.5:
            lines.append(self._header())
        if random.random() < 0.5:
            lines.append(self._protocol())
        if random.random() < 0.3:
            lines.append(f"SSLEngine {random.choice(['on', 'off'])}")
        if random.random() < 0.4:
            lines.append(f'Alias /alias "{self.folder}/other"')
        if random.random() < 0.3:
            self.case.traps.add("condition")
            module = random.choice(["headers_module", "mod_ssl.c", "!mod_rewrite.c", "rewrite_module", "!ssl_module"])
            lines += [
                f"<IfModule {module}>",
                self._header(),
                random.choice(["TraceEnable off", "ServerTokens Prod"]),
                "</IfModule>",
            ]
        if random.random() < 0.3:
            self.case.traps.add("variable")
            value = random.choice(["all denied", "all granted"])
            lines += [
                "Define PLACE /a",
                "Define SWITCH off",
                "<IfDefine SWITCH>",
                "TraceEnable ${SWITCH}",
                "</IfDefine>",
            ]
            lines += ["<Location ${PLACE}>", f"Require {value}", "</Location>", "Define SWITCH on"]
            if random.random() < 0.5:
                lines.append("Define PLACE /c")
        return lines

    def _case(self, line: str) -> str:
        name, _, rest = line.partition(" ")
        if self.random.random() < 0.2:
            self.case.traps.add("case")
            name = name.upper()
        if self.random.random() < 0.1:
            self.case.traps.add("continuation")
            return f"{name} \\\n   {rest}"
        return f"{name} {rest}"

    def _protocol(self) -> str:
        self.case.traps.add("TLS versions")
        words = [
            "all",
            "-all",
            "TLSv1.2",
            "+TLSv1.2",
            "-TLSv1.2",
            "+TLSv1.3",
            "TLSv1.3",
            "-TLSv1.3",
            "-TLSv1",
            "+tlsv1.1",
        ]
        return "SSLProtocol " + " ".join(self.random.sample(words, self.random.randrange(1, 4))) + " +TLSv1.2"

    def _header(self) -> str:
        self.case.traps.add("headers")
        random = self.random
        name = random.choice(["X-One", "X-Two"])
        return random.choice(
            [
                f"Header set {name} a", f"Header always set {name} b", f"Header unset {name}", f"Header append {name} c",
                f"Header always unset {name}", f'Header add {name} "d e"', f"Header onsuccess set {name} f",
                f"Header setifempty {name} g",
            ]
        )  # fmt: skip

    def _require(self) -> str:
        random = self.random
        rules = [
            "all granted", "all denied", "ip 127.0.0.1", "ip 10.99", f"ip {SECOND_ADDRESS}/32", "local", "valid-user",
            "user nurse", "user doctor", "method GET", "ip 127.0.0.0/255.0.0.0", "ip 192.0.2",
        ]  # fmt: skip
        return f"Require {random.choice(rules)}"

    def _access(self, depth: int = 0) -> list[str]:
        random = self.random
        lines: list[str] = []
        for _ in range(random.randrange(1, 4)):
            if depth < 2 and random.random() < 0.3:
                self.case.traps.add("groups")
                kind = random.choice(["RequireAll", "RequireAll", "RequireAny"])
                inner = self._access(depth + 1)
                if kind == "RequireAll":
                    inner += random.choice(
                        [
                            [],
                            [self._require().replace("Require ", "Require not ")],
                            ["<RequireNone>", self._require(), "</RequireNone>"],
                        ]
                    )
                lines += [f"<{kind}>", *inner, f"</{kind}>"]
            elif random.random() < 0.02:
                lines.append(self._require().replace("Require ", "Require not "))
            else:
                lines.append(self._require())
        return lines

    def _directives(self, count: int, where: str = "section") -> list[str]:
        random = self.random
        lines: list[str] = []
        for _ in range(count):
            kind = random.randrange(8)
            if kind <= 1:
                lines += self._access()
            elif kind == 2:
                lines += ["AuthType Basic", "AuthName a", f"AuthUserFile {self.folder}/users"]
                lines += [self._require()] if random.random() < 0.7 else []
            elif kind == 3:
                self.case.traps.add("options")
                words = ["Indexes", "FollowSymLinks", "Includes", "MultiViews"]
                sign = random.choice(["", "", "+", "-"])
                chosen = [sign + word for word in random.sample(words, random.randrange(1, 3))]
                lines.append("Options " + random.choice([" ".join(chosen), " ".join(chosen), "None", "All"]))
            elif kind == 4:
                lines.append(self._header())
            elif kind == 5:
                self.case.traps.add("old access rules")
                rules = [
                    "Deny from all",
                    "Allow from all",
                    "Allow from 127.0.0.1",
                    f"Deny from {SECOND_ADDRESS}",
                    "Deny from 10",
                ]
                lines += random.sample(rules, random.randrange(1, 3))
                lines += random.choice([[], ["Order allow,deny"], ["Order deny,allow"], ["Order Mutual-Failure"]])
                lines += random.choice([[], [], ["Satisfy any"], ["Satisfy All"]])
            elif kind == 6 and where == "section":
                self.case.traps.add("methods")
                limit = random.choice(["Limit GET", "LimitExcept GET", "Limit POST OPTIONS"])
                lines += [f"<{limit}>", *self._access(2), f"</{limit.split()[0]}>"]
            elif kind == 7 and where == "section":
                lines.append(
                    random.choice(
                        [
                            "AllowOverride All",
                            "AllowOverride None",
                            "AllowOverride AuthConfig",
                            "AuthMerging And",
                            "AuthMerging Or",
                        ]
                    )
                )
        return lines

    def _sections(self, count: int) -> list[str]:
        random = self.random
        lines: list[str] = []
        for _ in range(count):
            kind = random.randrange(6)
            folder = random.choice(
                [
                    "/",
                    f"{self.folder}/www",
                    f"{self.folder}/www/a",
                    f"{self.folder}/www/a/b",
                    f"{self.folder}/other",
                    f"{self.folder}/*/a",
                ]
            )
            if kind <= 2:
                self.case.traps.add("Directory")
                opening = f'Directory "{folder}"'
            elif kind == 3:
                self.case.traps.add("Location")
                opening = f"Location {random.choice(['/', '/a', '/a/', '/a/b', '/c', '/*/b'])}"
            elif kind == 4:
                opening = random.choice(['Files "f.*"', "Files g.txt", 'FilesMatch "^f"', 'FilesMatch "[.]txt$"'])
            else:
                opening = random.choice(['LocationMatch "^/a"', 'DirectoryMatch "/www/a"', 'LocationMatch "b/"'])
            name = opening.split()[0]
            inner = self._directives(random.randrange(1, 4))
            if name.startswith(("Files", "Location")):
                inner = [line for line in inner if not line.startswith("AllowOverride")]
            lines += [f"<{opening}>", *inner, f"</{name}>"]
        return lines

    def _hosts(self) -> list[str]:
        random = self.random
        lines: list[str] = []
        addresses = [f"*:{PLAIN}", f"*:{TLS}", f"*:{TLS}", f"*:{PLAIN} *:{TLS}", f"{SECOND_ADDRESS}:{PLAIN}", "*"]
        for number in range(random.randrange(0, 4)):
            self.case.traps.add("virtual hosts")
            lines += [
                f"<VirtualHost {random.choice(addresses)}>",
                f"ServerName {random.choice(['one', 'two'])}.example",
            ]
            lines += random.choice([[], ["SSLEngine on"], ["SSLEngine on", self._protocol()], ["SSLEngine off"]])
            lines += random.choice([[], [self._header()], ["TraceEnable off"]])
            lines += random.choice([[], [f"DocumentRoot {self.folder}/other"]])
            lines += self._sections(random.randrange(0, 3))
            lines += [f"# host {number}", "</VirtualHost>"]
        return lines

    def _include(self, body: list[str]) -> list[str]:
        random = self.random
        tops = [0]
        depth = 0
        for number, line in enumerate(body, 1):
            depth += line.startswith("<") and not line.startswith("</")
            depth -= line.startswith("</")
            if depth == 0:
                tops.append(number)
        if random.random() < 0.6 or len(tops) < 3:
            return body
        self.case.traps.add("include")
        first, last = sorted(random.sample(tops, 2))
        if random.random() < 0.5:
            self.case.files["conf.d/10-part.conf"] = "\n".join(body[first:last]) + "\n"
            line = random.choice(["Include conf.d/*.conf", "IncludeOptional conf.d/1*.conf", "Include conf.d"])
        else:
            self.case.files["part.conf"] = "\n".join(body[first:last]) + "\n"
            line = random.choice(["Include part.conf", f'include "{self.folder}/part.conf"'])
        return [*body[:first], line, *body[last:]]
