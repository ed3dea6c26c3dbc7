"""ProFTPD lets anonymous users upload files.

## Why it matters
A folder that anybody may write to is used within days to hand around malware and stolen data, and what is put there
is opened by staff who take it for a partner's delivery. Nothing is denied in a section unless a Limit says so.

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

## Bad: one folder is open
```text proftpd.conf
ServerType standalone
<Anonymous /srv/ftp>
  User ftp
  Group nogroup
  UserAlias anonymous ftp
  RequireValidShell off
  <Limit WRITE>
    DenyAll
  </Limit>
  <Directory incoming>  # <-
    <Limit STOR>
      AllowAll
    </Limit>
  </Directory>
</Anonymous>
```

## Good
```text proftpd.conf
ServerType standalone
<Anonymous /srv/ftp>
  User ftp
  Group nogroup
  UserAlias anonymous ftp
  RequireValidShell off
  <Limit WRITE>
    DenyAll
  </Limit>
</Anonymous>
```

## Good: in every folder
```text proftpd.conf
ServerType standalone
<Anonymous /srv/ftp>
  User ftp
  Group nogroup
  UserAlias anonymous ftp
  RequireValidShell off
  <Directory *>
    <Limit WRITE>
      DenyAll
    </Limit>
  </Directory>
</Anonymous>
```

## Good: there are no anonymous users
```text proftpd.conf
ServerType standalone
AllowOverwrite on
```

## Fix
```text
<Anonymous /srv/ftp>
  <Limit WRITE>
    DenyAll
  </Limit>
</Anonymous>
```

## References
- ProFTPD, Limit: http://www.proftpd.org/docs/howto/Limit.html
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, each_decided, fail, known
from auditor.technologies.proftpd import Host, Proftpd


@check(
    "proftpd-anonymous-upload",
    severity=CRITICAL,
    control=Control.MALICIOUS_UPLOAD,
    also=(Control.AUTHORIZATION,),
    cwe=434,
)
def proftpd_anonymous_upload(proftpd: Proftpd) -> Iterator[Diagnostic]:
    def judge(host: Host) -> Iterator[Diagnostic]:
        for section in host.anonymous:
            place = known(section.upload)
            if place is not None:
                yield fail(
                    f"Anonymous users may upload files at {host.who}; {proftpd.exposure.reason}",
                    at=place,
                    severity=proftpd.exposure.scale(CRITICAL),
                    key=host.label,
                    expected="<Limit WRITE> DenyAll",
                )

    yield from each_decided(proftpd.hosts, judge)
