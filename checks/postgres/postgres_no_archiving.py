"""PostgreSQL has no continuous backup.

## Why it matters
Without archiving of the write-ahead log and without a standby the newest copy is the last dump: everything
since then is lost with the disk. (Tools that stream the log themselves are not visible here, so the finding
is low.)

## Bad
```text postgresql.conf
archive_mode = off # <-
```

## Bad: a command that archives nothing
```text postgresql.conf
archive_mode = on
archive_command = '/bin/true' # <-
```

## Bad: no command
```text postgresql.conf
archive_mode = on # <-
```

## Good
```text postgresql.conf
archive_mode = on
archive_command = 'pgbackrest --stanza=clinic archive-push %p'
```

## Good: a synchronous standby
```text postgresql.conf
synchronous_standby_names = 'standby1'
```

## Good: a library
```text postgresql.conf
archive_mode = on
archive_library = 'basic_archive'
```

## Fix
Archive the write-ahead log, with base backups beside it.
```text postgresql.conf
archive_mode = on
archive_command = 'pgbackrest --stanza=clinic archive-push %p'
```

## References
- PostgreSQL 18 manual, 25.3 Continuous Archiving and Point-in-Time Recovery: https://www.postgresql.org/docs/18/continuous-archiving.html
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.postgres import Postgres, does_nothing


@check("postgres-no-archiving", severity=LOW, control=Control.BACKUP, also=(Control.DURABILITY,))
def postgres_no_archiving(postgres: Postgres) -> Iterator[Diagnostic]:
    if known(postgres.is_set("synchronous_standby_names")) or known(postgres.is_set("primary_conninfo")):
        return
    if known(postgres.text("archive_mode")) == "off":
        yield fail(
            "PostgreSQL has no continuous backup: archive_mode is off and no standby is named",
            at=postgres.where("archive_mode"),
        )
        return
    if known(postgres.is_set("archive_library")):
        return
    command = postgres.text("archive_command")
    if isinstance(command, str) and does_nothing(command):
        name = "archive_command" if postgres.settings.is_explicit("archive_command") else "archive_mode"
        yield fail(
            "PostgreSQL has no continuous backup: archive_command archives nothing",
            at=postgres.where(name),
            severity=MEDIUM,
        )
