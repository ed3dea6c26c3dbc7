"""Random option files and command lines of MariaDB 10.11 with the traps that a reader can fall into."""

from dataclasses import dataclass, field
from random import Random

from tests.oracle.namespace import SECOND_ADDRESS

_VALUES: dict[str, list[str]] = {
    "local_infile": ["0", "1", "ON", "off", "FALSE", "true", "yes", "2"],
    "secure_file_priv": ["", "/tmp"],
    "require_secure_transport": ["0", "OFF", "no"],
    "general_log": ["0", "off"],
    "log_output": ["NONE", "file", "FILE,TABLE", "table,none", "2", "fi", "TABLE,F", "No"],
    "log_warnings": ["0", "1", "2", "9"],
    "innodb_flush_log_at_trx_commit": ["0", "1", "2", "3", "7"],
    "sync_binlog": ["0", "1", "1k", "100"],
    "innodb_doublewrite": ["0", "1", "OFF", "maybe"],
    "innodb_checksum_algorithm": ["crc32", "full_crc32", "strict_crc32", "strict_f", "1", "CRC32"],
    "sql_mode": [
        "",
        "STRICT_TRANS_TABLES",
        "ansi",
        "TRADITIONAL",
        "no_engine_substitution,STRICT_ALL_TABLES",
        "0",
        "4194305",
    ],
    "old_passwords": ["0", "1"],
    "secure_auth": ["0", "ON"],
    "strict_password_validation": ["OFF", "1"],
    "max_password_errors": ["50", "100", "1M"],
    "wait_timeout": ["600", "10k", "28800", "0", "99999999999"],
    "interactive_timeout": ["900", "1K", "1"],
    "skip_name_resolve": ["0", "1", "on"],
    "encrypt_tmp_files": ["0", "OFF"],
    "innodb_encrypt_log": ["0"],
    "allow_suspicious_udfs": ["0"],
    "symbolic_links": ["0", "1", "perhaps"],
    "max_connections": ["20", "100"],
    "innodb_buffer_pool_dump_at_shutdown": ["0"],
}
_BARE = ("local_infile", "skip_name_resolve", "symbolic_links", "innodb_doublewrite", "strict_password_validation")
_SWITCHED = (*_BARE, "secure_auth", "old_passwords", "innodb_flush_log_at_trx_commit", "sync_binlog", "log_warnings")
_BEGINNINGS = {
    "local_infile": ["local-inf", "local"],
    "wait_timeout": ["wait-time", "wait_t"],
    "sync_binlog": ["sync-b"],
    "require_secure_transport": ["require-sec"],
    "max_password_errors": ["max-pass"],
}
_REFUSED = [
    "bogus_option=1",
    "requires_secure_transport=OFF",
    "log_error_verbosity=3",
    "mysqlx=0",
    "wait_timeout=1.5",
    "interactive_timeout=5x",
    "wait_timeout",
    "sql_mode=STRICT",
    "log_output=FI,table",
    "log_output=files",
    "innodb_checksum_algorithm=none",
    "wait_timeout=-5",
    "loc=0",
    "server_audit_logging=ON",
    "bind-address",
    "skip-bogus",
    "!include",
    "[mysqld",
    "--local-infile=0",
    "!includedir {folder}/nowhere",
    "autoset-wait_timeout",
]
_IGNORED = [
    "loose-bogus=1",
    "loose_mysqlx=0",
    "!bogus word",
    "; bogus",
    "# bogus",
    "log-raw=1",
    "innodb_large_prefix=1",
]
_GROUPS = [
    "mysqld",
    "mysqld",
    "mysqld",
    "server",
    "mariadb",
    "mariadbd",
    "MYSQLD",
    "mariadb-10.11",
    "mysqld-10.11",
    "galera",
]
_OTHER_GROUPS = [
    "client",
    "mysqld_safe",
    "mariadb-11.4",
    "mysqld-8.0",
    "mysql",
    "mysqldump",
    "mysqld1",
    " mysqld",
    "mysqld_two",
]


@dataclass
class Case:
    """Files by name and the arguments behind the program's name. `starts` asks for a real start."""

    files: dict[str, str]
    arguments: list[str]
    starts: bool = False
    traps: set[str] = field(default_factory=set[str])


class Generator:
    """Makes one case. `folder` is where its files will lie, `certificates` where certificates are."""

    def __init__(self, random: Random, folder: str, certificates: str, port: int) -> None:
        self.random = random
        self.folder = folder
        self.certificates = certificates
        self.port = port
        self.case = Case({}, [])

    def make(self, *, starts: bool) -> Case:
        random, case = self.random, self.case
        case.starts = starts
        body = self._body()
        if starts:
            body += self._network() + self._tls() + self._authentication()
        random.shuffle(body)
        if random.random() < 0.14:
            case.traps.add("refused")
            body.insert(random.randrange(len(body) + 1), random.choice(_REFUSED).format(folder=self.folder))
        lines = self._grouped(body)
        if random.random() < 0.03:
            case.traps.add("refused")
            lines.insert(0, "port=1")
        lines = self._includes(lines)
        case.files["my.cnf"] = "\n".join(lines) + random.choice(["", "\n", "\n\n"])
        suffix = ["--defaults-group-suffix=_two"] if random.random() < 0.15 else []
        case.arguments = [f"--defaults-file={self.folder}/my.cnf", *suffix, *self._flags(), *self._fixed()]
        return case

    def _fixed(self) -> list[str]:
        if not self.case.starts:
            return []
        return [f"--port={self.port}", f"--socket={self.folder}/s"]

    def _body(self) -> list[str]:
        random = self.random
        lines: list[str] = []
        for name in random.sample(sorted(_VALUES), random.randrange(2, 9)):
            lines.append(self._line(name))
            if random.random() < 0.25:
                self.case.traps.add("duplicate")
                lines.append(self._line(name))
        if random.random() < 0.3:
            lines.append(random.choice(_IGNORED))
        if random.random() < 0.25:
            lines.append(
                random.choice(
                    ["log_bin=x", "log-bin", "skip-log-bin", "log_bin=0", "disable-log-bin", "skip-log-bin=0"]
                )
            )
        return lines

    def _line(self, name: str) -> str:
        """Write an option in one of the spellings that the server accepts."""
        random, traps = self.random, self.case.traps
        kind = random.random()
        if name in _BARE and kind < 0.12:
            return self._spelled(name)
        if name in _SWITCHED and kind < 0.3:
            traps.add("prefix")
            prefix = random.choice(["skip", "disable", "enable", "loose", "loose_skip", "skip"])
            value = random.choice(["", "", "=0", "=1"])
            if prefix == "loose" and not value and name not in _BARE:
                value = "=1"
            return f"{prefix}{random.choice('-_')}{self._spelled(name)}{value}"
        value = random.choice(_VALUES[name])
        if name in _BEGINNINGS and random.random() < 0.25:
            traps.add("abbreviation")
            return f"{random.choice(_BEGINNINGS[name])}={value}"
        return f"{self._spelled(name)}{random.choice(['=', ' = ', '= '])}{self._written(value)}{self._comment()}"

    def _spelled(self, name: str) -> str:
        random = self.random
        if random.random() < 0.15:
            self.case.traps.add("case")
            name = name.upper() if random.random() < 0.5 else name.title()
        if random.random() < 0.4:
            name = name.replace("_", "-")
        return name

    def _written(self, value: str) -> str:
        random = self.random
        if random.random() < 0.2:
            self.case.traps.add("quoting")
            mark = random.choice("\"'")
            return f"{mark}{value}{mark}"
        return value

    def _comment(self) -> str:
        if self.random.random() < 0.15:
            self.case.traps.add("comment")
            return self.random.choice([" # later", "# it's", "\t#x=1"])
        return self.random.choice(["", "", " ", "\r"])

    def _network(self) -> list[str]:
        random, traps = self.random, self.case.traps
        values = {
            "127.0.0.1": "loopback",
            "localhost": "loopback",
            SECOND_ADDRESS: "second address",
            "0.0.0.0": "second address",
            "*": "second address",
            f"127.0.0.1,{SECOND_ADDRESS}": "second address",
        }
        lines: list[str] = []
        for _ in range(random.choice([0, 1, 1, 2])):
            value = random.choice(list(values))
            traps.add(values[value])
            lines.append(f"{random.choice(['bind-address', 'bind_address', 'BIND-ADDRESS'])}={self._written(value)}")
        if len(lines) > 1:
            traps.add("duplicate")
        if random.random() < 0.12:
            lines.append(
                random.choice(["skip-networking", "skip_networking=0", "skip-networking=1", "skip-skip-networking"])
            )
        return lines

    def _tls(self) -> list[str]:
        random, traps = self.random, self.case.traps
        if random.random() < 0.5:
            traps.add("TLS off")
            return []
        traps.add("TLS on")
        lines = [f"ssl_cert={self.certificates}/server.crt\nssl-key={self.certificates}/server.key"]
        if random.random() < 0.1:
            return [
                random.choice(["ssl=1", f"ssl_ca={self.certificates}/ca.crt", "ssl\nskip-ssl", "ssl_cipher=AES128-SHA"])
            ]
        if random.random() < 0.5:
            lines.append(f"ssl_ca={self.certificates}/ca.crt")
        if random.random() < 0.25:
            lines.append(random.choice(["skip-ssl", "ssl=0", "ssl", "ssl=ON", "disable-ssl"]))
        if random.random() < 0.5:
            lines.append(f"require_secure_transport={random.choice(['ON', '1', 'OFF', 'yes'])}")
        if random.random() < 0.4:
            lines.append(f"tls_version={random.choice(['TLSv1.2', 'TLSv1.2,TLSv1.3', 'TLSv1.3', 'tlsv1.2'])}")
        return lines

    def _authentication(self) -> list[str]:
        random, traps = self.random, self.case.traps
        lines: list[str] = []
        if random.random() < 0.25:
            traps.add("skip-grant-tables")
            lines.append(
                random.choice(
                    ["skip-grant-tables", "skip_grant_tables=1", "skip-grant-tables=0", "skip-grant-tables=x"]
                )
            )
        if random.random() < 0.3:
            traps.add("plugin")
            lines.append(
                random.choice(
                    [
                        "plugin_load_add=server_audit\nserver_audit_logging=ON",
                        "plugin_load_add=server_audit.so",
                        "plugin-load=server_audit=server_audit.so;simple_password_check",
                        "plugin_load=server_audit\nplugin-load=simple_password_check",
                        "plugin_load_add=simple_password_check\nplugin_load_add=server_audit\nserver_audit_events=CONNECT",
                        "plugin_load=server_audit\nserver_audit_excl_users=probe",
                        "plugin_load_add=server_audit\nplugin_load=simple_password_check",
                    ]
                )
            )
        if random.random() < 0.08:
            lines.append(random.choice(["innodb_encrypt_tables=OFF", "innodb_encrypt_tables=0"]))
        return lines

    def _grouped(self, body: list[str]) -> list[str]:
        """Spread options over groups, of which the server reads some only."""
        random, traps = self.random, self.case.traps
        if not body:
            return ["[mysqld]"]
        if random.random() < 0.4:
            return [f"[{random.choice(['mysqld', 'server', 'mariadb'])}]", *body]
        traps.add("group")
        cuts = sorted(random.sample(range(len(body) + 1), min(3, len(body))))
        lines: list[str] = []
        for number, start in enumerate([0, *cuts]):
            end = ([*cuts, len(body)])[number]
            group = random.choice(_GROUPS if random.random() < 0.75 else _OTHER_GROUPS)
            lines += [f"[{group}]{random.choice(['', '', ' # group', ' '])}", *body[start:end]]
        return lines

    def _includes(self, lines: list[str]) -> list[str]:
        random, case = self.random, self.case
        if random.random() < 0.5 or len(lines) < 3:
            return lines
        case.traps.add("include")
        cut = random.randrange(1, len(lines))
        inner = ["[mysqld]", *[self._line(random.choice(sorted(_VALUES))) for _ in range(random.randrange(1, 4))]]
        if random.random() < 0.15:
            case.traps.add("broken include")
            inner.insert(random.randrange(len(inner)), random.choice(["[broken", "!include", "port=1"]))
        if random.random() < 0.5:
            name = random.choice(["part.cnf", "part.txt", "deep/part"])
            case.files[name] = "\n".join(inner) + "\n"
            directive = f"!include {self.folder}/{name}"
        else:
            place = random.choice(["conf.d/50-part.cnf", "conf.d/a.b.cnf", "conf.d/.hidden.cnf", "conf.d/part.cnf.bak"])
            case.files[place] = "\n".join(inner) + "\n"
            case.files["conf.d/10-first.cnf"] = f"[server]\n{self._line('wait_timeout')}\n"
            case.files["conf.d/README"] = "not an option file\n"
            directive = f"!includedir {self.folder}/conf.d{random.choice(['', '/'])}"
        if random.random() < 0.2:
            directive = f"!include {self.folder}/nothing-here.cnf\n{directive}"
        return [*lines[:cut], directive, *lines[cut:]]

    def _flags(self) -> list[str]:
        random = self.random
        if random.random() < 0.5:
            return []
        self.case.traps.add("override by flag")
        options = [
            ["--local-infile=0"], ["--local_infile"], ["--skip-local-infile"], ["--wait-timeout", "77"], ["--wait_timeout=2k"],
            ["--sql-mode="], ["--sql_mode=ANSI"], ["--sync-binlog=1"], ["--loose-bogus=1"], ["--secure-file-priv=/tmp"],
            ["--innodb-flush-log-at-trx-commit=2"], ["--local-inf=1"], ["-W1"], ["--old-passwords=1"],
            ["--skip-name-resolve=0"], ["--log-output=NONE"], ["--symbolic-links=0"], ["--disable-log-bin"],
        ]  # fmt: skip
        arguments: list[str] = []
        for _ in range(random.randrange(1, 4)):
            arguments += random.choice(options)
        if random.random() < 0.12:
            self.case.traps.add("refused")
            arguments += random.choice(
                [["--local-infile", "0"], ["--bogus"], ["stray"], ["--no-defaults"], ["--wait-timeout=x"], ["-Z"]]
            )
        return arguments
