"""Generated postgresql.conf files with includes, postgresql.auto.conf and flags, and the traps each of them holds."""

from dataclasses import dataclass, field
from random import Random

VALUES: dict[str, tuple[str, ...]] = {
    "log_connections": ("on", "off", "true", "'yes'", "1", "0", "f", "of", "'TRUE'", "tr", "n"),
    "log_disconnections": ("on", "off", "ON", "y", "'no'"),
    "fsync": ("on", "off", "fal", "'0'"),
    "full_page_writes": ("on", "off", "Yes"),
    "zero_damaged_pages": ("on", "off"),
    "ignore_checksum_failure": ("t", "off"),
    "logging_collector": ("off", "0"),
    "log_truncate_on_rotation": ("on", "off", "tru"),
    "log_filename": ("'postgresql-%a.log'", "'postgresql-%Y-%m-%d.log'"),
    "password_encryption": ("md5", "'scram-sha-256'", "scram-sha-256", "'SCRAM-SHA-256'", "MD5"),
    "ssl_min_protocol_version": ("'TLSv1'", "'TLSv1.2'", "'tlsv1.3'"),
    "log_statement": ("none", "ddl", "'mod'", "ALL"),
    "wal_level": ("replica", "logical", "hot_standby", "archive"),
    "synchronous_commit": ("on", "off", "local", "'remote_write'", "true", "0"),
    "archive_mode": ("on", "off", "always", "yes"),
    "log_file_mode": ("0600", "0640", "416", "0x1a0", "'0644'"),
    "idle_in_transaction_session_timeout": ("0", "90s", "'5 min'", "60000", "1h", "'1.5h'", "2d", "0x10", "'1e3'"),
    "idle_session_timeout": ("15min", "'900 s'", "0", "1d", "900000ms", "900000000us"),
    "statement_timeout": ("30s", "'0.5min'", "12345", "'1h'"),
    "authentication_timeout": ("30", "60s", "'2min'"),
    "log_min_duration_statement": ("0", "-1", "250ms", "'1 s'"),
    "log_rotation_size": ("10MB", "'1 GB'", "2048kB", "0", "100"),
    "log_rotation_age": ("1d", "60", "'12h'"),
    "listen_addresses": ("'*'", "'localhost'", "'127.0.0.1, 10.99.0.1'", "''", "localhost"),
    "log_line_prefix": ("'%m [%p] '", "'%u@%d '", "'it''s %h '", r"'tab\t%u\041'", "''"),
    "ssl_ciphers": ("'HIGH:!aNULL'", "'HIGH:MEDIUM:+3DES:!aNULL'"),
    "log_destination": ("stderr", "'stderr'", "'stderr,syslog'"),
    "shared_preload_libraries": ("''", "'passwordcheck'", "'passwordcheck, auto_explain'", "passwordcheck"),
    "ssl": ("on", "off"),
    "synchronous_standby_names": ("''", "'standby1'"),
    "pgaudit.log": ("'read, write'", "none", "'all'"),
    "unix_socket_permissions": ("0777", "0770", "511"),
    "max_wal_senders": ("10", "5", "'7'"),
}
_BROKEN = (
    "fsync = perhaps", "fsync = o", "listen_addresses = *", "no_such_setting = on", "log_statement", "fsync on off",
    "= on", "log_file_mode = 01000", "idle_session_timeout = 5 min", "idle_session_timeout = 5m", "port = 0",
    "authentication_timeout = 0", "password_encryption = on", "log_line_prefix = 'open", "log_file_mode = 0689",
    "search_path = a.b", "log_rotation_size = 10M", "idle_session_timeout = 1kB", "log_min_duration_statement = -2",
    "ssl_min_protocol_version = ''", "log_connections = 2",
    "data_checksums = on", "checkpoint_segments = 3", "statement_timeout = 1e3", "include = ''", "fsync = on;",
    "wal_level = minimum", "synchronous_commit = maybe", "log_statement = 'none',", "idle_session_timeout = ''",
    "wal_keep_segments = 1", "idle_session_timeout = 99999999999", "log_connections == on", "9lives = on", "a.b.c = 1",
)  # fmt: skip
_FINE = (
    "include_if_exists = 'missing.conf'",
    "# fsync = off",
    "my.setting = 'x'",
    "\tPort\t54329\t# again",
    "work_mem 4MB",
)


@dataclass
class ConfCase:
    """Files of the data directory, the flags, and which traps are in them."""

    files: dict[str, str]
    flags: list[str] = field(default_factory=list[str])
    traps: set[str] = field(default_factory=set[str])


def make_case(random: Random, number: int) -> ConfCase:
    case = ConfCase({})
    names = random.sample(sorted(VALUES), random.randint(2, 9))
    lines = [_line(random, case, name) for name in names]
    if random.random() < 0.5:
        again = random.choice(names)
        lines.append(_line(random, case, again))
        case.traps.add("duplicate")
        if random.random() < 0.5 and "." not in again and VALUES[again][0] in {"on", "off"}:
            lines.insert(0, f"{again if random.random() < 0.7 else again.upper()} = perhaps")
            case.traps.add("wrong value replaced")
    if random.random() < 0.4:
        lines.insert(random.randrange(len(lines) + 1), random.choice(_FINE))
    _include(random, case, lines, names, number)
    if random.random() < 0.3:
        chosen = random.choice(names)
        case.files["postgresql.auto.conf"] = f"# Do not edit\n{chosen} = {_quoted(random.choice(VALUES[chosen]))}\n"
        case.traps.add("postgresql.auto.conf")
    else:
        case.files["postgresql.auto.conf"] = "\n"
    if random.random() < 0.14:
        lines.insert(random.randrange(len(lines) + 1), random.choice(_BROKEN))
        case.traps.add("refused")
    if random.random() < 0.4:
        _flag(random, case, names)
    end = "\r\n" if random.random() < 0.1 else "\n"
    case.files["postgresql.conf"] = end.join(lines) + end
    return case


def _line(random: Random, case: ConfCase, name: str) -> str:
    value = random.choice(VALUES[name])
    written = name
    if random.random() < 0.2:
        written = name.upper()
        case.traps.add("case")
    if value.startswith("'"):
        case.traps.add("quoting")
    if (
        any(unit in value for unit in ("min", "ms", "h'", "1h", "s'", "0s", "d", "MB", "GB", "kB"))
        and "_timeout" in name + "_timeout"
    ):
        case.traps.add("units")
    joint = random.choice((" = ", "=", " ", "\t=\t"))
    return f"{written}{joint}{value}" + random.choice(("", "", "  # note", "# note", " "))


def _include(random: Random, case: ConfCase, lines: list[str], names: list[str], number: int) -> None:
    if random.random() > 0.45:
        return
    case.traps.add("include")
    chosen = random.choice(names)
    inner = f"{chosen} = {random.choice(VALUES[chosen])}\n"
    folder = f"part{number}"
    if random.random() < 0.5:
        case.files[f"{folder}/one.conf"] = inner
        lines.insert(random.randrange(len(lines) + 1), f"include '{folder}/one.conf'")
        return
    case.traps.add("include_dir")
    other = random.choice(names)
    case.files[f"{folder}/20.conf"] = inner
    case.files[f"{folder}/10.conf"] = f"{chosen} = {random.choice(VALUES[chosen])}\n"
    case.files[f"{folder}/.hidden.conf"] = "no_such_setting = on\n"
    case.files[f"{folder}/30.txt"] = "no_such_setting = on\n"
    if random.random() < 0.5:
        case.files[f"{folder}/40.conf"] = "include = 'deeper/x.conf'\n"
        case.files[f"{folder}/deeper/x.conf"] = f"{other} = {random.choice(VALUES[other])}\n"
    lines.insert(random.randrange(len(lines) + 1), f"INCLUDE_DIR = '{folder}'")


def _flag(random: Random, case: ConfCase, names: list[str]) -> None:
    case.traps.add("override by flag")
    for _ in range(random.randint(1, 2)):
        name = random.choice(names)
        value = _plain(random.choice(VALUES[name]))
        case.flags += random.choice(
            (["-c", f"{name}={value}"], [f"-c{name}={value}"], [f"--{name.replace('_', '-')}={value}"])
        )
    if random.random() < 0.3:
        case.flags += random.choice((["-F"], ["-h", "127.0.0.1"], ["-i"], ["-l"], ["-hlocalhost"]))
    if random.random() < 0.08:
        case.flags += random.choice(
            (
                ["-c", "fsync=perhaps"],
                ["-c", "fsync=perhaps", "-c", "fsync=on"],
                ["-c", "fsync"],
                ["--no-such=1"],
                ["-c", "log-statement=9"],
            )
        )
        case.traps.add("refused")


def _plain(value: str) -> str:
    return value[1:-1].replace("''", "'") if value.startswith("'") else value


def _quoted(value: str) -> str:
    return value if value.startswith("'") else f"'{value}'"
