"""ProFTPD lets anybody in as anonymous.

## Why it matters
Whoever reaches the port logs in without a password of his own and reads what lies in the folder. Health records were
published in this way more than once.

## Bad
```text proftpd.conf
ServerType standalone
<Anonymous /srv/ftp>  # <-
  User ftp
  Group nogroup
  UserAlias anonymous ftp
  RequireValidShell off
</Anonymous>
```

## Bad: a section opens what the server closed
```text proftpd.conf
<Limit LOGIN>
  DenyAll
</Limit>
<Anonymous /srv/ftp>  # <-
  User ftp
  Group nogroup
  UserAlias anonymous ftp
  RequireValidShell off
  <Limit LOGIN>
    AllowAll
  </Limit>
</Anonymous>
```

## Good
```text proftpd.conf
ServerType standalone
DefaultRoot ~
```

## Good: a password of one's own is asked for
```text proftpd.conf
ServerType standalone
<Anonymous /srv/ftp>
  User ftp
  Group nogroup
  UserAlias anonymous ftp
  RequireValidShell off
  AnonRequirePassword on
</Anonymous>
```

## Good: nobody logs in
```text proftpd.conf
ServerType standalone
<Anonymous /srv/ftp>
  User ftp
  Group nogroup
  UserAlias anonymous ftp
  RequireValidShell off
  <Limit LOGIN>
    DenyAll
  </Limit>
</Anonymous>
```

## Good: a comment
```text proftpd.conf
ServerType standalone
DefaultRoot ~
# <Anonymous ~ftp>
```

## Fix
Remove the section `<Anonymous>`, or ask for a password:
```text
<Anonymous /srv/ftp>
  AnonRequirePassword on
</Anonymous>
```

## References
- ProFTPD, Limit: http://www.proftpd.org/docs/howto/Limit.html
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, each_decided, fail, known
from auditor.technologies.proftpd import Host, Proftpd


@check("proftpd-anonymous-login", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=306)
def proftpd_anonymous_login(proftpd: Proftpd) -> Iterator[Diagnostic]:
    def judge(host: Host) -> Iterator[Diagnostic]:
        for section in host.anonymous:
            if known(section.lets_in):
                yield fail(
                    f"Anybody logs in as anonymous at {host.who}; {proftpd.exposure.reason}",
                    at=section.at,
                    severity=proftpd.exposure.scale(CRITICAL),
                    key=host.label,
                    expected="no <Anonymous> section",
                )

    yield from each_decided(proftpd.hosts, judge)
