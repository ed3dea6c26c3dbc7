"""Random configurations of HAProxy 2.6 with the traps that a reader can fall into."""

from dataclasses import dataclass, field
from random import Random

PLAIN, OTHER, LOCAL, SECURE, SECOND_SECURE = 7080, 7081, 7082, 7443, 7444
PORTS = (PLAIN, OTHER, LOCAL, SECURE, SECOND_SECURE)
CLEAR_SERVER, TLS_SERVER, WRONG_SERVER = 7900, 7901, 7902
LOG = 7514
PATHS = [
    "/", "/x.html", "/a/x.html", "/a/b/x.html", "/ab/x.html", "/A/X.HTML", "/img/p.png", "/b/c", "/up", "/stats",
    "/haproxy?stats", "/watch;csv", "/health", "/metrics", "/.well-known/acme-challenge/token",
]  # fmt: skip
HOSTS = ["a.example", "A.Example", "b.example", "www.a.example", "other.test"]
ENVIRONMENT = {"HAP_ON": "1", "HAP_PATH": "/a", "HAP_METHODS": "GET PUT", "HAP_EMPTY": ""}
_CONDITIONS = [
    "{ ssl_fc }", "!{ ssl_fc }", "{ ssl_fc,not }", "{ path_beg /a }", "{ path_beg -i /a /img }", "{ path /a/b/x.html /up }",
    "{ path_end .png .html }", "{ path_dir b }", "{ path_sub b/x }", "{ path,lower -m beg /a/x }", "{ path -m end html }",
    "{ path -i -m str /a/x.html }", "{ url_beg /haproxy?st }", "{ path_beg /haproxy?st }", "{ base_beg a.example/a }",
    "{ hdr(host) -i a.example }", "{ hdr(host) a.example }", "{ hdr_beg(host) www. }", "{ hdr_end(host) -i .example }",
    "{ hdr_dom(host) -i a }", "{ src 10.99.0.0/16 }", "{ src 127.0.0.0/8 10.0.0.1 }", "LOCALHOST", "METH_GET",
    "{ method PUT }", "{ method GET PUT }", "{ http_auth(staff) }", "!{ http_auth(staff) }", "{ dst_port 7080 }",
    "{ dst_port 7081:7443 }", "{ dst_port gt 7400 }", "{ dst_port le 7081 }", "TRUE", "FALSE", "HTTP_1.1",
    "{ ssl_c_used }", "{ always_true }", "{ path -m found }", "HTTP_URL_SLASH", "{ bool(0) }", "{ str(x) -m str y x }",
]  # fmt: skip
_REFUSED = [
    "http-request deny if nobody_declared_this", "use_backend nowhere if TRUE", "server s 127.0.0.1:1 ssl",
    "mode teletype", "timeout client soon", "timeout client 15x", "http-request deny if", "http-request auth unless { http_auth(nolist) }",
    "bind 127.0.0.1:7999 ssl", "bind 127.0.0.1:7999 ssl crt {site} ssl-min-ver TLSv9",
    "bind 127.0.0.1:7999 ssl crt {site} verify required", 'acl open "path_beg /a', "bind", "stats admin always",
    "bind 127.0.0.1:7999 ssl crt {site} no-tlsv12 no-tlsv13", "bind 127.0.0.1:7999 ssl crt {site} verify maybe",
    "acl x path_beg \\xZZ", 'acl x path_beg "$"', 'acl x path_beg "${HAP_PATH"', ".else", "frontend", '.alert "stop"',
    "default_backend nowhere", ".if 1\nacl y TRUE", "use_backend b0 always",
    "server s 127.0.0.1:1 verify maybe",
]  # fmt: skip


@dataclass
class Case:
    """Files by name, in the order in which they are read, and the traps in them."""

    files: dict[str, str]
    traps: set[str] = field(default_factory=set[str])


class Generator:
    """Makes one case from a random source; `folder` holds the certificates."""

    def __init__(self, random: Random, folder: str) -> None:
        self.random = random
        self.folder = folder
        self.traps: set[str] = set()
        self.backends: list[str] = []
        self.acls: list[str] = []

    def chance(self, percent: int) -> bool:
        return self.random.randrange(100) < percent

    def one_of(self, *choices: str) -> str:
        return self.random.choice(choices)

    def trap(self, name: str, text: str) -> str:
        self.traps.add(name)
        return text

    def make(self) -> Case:
        self.backends = [f"b{number}" for number in range(self.random.randint(1, 3))]
        first = [self.globals(), *self.userlist()]
        names, ruled = [""], list[str]()
        first.append(self.defaults("", rules=False))
        if self.chance(60):
            names.append("from web")
            first.append(self.defaults("web", rules=self.chance(3)))
            ruled.append("from ruled")
            parent = "ruled from web" if self.chance(50) else "ruled"
            first.append(self.defaults(parent, rules=True, statistics=parent == "ruled"))
            if self.chance(50):
                names.append("from narrow")
                text = self.defaults(f"narrow from {self.one_of(*['web'] * 20, 'ruled')}", rules=False, settings=False)
                first.append(self.trap("defaults of defaults", text))
            first.append(self.trap("named defaults", self.defaults("", rules=False)))
        second: list[str] = []
        groups = [[PLAIN, SECURE], [OTHER], [LOCAL, SECOND_SECURE]]
        for number, ports in enumerate(groups[: self.random.randint(1, 3)]):
            kind = "listen" if self.chance(25) else "frontend"
            parents = [*names, *ruled] if kind == "frontend" or self.chance(3) else names
            second.append(
                self.proxy(f"{kind} f{number} {self.random.choice(parents)}", ports, own_servers=kind == "listen")
            )
            if number == 0 and self.chance(30):
                second.append(self.trap("defaults in between", self.defaults("", rules=False)))
        others = [*names, *ruled] if self.chance(4) else names
        backends = [self.backend(name, self.random.choice(others)) for name in self.backends]
        if self.chance(50):
            second = [*backends, *second]
        else:
            second += backends
        if self.chance(20):
            second.append(
                self.trap("global behind the proxies", "global\n  ssl-default-bind-options ssl-min-ver TLSv1.0\n")
            )
        if self.chance(15):
            place = self.random.choice([i for i, text in enumerate(second) if not text.startswith("global")])
            bad = self.one_of(*_REFUSED).replace("{site}", f"{self.folder}/site.pem")
            second[place] += self.trap("refused", f"  {bad}\n")
        if self.chance(25):
            self.traps.add("several files")
            return Case({"10-first.cfg": "\n".join(first), "20-second.cfg": "\n".join(second)}, self.traps)
        text = "\n".join([*first, *second])
        if self.chance(3):
            text = self.trap("no line feed", text.rstrip("\n"))
        return Case({"haproxy.cfg": text}, self.traps)

    def globals(self) -> str:
        lines = [
            "global",
            "  maxconn 200",
            "  tune.ssl.default-dh-param 2048",
            "  ssl-default-bind-ciphers ALL:@SECLEVEL=0",
        ]
        if self.chance(75):
            lines.append(f"  log 127.0.0.1:{LOG} local0{self.level()}")
        if self.chance(50):
            lines.append(f"  ssl-default-bind-options {self.versions()}")
        if self.chance(25):
            lines.append(
                self.trap("ssl-server-verify", f"  ssl-server-verify {self.one_of('none', 'none', 'required')}")
            )
        if self.chance(40):
            lines.append(
                self.trap("setenv", f"  {self.one_of('setenv', 'presetenv')} HAP_PATH {self.one_of('/b', '/img')}")
            )
        socket = f"  stats socket {self.folder}/api.sock"
        lines.append(
            f"{socket} {self.one_of('', 'mode 600', 'mode 666', 'mode 660')} {self.one_of('', 'level admin', 'level user', 'level operator')}"
        )
        return "\n".join(lines) + "\n"

    def level(self) -> str:
        if self.chance(50):
            return ""
        return self.trap("levels of the log", " " + self.one_of("info", "notice", "err", "debug", "debug notice"))

    def userlist(self) -> list[str]:
        return ["userlist staff\n  user nurse insecure-password sample\n"]

    def defaults(self, name: str, *, rules: bool, settings: bool = True, statistics: bool = True) -> str:
        # With `from`, HAProxy 2.6 writes statistics into the section that is taken over as well: left out.
        lines = [f"defaults {name}"]
        if settings:
            lines += [
                "  mode http",
                "  retries 0",
                "  timeout connect 2s",
                "  timeout client 60s",
                "  timeout server 60s",
            ]
            lines += self.logging()
            if statistics and self.chance(12):
                lines += self.trap("statistics in defaults", self.statistics("defaults")).split("\n")
            if self.chance(15):
                lines.append(f"  monitor-uri {self.random.choice(['/health', '/up'])}")
            if self.chance(20):
                lines.append(f"  default-server {self.server_words()}")
        elif self.chance(40):
            lines.append("  mode http")
        else:
            lines.append("  option dontlog-normal")
        if rules and self.chance(70):
            lines.append(self.rule(named=False))
        if rules and self.chance(30):
            lines.append(self.trap("headers in defaults", self.header()))
        return "\n".join(lines) + "\n"

    def logging(self) -> list[str]:
        lines: list[str] = []
        if self.chance(70):
            lines.append("  log global")
        if self.chance(20):
            lines.append(f"  log 127.0.0.1:{LOG} len 2048 local1{self.level()}")
        if self.chance(75):
            lines.append("  option httplog")
        if self.chance(20):
            lines.append(self.trap("dontlog-normal", "  option dontlog-normal"))
        return lines

    def proxy(self, head: str, ports: list[int], *, own_servers: bool) -> str:
        lines = [head]
        self.acls = []
        lines += [self.bind(port) for port in ports]
        for number in range(self.random.randint(0, 3)):
            name = f"acl{self.random.randrange(2)}" if number else "acl0"
            self.acls.append(name)
            condition = self.one_of(*(c for c in _CONDITIONS if c.startswith("{")))
            lines.append(f"  acl {name} {self.quoted(condition.strip('{} '))}")
            if len(set(self.acls)) < len(self.acls):
                self.traps.add("alternatives of an acl")
        rules = [self.rule() for _ in range(self.random.randint(0, 4))]
        if self.chance(40):
            rules.append(self.statistics("frontend"))
        if self.chance(15):
            rules.append(self.trap("redirect keyword", f"  redirect {self.target()} {self.condition()}"))
        if self.chance(45):
            rules.append(self.header())
        if self.chance(15):
            rules.append(f"  monitor-uri {self.one_of('/health', '/x.html')}")
        if self.chance(15):
            word = self.one_of(
                "log global", "no log", "no option dontlog-normal", "no option httplog", "option httplog"
            )
            word = "no log" if word == "no option httplog" else word
            rules.append(self.trap("logging of a proxy", f"  {word}"))
        if self.chance(20):
            rules.append(self.conditional(self.rule()))
        self.random.shuffle(rules)
        lines += rules
        for _ in range(self.random.randint(0, 2)):
            lines.append(f"  use_backend {self.random.choice(self.backends)} {self.condition()}")
        if self.chance(80):
            lines.append(f"  default_backend {self.random.choice(self.backends)}")
        if own_servers:
            lines += self.trap("listen", self.servers()).split("\n")
        return "\n".join(lines) + "\n"

    def bind(self, port: int) -> str:
        address = "127.0.0.1" if port == LOCAL else self.one_of("", "*", "0.0.0.0", "ipv4@*")  # generated
        words = f"  bind {address}:{port}"
        if port in {SECURE, SECOND_SECURE}:
            words += f" ssl crt {self.folder}/site.pem"
            if self.chance(60):
                words += f" {self.versions()}"
            if self.chance(40):
                words += f" ca-file {self.folder}/ca.crt verify {self.one_of('optional', 'required', 'none')}"
                if self.chance(30):
                    words += self.trap("ignored errors", " crt-ignore-err all ca-ignore-err all")
        return words

    def versions(self) -> str:
        self.traps.add("versions")
        words = self.random.sample(
            [
                "ssl-min-ver TLSv1.0", "ssl-min-ver TLSv1.1", "ssl-min-ver TLSv1.2", "ssl-min-ver TLSv1.3",
                "ssl-max-ver TLSv1.2", "ssl-max-ver TLSv1.1", "ssl-max-ver TLSv1.3", "no-tlsv10", "no-tlsv11", "no-tlsv12",
                "no-tlsv13", "force-tlsv12", "force-tlsv10", "force-tlsv13", "no-tls-tickets",
            ],
            self.random.randint(1, 3),
        )  # fmt: skip
        return " ".join(words)

    def condition(self, *, named: bool = True) -> str:
        parts: list[str] = []
        for number in range(self.random.choice([1, 1, 1, 2, 2, 3])):
            if number and self.chance(40):
                parts.append(self.trap("or", self.one_of("or", "||", "OR")))
            if named and self.acls and self.chance(40):
                parts.append(("!" if self.chance(30) else "") + self.random.choice(self.acls))
            else:
                parts.append(self.random.choice(_CONDITIONS))
        return f"{self.one_of('if', 'unless')} {' '.join(self.quoted(part) for part in parts)}"

    def quoted(self, words: str) -> str:
        """Write words in other ways that mean the same."""
        if "/a " in f"{words} " and self.chance(30):
            return words.replace("/a ", '"${HAP_PATH}" ') if words.endswith("/a ") else self.written(words)
        return self.written(words)

    def written(self, words: str) -> str:
        found: list[str] = []
        for word in words.split():
            if word in {"{", "}"} or not self.chance(12):
                found.append(word)
            else:
                self.traps.add("quoting")
                hexed = f"\\x{ord(word[0]):02x}{word[1:]}"
                found.append(
                    self.one_of(f'"{word}"', f"'{word}'", hexed, f'{word[0]}"{word[1:]}"', f"{word[0]}''{word[1:]}")
                )
        return " ".join(found)

    def target(self) -> str:
        return self.one_of(
            "scheme https", "scheme https code 301", "location /elsewhere code 303", "prefix https://b.example code 308"
        )

    def rule(self, *, named: bool = True) -> str:
        condition = self.condition(named=named)
        if self.chance(12):
            path = self.trap(
                "variables", self.one_of('"$HAP_PATH"', '"${HAP_PATH}"', '"${HAP_MISSING-/up}"', "'$HAP_PATH'")
            )
            condition = f"if {{ path_beg {path} }}"
        elif self.chance(8):
            condition = self.trap("list of a variable", 'if { method "${HAP_METHODS[*]}" }')
        actions = [
            "deny", "deny deny_status 404", "auth", "auth realm Sample", "allow", "return status 200 content-type text/plain string ok",
            "return status 404", f"redirect {self.target()}", f"redirect {self.target()}", "set-header X-Note sample", "reject",
            "use-service prometheus-exporter",
        ]  # fmt: skip
        action = self.one_of(*actions)
        if self.chance(10):
            return f"  tcp-request {self.one_of('connection', 'content')} {self.one_of('accept', 'reject')} {self.one_of('if', 'unless')} {{ src {self.one_of('10.99.0.1', '127.0.0.0/8')} }}"
        if action == "allow":
            self.traps.add("allow")
        if not condition or self.chance(4):
            condition = ""
        return f"  http-request {action} {condition}{self.one_of('', '', ' # a note', '#note')}"

    def conditional(self, line: str) -> str:
        test = self.one_of(
            "defined(HAP_ON)",
            "!defined(HAP_ON)",
            'streq("$HAP_ON",1)',
            "0",
            'strneq("$HAP_EMPTY","") || version_before(2.0)',
            "version_atleast(2.4) && feature(OPENSSL)",
            "(defined(HAP_NONE) || 1) && !0",
            '"$HAP_EMPTY"',
        )
        other = self.rule(named=False)
        return self.trap(
            "conditional block",
            f".if {test}\n{line}\n.elif defined(HAP_ON)\n{other}\n.else\n  http-request deny\n.endif",
        )

    def statistics(self, where: str) -> str:
        kinds = [
            "enable",
            "uri /stats",
            "uri /watch",
            "uri /haproxy",
            "refresh 10s",
            "hide-version",
            "auth nurse:sample",
        ]
        lines = [f"  stats {self.random.choice(kinds)}" for _ in range(self.random.randint(1, 3))]
        if where != "defaults":
            if self.chance(30):
                lines.append(f"  stats admin {self.condition()}")
            if self.chance(35):
                if self.chance(95):
                    lines = [line for line in lines if "stats auth" not in line] or ["  stats enable"]
                for _ in range(self.random.randint(1, 2)):
                    lines.append(f"  stats http-request {self.one_of('allow', 'deny', 'auth')} {self.condition()}")
                self.traps.add("rules of the statistics")
        self.traps.add("statistics")
        return "\n".join(lines)

    def header(self) -> str:
        self.traps.add("headers")
        keyword = self.one_of("http-response", "http-after-response")
        action = self.one_of(
            'set-header Strict-Transport-Security "max-age=1"',
            "add-header strict-transport-security max-age=1",
            "del-header Strict-Transport-Security",
        )
        condition = self.one_of("", "", "if { ssl_fc }", "unless { ssl_fc }", "if { dst_port 7443 }")
        return f"  {keyword} {action} {condition}"

    def backend(self, name: str, parent: str) -> str:
        lines = [f"backend {name} {parent}"]
        self.acls = []
        if self.chance(30):
            lines.append(self.trap("rules of a backend", self.rule(named=False)))
        if self.chance(15):
            lines.append(self.statistics("backend"))
        if self.chance(30):
            lines.append(self.header())
        if self.chance(92):
            lines.append(self.servers())
        return "\n".join(lines) + "\n"

    def server_words(self) -> str:
        self.traps.add("default-server")
        words = [self.one_of("ssl", "no-ssl", "ssl")]
        if self.chance(60):
            words.append(f"verify {self.one_of('none', 'required')}")
        if self.chance(80):
            words.append(f"ca-file {self.folder}/ca.crt")
        if self.chance(20):
            words.append(f"verifyhost {self.one_of('backend.example', 'other.example')}")
        return " ".join(words)

    def servers(self) -> str:
        lines: list[str] = []
        if self.chance(20):
            lines.append(f"  default-server {self.server_words()}")
        port = self.random.choice([CLEAR_SERVER, CLEAR_SERVER, TLS_SERVER, TLS_SERVER, WRONG_SERVER])
        words: list[str] = []
        if port == CLEAR_SERVER:
            words.append("no-ssl" if self.chance(70) else "")
        else:
            words += ["ssl", f"ca-file {self.folder}/ca.crt" if self.chance(85) else ""]
            words.append(self.one_of("", "verify none", "verify required", "verify required"))
            words.append(self.one_of("", "", "verifyhost backend.example", "verifyhost other.example",
                                     "sni str(backend.example)", "sni str(other.example)"))  # fmt: skip
        lines.append(f"  server s1 127.0.0.1:{port} {' '.join(filter(None, words))}")
        if self.chance(15):
            lines.append("  default-server ssl verify none")
        return "\n".join(lines)
