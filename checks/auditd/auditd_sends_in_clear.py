"""Audit records cross the network in clear text.

## Why it matters
Whoever listens on the way knows what is recorded and what is not, and can put other records in their place.

## Bad
```text audisp-remote.conf
remote_server = logs.clinic.example
port = 60
transport = tcp
```

## Bad: the default
```text audisp-remote.conf
remote_server = logs.clinic.example
port = 60
```

## Good
```text audisp-remote.conf
remote_server = logs.clinic.example
transport = KRB5
```

## Good: switched off
```text etc/audit/audisp-remote.conf
remote_server = logs.clinic.example
transport = tcp
```
```text etc/audit/plugins.d/au-remote.conf
active = no
direction = out
```

## Good: no server
```text audisp-remote.conf
remote_server =
transport = tcp
```

## Fix
```text
transport = krb5
```

## References
- audisp-remote.conf(5), audit 3.0.9: https://man7.org/linux/man-pages/man5/audisp-remote.conf.5.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.auditd import Auditd


@check("auditd-sends-in-clear", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def auditd_sends_in_clear(auditd: Auditd) -> Iterator[Diagnostic]:
    if "remote/remote_server" not in auditd.settings or not known(auditd.sends):
        return
    transport = auditd.settings.get("remote/transport")
    kerberos = auditd.settings.get("remote/enable_krb5")
    if (transport is None or known(transport.value) != "krb5") and (kerberos is None or known(kerberos.value) != "yes"):
        yield fail(
            "Records are sent over TCP without encryption",
            at=auditd.where("remote/transport"),
            expected="transport = krb5",
        )
