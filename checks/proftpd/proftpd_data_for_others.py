"""ProFTPD lets a third machine take over a transfer.

## Why it matters
FTP sends files over a connection of its own. With AllowForeignAddress the client names any machine for it: somebody
else picks up the file, or the server scans other hosts for him.

## Bad
```text proftpd.conf
ServerType standalone
AllowForeignAddress on  # <-
```

## Good
```text proftpd.conf
ServerType standalone
AllowForeignAddress off
```

## Good: the default
```text proftpd.conf
ServerType standalone
DefaultRoot ~
```

## Fix
```text
AllowForeignAddress off
```

## References
- ProFTPD 1.3.8, Configuration Directives: http://www.proftpd.org/docs/directives/configuration_full.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, each_decided, fail, known
from auditor.technologies.proftpd import Host, Proftpd


@check("proftpd-data-for-others", severity=MEDIUM, control=Control.NETWORK_EXPOSURE, cwe=441)
def proftpd_data_for_others(proftpd: Proftpd) -> Iterator[Diagnostic]:
    def judge(host: Host) -> Iterator[Diagnostic]:
        if known(host.flag("AllowForeignAddress", default=False)):
            yield fail(
                f"A data connection of another machine than the client's is accepted at {host.who}; "
                f"{proftpd.exposure.reason}",
                at=host.where("AllowForeignAddress", host.at),
                severity=proftpd.exposure.scale(MEDIUM),
                key=host.label,
                expected="AllowForeignAddress off",
            )

    yield from each_decided(proftpd.hosts, judge)
