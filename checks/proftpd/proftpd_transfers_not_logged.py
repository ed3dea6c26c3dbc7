"""ProFTPD does not record which files are transferred.

## Why it matters
Without the log nobody can say who took which file, so that after an incident every file counts as taken.

## Bad
```text proftpd.conf
ServerType standalone
TransferLog none  # <-
```

## Good: the default
```text proftpd.conf
ServerType standalone
DefaultRoot ~
```

## Good: another log has the same
```text proftpd.conf
ServerType standalone
TransferLog NONE
ExtendedLog /var/log/proftpd/access.log READ,WRITE
```

## Fix
```text
TransferLog /var/log/proftpd/xferlog
```

## References
- ProFTPD 1.3.8, Configuration Directives: http://www.proftpd.org/docs/directives/configuration_full.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, each_decided, fail, known
from auditor.technologies.proftpd import Host, Proftpd


@check("proftpd-transfers-not-logged", severity=MEDIUM, control=Control.AUDIT_LOGGING, cwe=778)
def proftpd_transfers_not_logged(proftpd: Proftpd) -> Iterator[Diagnostic]:
    def judge(host: Host) -> Iterator[Diagnostic]:
        if known(host.text("TransferLog", "")).lower() == "none" and not known(host.text("ExtendedLog", "")):
            yield fail(
                f"Which files are transferred is not recorded at {host.who}",
                at=host.where("TransferLog", host.at),
                severity=proftpd.exposure.scale(MEDIUM),
                key=host.label,
                expected="TransferLog /var/log/proftpd/xferlog",
            )

    yield from each_decided(proftpd.hosts, judge)
