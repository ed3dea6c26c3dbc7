"""MongoDB loses acknowledged writes in a crash.

## Why it matters
Without the journal everything since the last checkpoint, up to a minute, is gone after a power failure, although the
application was told that it is stored. From 6.1 on the journal cannot be switched off.

## Bad
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
  journal:
    enabled: false  # <-
```

## Bad: old syntax
```text mongod.conf
dbpath = /var/lib/mongodb
nojournal = true  # <-
```

## Good
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
```

## Good: spelt out, as the packages up to 6.0 do
```yaml mongod.conf
storage:
  dbPath: /var/lib/mongodb
  journal:
    enabled: true
```

## Fix
Remove the option.
```yaml
storage:
  dbPath: /var/lib/mongodb
```

## References
- MongoDB 6.0 manual, Configuration File Options, storage.journal.enabled: https://www.mongodb.com/docs/v6.0/reference/configuration-options/#mongodb-setting-storage.journal.enabled
- MongoDB 8.0 manual, Journaling: https://www.mongodb.com/docs/manual/core/journaling/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.mongodb import Mongod


@check("mongodb-journal-off", severity=HIGH, control=Control.DURABILITY, also=(Control.INTEGRITY,))
def mongodb_journal_off(server: Mongod) -> Iterator[Diagnostic]:
    if server.is_data_node and not known(server.is_on("storage.journal.enabled")):
        yield fail(
            "MongoDB loses acknowledged writes in a crash: its journal is off",
            at=server.where("storage.journal.enabled"),
            expected="no storage.journal.enabled",
        )
