"""vsftpd keeps idle sessions open for long.

## Why it matters
A session that was left open is logged in for whoever comes to the machine next. vsftpd ends one after five minutes
unless it is told otherwise.

## Bad
```text vsftpd.conf
local_enable=YES
idle_session_timeout=7200  # <-
```

## Bad: never
```text vsftpd.conf
local_enable=YES
idle_session_timeout=0  # <-
```

## Good: the default
```text vsftpd.conf
local_enable=YES
```

## Good
```text vsftpd.conf
local_enable=YES
idle_session_timeout=600
```

## Fix
```text
idle_session_timeout=300
```

## References
- vsftpd.conf(5), vsftpd 3.0.3: https://security.appspot.com/vsftpd/vsftpd_conf.html
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.vsftpd import Vsftpd

_LONGEST = 1800
"""Seconds; half an hour is the most that guidance on automatic log-off leaves."""


@check("vsftpd-no-automatic-logoff", severity=LOW, control=Control.SESSION_MANAGEMENT, cwe=613)
def vsftpd_no_automatic_logoff(vsftpd: Vsftpd) -> Iterator[Diagnostic]:
    seconds = known(vsftpd.seconds("idle_session_timeout"))
    if seconds == 0 or seconds > _LONGEST:
        yield fail(
            f"An idle session is ended {f'after {seconds} seconds' if seconds else 'never'}",
            at=vsftpd.where("idle_session_timeout"),
            severity=vsftpd.exposure.scale(LOW),
            expected="idle_session_timeout=300",
        )
