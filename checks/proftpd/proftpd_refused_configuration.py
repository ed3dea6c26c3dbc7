"""ProFTPD would refuse to start with this configuration.

## Why it matters
ProFTPD stops at a section that is not closed. Whatever is running now runs with something else, and the next restart
fails. Its other settings are not judged.

## Bad: a section without an end
```text proftpd.conf
ServerType standalone
<Limit WRITE>  # <-
  DenyAll
```

## Bad: an end without a section
```text proftpd.conf
ServerType standalone
</Anonymous>  # <-
```

## Good
```text proftpd.conf
ServerType standalone
<Limit WRITE>
  DenyAll
</Limit>
```

## Good: a comment behind the value
```text proftpd.conf
ServerType standalone
DefaultRoot ~ # "everybody"
```

## Fix
Test the file before it is rolled out:
```text
proftpd -t -c /etc/proftpd/proftpd.conf
```

## References
- ProFTPD 1.3.8, Configuration Directives: http://www.proftpd.org/docs/directives/configuration_full.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.proftpd import Proftpd


@check(
    "proftpd-refused-configuration",
    severity=MEDIUM,
    control=Control.CONFIGURATION_HYGIENE,
    also=(Control.AVAILABILITY,),
)
def proftpd_refused_configuration(proftpd: Proftpd) -> Iterator[Diagnostic]:
    for problem in proftpd.refused:
        yield fail(f"ProFTPD would refuse to start: {problem.message}", at=problem.at, key=problem.message)
