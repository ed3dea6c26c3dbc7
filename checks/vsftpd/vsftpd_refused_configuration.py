"""vsftpd would refuse to start with this configuration.

## Why it matters
vsftpd stops at a line like this. Whatever is running now runs with something else, and the next restart fails. Its
other settings are not judged.

## Bad: blanks around the equals sign
```text vsftpd.conf
listen=YES
anonymous_enable = NO
```

## Bad: a comment behind the value
```text vsftpd.conf
listen=YES
anonymous_enable=NO # nobody
```

## Bad: both kinds of listening
```text vsftpd.conf
listen=YES
listen_ipv6=YES
anonymous_enable=NO
local_enable=YES
```

## Good: the comment has its own line
```text vsftpd.conf
listen=YES
# nobody
anonymous_enable=NO
local_enable=YES
```

## Good: a text with blanks
```text vsftpd.conf
listen=YES
anonymous_enable=NO
local_enable=YES
ftpd_banner=Welcome to the exchange # one
```

## Fix
Write `name=value` without blanks, and comments on lines of their own:
```text
anonymous_enable=NO
```

## References
- vsftpd.conf(5), vsftpd 3.0.3: https://security.appspot.com/vsftpd/vsftpd_conf.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, not_evaluated
from auditor.technologies.vsftpd import Vsftpd


@check(
    "vsftpd-refused-configuration", severity=MEDIUM, control=Control.CONFIGURATION_HYGIENE, also=(Control.AVAILABILITY,)
)
def vsftpd_refused_configuration(vsftpd: Vsftpd) -> Iterator[Diagnostic]:
    for problem in vsftpd.refused:
        yield fail(f"vsftpd would refuse to start: {problem.message}", at=problem.at, key=problem.message)
    if vsftpd.unrecognised:
        where = ", ".join(str(problem.at) for problem in vsftpd.unrecognised[:3])
        yield not_evaluated(f"a setting is not known here ({where}); a newer version may have it")
