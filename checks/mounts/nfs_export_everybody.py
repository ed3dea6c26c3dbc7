"""A folder is exported to every host.

## Why it matters
NFS trusts hosts. A folder for every host is a folder for whoever plugs a computer into the network: he says which user he is,
and reads that user's files.

## Bad
```text etc/exports
/srv/records *(rw,sync,root_squash) # <-
```

## Bad: a blank before the options
```text etc/exports
/srv/records client.clinic.example (rw,sync) # <-
```

## Bad: nobody named
```text etc/exports
/srv/records client.clinic.example(rw,sync)
/srv/images # <-
```

## Good
```text etc/exports
/srv/records client.clinic.example(rw,sync,sec=krb5p)
```

## Good: Kerberos says who asks
```text etc/exports
/srv/records *(rw,sync,sec=krb5p)
```

## Fix
```text
/srv/records client.clinic.example(rw,sync,root_squash,sec=krb5p)
```

## References
- exports(5) of nfs-utils 2.6, "Machine Name Formats": no blank is permitted between a client and its options
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.mounts import NfsExport


@check("nfs-export-everybody", severity=HIGH, control=Control.NETWORK_EXPOSURE, also=(Control.AUTHENTICATION,), cwe=306)
def nfs_export_everybody(export: NfsExport) -> Iterator[Diagnostic]:
    if not export.is_for_everybody or all(name.startswith("krb5") for name in known(export.flavours)):
        return
    writable = known(export.is_writable)
    yield fail(
        f"Every host may {'read and write' if writable else 'read'} {export.path}",
        at=export.at,
        severity=HIGH if writable else MEDIUM,
        key=f"{export.path} {export.client}",
    )
