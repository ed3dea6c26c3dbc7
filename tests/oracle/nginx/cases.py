"""Random configurations of nginx 1.22 with the traps that a reader can fall into."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

PLAIN, OTHER, LOCAL, SECURE, SECOND_SECURE = 7080, 7081, 7082, 7443, 7444
BACKEND = 7999
NAMES = ["a.example", "b.example", "*.c.example", ".d.example", "www.e.*", "_"]
HOSTS = ["a.example", "b.example", "x.c.example", "c.example", "d.example", "y.d.example", "www.e.test", "other.test"]
PATHS = [
    "/x.html", "/a/x.html", "/a/b/x.html", "/a/b/c/x.html", "/ab/x.html", "/img/p.png", "/a/p.png", "/a/s.php",
    "/up/s.php", "/up/x.html", "/exact", "/exact.html",
]  # fmt: skip
_REFUSED = [
    "autoindex on;\nautoindex off;",
    "server_tokens maybe;",
    "satisfy some;",
    "autoindex yes;",
    "root /a;\nroot /b;",
    'add_header X-T-Open "open;',
    'add_header X-T-Tail "a"b;',
    "location /twice { }\nlocation ^~ /twice { }",
    "location = /leaf { location /leaf/in { } }",
    "location ~ ^/out/ { location /out/in/ { } }",
    "location /out/ { location /elsewhere/ { } }",
    "ssl_protocols TLSv9;",
    "client_max_body_size 1m;\nclient_max_body_size 2m;",
    "add_header X-T-End 1",
    "}",
    "if ($scheme = ftp) { deny all; }",
    "if ($scheme = ftp) { auth_basic off; }",
    "location /limits/ { limit_except GET { satisfy any; } }",
    "location /limits/ { limit_except GET { return 403; } }",
    "location /inner/ { ssl_protocols TLSv1.2; }",
    "alias /srv/;",
    "proxy_pass http://127.0.0.1;",
]


@dataclass
class Case:
    """Files by name, and the traps in them."""

    files: dict[str, str]
    traps: set[str] = field(default_factory=set[str])


class Generator:
    """Makes one case from a random source; `folder` is where it will stand, with `www`, `users` and a certificate."""

    def __init__(self, random: Random, folder: str) -> None:
        self.random = random
        self.folder = folder
        self.traps: set[str] = set()
        self.files: dict[str, str] = {}
        self.count = 0

    def chance(self, percent: int) -> bool:
        return self.random.randrange(100) < percent

    def trap(self, name: str) -> None:
        self.traps.add(name)

    def make(self) -> Case:
        servers = [self.server(number) for number in range(self.random.randint(1, 4))]
        if self.chance(12):
            self.trap("refused")
            servers[0] = servers[0].removesuffix("}\n") + self.random.choice(_REFUSED) + "\n}\n"
        http = [
            f"access_log off; default_type text/plain; ssl_ciphers ALL:@SECLEVEL=0; root {self.folder}/www;",
            f"client_body_temp_path {self.folder}/t1; proxy_temp_path {self.folder}/t2;",
            f"fastcgi_temp_path {self.folder}/t3; uwsgi_temp_path {self.folder}/t4; scgi_temp_path {self.folder}/t5;",
            *self.headers(25),
            *self.access(12),
            self.protocols(40),
        ]
        if self.chance(90):
            http.append(f"ssl_certificate {self.folder}/site.crt;\nssl_certificate_key {self.folder}/site.key;")
        for number, server in enumerate(servers):
            if self.chance(30):
                self.trap("include")
                self.files[f"sites/{number}.conf"] = server
                servers[number] = ""
        http += [server for server in servers if server]
        if any(name.startswith("sites/") for name in self.files):
            http.append(self.random.choice(["include sites/*.conf;", f"include {self.folder}/sites/?.conf;"]))
        http.append(
            f"server {{ listen 127.0.0.1:{BACKEND}; add_header X-Backend 1; allow all; auth_basic off; return 200 b; }}"
        )
        main = "daemon off; master_process off; error_log stderr emerg; pid nginx.pid;\nevents { }\nhttp {\n"
        self.files["nginx.conf"] = main + "\n".join(line for line in http if line) + "\n}\n"
        return Case(self.files, self.traps)

    def server(self, number: int) -> str:
        lines = [self.listen(number)]
        if self.chance(85):
            names = self.random.sample(NAMES, self.random.randint(1, 2))
            lines.append(f"server_name {' '.join(names)};")
            if any("*" in name or name.startswith(".") for name in names):
                self.trap("wildcard name")
        lines += [self.protocols(45), *self.headers(55), *self.access(30)]
        if self.chance(45):
            lines.append(f"ssl_certificate {self.folder}/site.crt;\nssl_certificate_key {self.folder}/site.key;")
        if self.chance(8):
            self.trap("return before access")
            lines.append(self.answer())
        elif self.chance(10):
            self.trap("redirect by scheme")
            lines.append('if ($scheme = "http") { return 301 https://$host$request_uri; }')
        elif self.chance(6):
            lines.append("rewrite ^ https://$host$request_uri permanent;")
        lines += self.locations(2)
        self.random.shuffle(lines)
        return "server {\n" + "\n".join(line for line in lines if line) + "\n}\n"

    def listen(self, number: int) -> str:
        found: list[str] = []
        if self.chance(75):
            address = self.random.choice(
                [f"{PLAIN}", f"*:{PLAIN}", f"0.0.0.0:{PLAIN}", f"{OTHER}", f"127.0.0.1:{LOCAL}"]
            )
            found.append(f"listen {address}{self.default(25)};")
        if self.chance(75) or not found:
            port = self.random.choice([SECURE, SECURE, SECOND_SECURE])
            shares = self.chance(85)
            if not shares:
                self.trap("listen without ssl")
            found.append(f"listen {port}{' ssl' if shares else ''}{self.default(25)};")
        if number == 0 and self.chance(5):
            self.trap("no listen")
            return ""
        return "\n".join(found)

    def default(self, percent: int) -> str:
        if self.chance(percent):
            self.trap("default server")
            return " default_server"
        return ""

    def protocols(self, percent: int) -> str:
        if not self.chance(percent):
            return ""
        self.trap("protocols")
        sets = ["TLSv1.2 TLSv1.3", "TLSv1.3", "TLSv1.2", "TLSv1 TLSv1.1 TLSv1.2", "TLSv1.1 TLSv1.2 TLSv1.3"]
        first = f"ssl_protocols {self.random.choice(sets)};"
        return f"{first}\nssl_protocols {self.random.choice(sets)};" if self.chance(15) else first

    def headers(self, percent: int) -> list[str]:
        found: list[str] = []
        while self.chance(percent) and len(found) < 3:
            self.count += 1
            name = self.random.choice([f"X-T-{self.count}", "Strict-Transport-Security", "X-T-Same"])
            value = self.random.choice(
                ["max-age=63072000", '"max-age=1; includeSubDomains"', "a#b", "'it{s}'", '"quo\\"te"', "ba\\\\ck", '""']
            )
            always = self.random.choice(["", " always", " always # why"])
            self.trap("header" if not always else "header always")
            found.append(
                f"add_header {name} {value}{always.replace(' # why', '')};{' # why;' if '#' in always else ''}"
            )
        return found

    def access(self, percent: int) -> list[str]:
        if not self.chance(percent):
            return []
        lines = self.addresses() if self.chance(65) else []
        if self.chance(50):
            lines += self.login()
        if self.chance(40):
            self.trap("satisfy any")
            lines.append(f"satisfy {self.random.choice(['any', 'any', 'all'])};")
        return lines

    def addresses(self) -> list[str]:
        self.trap("addresses")
        choices = ["127.0.0.1", "10.99.0.0/24", "10.99.0.1", "127.0.0.0/8", "10.0.0.0/8", "192.0.2.1", "all", "all"]
        found = [
            f"{self.random.choice(['allow', 'deny'])} {self.random.choice(choices)};"
            for _ in range(self.random.randint(1, 3))
        ]
        if self.chance(40):
            found.append("deny all;")
        return found

    def login(self) -> list[str]:
        self.trap("login")
        kind = self.random.randrange(8)
        if kind == 0:
            self.trap("login off")
            return ["auth_basic off;"]
        if kind == 1:
            self.trap("no password file")
            return ['auth_basic "staff";']
        if kind == 2:
            self.trap("auth_request")
            return [f"auth_request {self.random.choice(['/auth', 'off'])};"]
        return ['auth_basic "staff";', f"auth_basic_user_file {self.folder}/users;"]

    def login_here(self) -> list[str]:
        return [line for line in self.login() if not line.startswith("auth_request")]

    def locations(self, depth: int, prefix: str = "") -> list[str]:
        heads = {
            "": ["/", "/a/", "/a/b/", "/a", "= /exact", "^~ /a/", "^~ /up/", "/up/", "/ab/", "~ \\.php$", "~* \\.PNG$",
                 "~ ^/a/.*\\.html$", "/exact", "~ ^/(a|up)/", "^~ /img/", '~ "^/a{1,2}/"'],
            "/a/": ["/a/b/", "^~ /a/b/", "= /a/x.html", "~ \\.php$", "/a/b/c/", "~ b"],
        }  # fmt: skip
        pool = heads.get(prefix, heads[""] if not prefix else [f"{prefix}x", f"= {prefix}x.html", "~ \\.html$"])
        found: list[str] = []
        seen: set[str] = set()
        for head in self.random.sample(pool, min(len(pool), self.random.randint(0, 5 if not prefix else 2))):
            path = head.replace("^~ ", "")
            if path in seen:
                continue
            seen.add(path)
            self.trap({"=": "exact", "^": "prefix without expressions", "~": "expression"}.get(head[0], "prefix"))
            found.append(f"location {head} {{\n{self.location(head, depth)}\n}}")
        if not prefix:
            found.append(
                "location = /auth { internal; auth_basic off; auth_request off; allow all; satisfy all;"
                ' if ($http_x_token = "") { return 401; } return 204; }'
            )
        return found

    def location(self, head: str, depth: int) -> str:
        lines = [*self.headers(30), *self.access(40)]
        kinds: list[Callable[[], str]] = [lambda: "", lambda: "", self.answer, self.passed, self.limited]
        if lines and self.chance(12):
            self.trap("return before access")
            lines.append(self.answer())
        else:
            lines.append(self.random.choice(kinds)())
        if depth > 1 and head[0] in "/^" and self.chance(35):
            self.trap("nested")
            lines += self.locations(depth - 1, head.replace("^~ ", ""))
        self.random.shuffle(lines)
        return "\n".join(line for line in lines if line)

    def answer(self) -> str:
        return self.random.choice(
            ["return 200 ok;", "return 204;", "return 403;", "return 404;", "return 301 https://b.example/;"]
        )

    def passed(self) -> str:
        return f"proxy_pass http://127.0.0.1:{BACKEND};"

    def limited(self) -> str:
        self.trap("limit_except")
        inner = self.random.choice(["deny all;", "allow 127.0.0.1; deny all;", "\n".join(self.login_here())])
        return f"limit_except {self.random.choice(['GET', 'GET POST', 'PUT'])} {{ {inner} }}"
