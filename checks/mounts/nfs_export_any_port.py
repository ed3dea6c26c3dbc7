"""Any user of a client may speak NFS in another's name.

## Why it matters
With `sec=sys` the client's kernel vouches for its users. A port below 1024 is the sign that it is the kernel who asks; with
`insecure` every program of every user may ask, and claim to be anybody.

## Bad
```text etc/exports
/srv/records 10.20.0.0/24(rw,sync,insecure) # <-
```

## Good
```text etc/exports
/srv/records 10.20.0.0/24(rw,sync)
```

## Good: Kerberos vouches for users
```text etc/exports
/srv/records 10.20.0.0/24(rw,sync,insecure,sec=krb5p)
```

## Fix
```text
/srv/records 10.20.0.0/24(rw,sync,secure)
```

## References
- exports(5) of nfs-utils 2.6, "secure"
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.mounts import NfsExport


@check("nfs-export-any-port", severity=MEDIUM, control=Control.AUTHENTICATION, cwe=290)
def nfs_export_any_port(export: NfsExport) -> Iterator[Diagnostic]:
    if known(export.last_of("secure", "insecure")) == "insecure" and "sys" in known(export.flavours):
        yield fail(
            f"Any program of {export.client or 'every host'} may ask for {export.path} in another user's name",
            at=export.at,
            key=f"{export.path} {export.client}",
        )
