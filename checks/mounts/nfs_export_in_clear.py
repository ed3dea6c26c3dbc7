"""A folder is exported without encryption.

## Why it matters
With `sec=sys`, the default, the server believes each client's word on who its user is, and records go over the network
readable. Only Kerberos with privacy, or TLS below NFS, keeps them private.

## Bad
```text etc/exports
/srv/records 10.20.0.0/24(rw,sync,root_squash) # <-
```

## Bad: one of two ways is open
```text etc/exports
/srv/records 10.20.0.0/24(rw,sync,sec=krb5p:sys) # <-
```

## Good
```text etc/exports
/srv/records 10.20.0.0/24(rw,sync,sec=krb5p)
```

## Good: for all clients of the line
```text etc/exports
/srv/records -sec=krb5p,sync 10.20.0.7(rw) 10.20.0.8(ro)
```

## Good: TLS
```text etc/exports
/srv/records 10.20.0.0/24(rw,sync,xprtsec=mtls)
```

## Fix
```text
/srv/records 10.20.0.0/24(rw,sync,sec=krb5p)
```

## References
- exports(5) of nfs-utils 2.6, "RPCSEC_GSS security"; `xprtsec=` since nfs-utils 2.6.4 and Linux 6.5
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.mounts import NfsExport


@check(
    "nfs-export-in-clear",
    severity=HIGH,
    control=Control.ENCRYPTION_IN_TRANSIT,
    also=(Control.AUTHENTICATION,),
    cwe=319,
)
def nfs_export_in_clear(export: NfsExport) -> Iterator[Diagnostic]:
    if not export.is_local and not known(export.is_encrypted):
        client = export.client or "every host"
        yield fail(
            f"{export.path} goes to {client} in clear text where the client does not ask for more",
            at=export.at,
            key=f"{export.path} {export.client}",
        )
