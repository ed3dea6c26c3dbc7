"""From assignments to the values in force: defaults, then files, then flags; the last one of a name counts."""

from collections.abc import Iterable

from auditor.model.fact import Problem
from auditor.model.secret import seal
from auditor.model.setting import Origin, Setting, Settings
from auditor.model.unknown import Unknown
from auditor.records import dataclass

from .conf_files import Assigned
from .definitions import DEFINITIONS, Definition
from .names import is_accepted

_NO_OPERATION = frozenset({"", "true", "/bin/true", "/usr/bin/true", ":", "exit 0", "(disabled)"})
_COMMANDS = frozenset({"archive_command", "restore_command", "archive_cleanup_command", "recovery_end_command"})
_SEALED = frozenset({"primary_conninfo", "ssl_passphrase_command"}) | _COMMANDS
_SHOWN_PREFIXES = ("pgaudit.", "pg_stat_statements.", "auto_explain.", "cron.", "timescaledb.")
_DISALLOWED = frozenset(
    "block_size data_checksums data_directory_mode debug_assertions in_hot_standby integer_datetimes lc_collate"
    " lc_ctype max_function_args max_identifier_length max_index_keys segment_size server_encoding server_version"
    " server_version_num shared_memory_size shared_memory_size_in_huge_pages ssl_library wal_block_size"
    " wal_segment_size is_superuser session_authorization role".split()
)


@dataclass(frozen=True)
class Effective:
    """Settings in force and what keeps the server from starting."""

    settings: Settings
    problems: tuple[Problem, ...]


def apply(
    assignments: Iterable[Assigned],
    major: int | None,
    *,
    open_reason: str | None = None,
    image: Iterable[Setting] = (),
    strict: bool = True,
) -> Effective:
    """Put `assignments` in force over the defaults of version `major`.

    `open_reason` says why further assignments may exist: what is not set is then Unknown. `image` are the image's
    own values. `strict` is False where names of the server's fork are not known.
    """
    settings = Settings()
    for definition in DEFINITIONS.values():
        settings.set(_default(definition, major, open_reason))
    for setting in image:
        settings.set(setting)
    last: dict[str, Assigned] = {}
    for index, assigned in enumerate(assignments):
        # Of a name spelled the same way the server reads only the last value in its files; a name spelled with other
        # capitals, and every flag, is applied by itself, so that a wrong value there is fatal.
        key = f"{index} flag" if assigned.origin is Origin.FLAG else assigned.spelled or assigned.name
        last.pop(key, None)
        last[key] = assigned
    problems: list[Problem] = []
    for assigned in last.values():
        problem = _put(settings, assigned, major, strict=strict)
        if problem is not None:
            problems.append(problem)
    return Effective(settings, tuple(problems))


def _default(definition: Definition, major: int | None, open_reason: str | None) -> Setting:
    value: str | Unknown | None = definition.default(major)
    if open_reason is not None:
        value = Unknown(open_reason)
    elif value is None:
        value = Unknown(f"the default of {definition.name} depends on the server's version, which is not known")
    source = f"PostgreSQL {major} manual" if major else "PostgreSQL manual, the same in 10 to 18"
    return Setting(definition.name, value, Origin.DEFAULT, None, source)


def _put(settings: Settings, assigned: Assigned, major: int | None, *, strict: bool) -> Problem | None:
    name, value = assigned.name, assigned.value
    definition = DEFINITIONS.get(name)
    if name in _DISALLOWED:
        return Problem(at=assigned.at, message=f"{name} cannot be set in the configuration")
    if strict and definition is None and not is_accepted(name, major):
        return Problem(at=assigned.at, message="no version of PostgreSQL in question has a setting of this name")
    if isinstance(value, Unknown):
        settings.set(Setting(name, value, assigned.origin, assigned.at))
        return None
    if definition is not None:
        shown = definition.show(value, major)
        if shown is None:
            return Problem(at=assigned.at, message=f"expected a valid value of {name}")
        value = shown
    hidden = name in _SEALED or ("." in name and not name.startswith(_SHOWN_PREFIXES))
    plain = not hidden or (name in _COMMANDS and value.strip() in _NO_OPERATION) or not value
    settings.set(Setting(name, value if plain else seal(value), assigned.origin, assigned.at))
    return None


def does_nothing(command: str) -> bool:
    """Tell whether an archive command only pretends to archive."""
    return command.strip() in _NO_OPERATION
