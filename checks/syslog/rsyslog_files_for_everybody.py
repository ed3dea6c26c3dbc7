"""rsyslog makes log files that every user may read.

## Why it matters
Logs hold names, addresses, and now and then a password that was typed at the wrong place.

## Bad
```text rsyslog.conf
module(load="imuxsock")
$FileCreateMode 0644 # <-
*.*  /var/log/syslog
```

## Bad: everybody may write
```text rsyslog.conf
module(load="imuxsock")
*.* action(type="omfile" file="/var/log/all" fileCreateMode="0666") # <-
```

## Good
```text rsyslog.conf
module(load="imuxsock")
$FileCreateMode 0640
*.*  /var/log/syslog
```

## Good: the mask takes it away
```text rsyslog.conf
module(load="imuxsock")
$Umask 0027
$FileCreateMode 0644
*.*  /var/log/syslog
```

## Fix
```text
$FileCreateMode 0640
```

## References
- rsyslog 8 manual, omfile: https://www.rsyslog.com/doc/configuration/modules/omfile.html
"""

from collections.abc import Iterator

from auditor.api import LOW, Confidence, Control, Diagnostic, check, fail, known
from auditor.technologies.syslog import Rsyslog


@check(
    "rsyslog-files-for-everybody",
    severity=LOW,
    control=Control.AUTHORIZATION,
    also=(Control.INFORMATION_DISCLOSURE,),
    cwe=732,
)
def rsyslog_files_for_everybody(rsyslog: Rsyslog) -> Iterator[Diagnostic]:
    for mode, at in rsyslog.file_modes:
        if known(mode) & 0o006:
            yield fail(
                f"Log files are made with the mode {known(mode):04o}",
                at=at,
                confidence=Confidence.MEDIUM,  # the unit that starts rsyslog may have a mask of its own
                key=str(at.line),
                expected="0640",
            )
