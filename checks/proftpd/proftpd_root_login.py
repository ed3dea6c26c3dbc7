"""ProFTPD lets root log in.

## Why it matters
root is one account that several people share: the log says that root did something, and not who. Its password over
FTP opens every file of the host.

## Bad
```text proftpd.conf
ServerType standalone
RootLogin on  # <-
```

## Good
```text proftpd.conf
ServerType standalone
RootLogin off
```

## Good: the first line counts
```text proftpd.conf
ServerType standalone
RootLogin off
RootLogin on
```

## Fix
```text
RootLogin off
```

## References
- ProFTPD 1.3.8, Configuration Directives: http://www.proftpd.org/docs/directives/configuration_full.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, each_decided, fail, known
from auditor.technologies.proftpd import Host, Proftpd


@check("proftpd-root-login", severity=HIGH, control=Control.AUTHORIZATION, also=(Control.AUTHENTICATION,), cwe=250)
def proftpd_root_login(proftpd: Proftpd) -> Iterator[Diagnostic]:
    def judge(host: Host) -> Iterator[Diagnostic]:
        if known(host.flag("RootLogin", default=False)):
            yield fail(
                f"root may log in at {host.who}; {proftpd.exposure.reason}",
                at=host.where("RootLogin", host.at),
                severity=proftpd.exposure.scale(HIGH),
                key=host.label,
                expected="RootLogin off",
            )

    yield from each_decided(proftpd.hosts, judge)
