"""rsyslog would refuse this configuration.

## Why it matters
rsyslog does not start with a line like this, or goes on without it. Its other settings are not judged.

## Bad: a parenthesis is missing
```text rsyslog.conf
module(load="imuxsock"
*.* /var/log/syslog
```

## Bad: a brace is missing
```text rsyslog.conf
module(load="imuxsock")
*.* {
  /var/log/syslog
```

## Good
```text rsyslog.conf
module(load="imuxsock")
*.* {
  /var/log/syslog
}
```

## Fix
Close what is open; `rsyslogd -N1` says where it stops.

## References
- rsyslog.conf(5), rsyslog 8: https://www.rsyslog.com/doc/configuration/filters.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.syslog import Rsyslog


@check(
    "rsyslog-refused-configuration",
    severity=MEDIUM,
    control=Control.CONFIGURATION_HYGIENE,
    also=(Control.AVAILABILITY,),
)
def rsyslog_refused_configuration(rsyslog: Rsyslog) -> Iterator[Diagnostic]:
    for problem in rsyslog.refused:
        yield fail(f"rsyslog would refuse the file: {problem.message}", at=problem.at, key=problem.message)
