"""ProFTPD shows its users the whole file system.

## Why it matters
A user who is there to deliver files reads the folders of all other partners, the list of accounts and every file that
is readable on the host.

## Bad: the default
```text proftpd.conf
ServerType standalone
TLSRequired on
```

## Bad: the root of the file system
```text proftpd.conf
ServerType standalone
DefaultRoot /  # <-
```

## Good
```text proftpd.conf
ServerType standalone
DefaultRoot ~
```

## Good: for all hosts
```text proftpd.conf
ServerType standalone
<Global>
  DefaultRoot /srv/exchange/%u
</Global>
```

## Fix
```text
DefaultRoot ~
```

## References
- ProFTPD 1.3.8, Configuration Directives: http://www.proftpd.org/docs/directives/configuration_full.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, each_decided, fail, known
from auditor.technologies.proftpd import Host, Proftpd


@check("proftpd-users-not-confined", severity=HIGH, control=Control.AUTHORIZATION, cwe=552)
def proftpd_users_not_confined(proftpd: Proftpd) -> Iterator[Diagnostic]:
    def judge(host: Host) -> Iterator[Diagnostic]:
        folder = known(host.text("DefaultRoot", ""))
        if folder.split(" ")[0] in {"", "/"}:
            yield fail(
                f"Users reach the whole file system at {host.who}; {proftpd.exposure.reason}",
                at=host.where("DefaultRoot", host.at),
                severity=proftpd.exposure.scale(HIGH),
                key=host.label,
                expected="DefaultRoot ~",
            )

    yield from each_decided(proftpd.hosts, judge)
