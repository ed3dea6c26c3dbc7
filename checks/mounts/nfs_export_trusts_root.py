"""Root of a client is root on the exported files.

## Why it matters
With `no_root_squash` whoever is root on any of the clients changes every file of the export, and leaves setuid programs there
for the others.

## Bad
```text etc/exports
/srv/records 10.20.0.0/24(rw,sync,no_root_squash,sec=krb5p) # <-
```

## Bad: everybody becomes root
```text etc/exports
/srv/records 10.20.0.7(rw,all_squash,anonuid=0,sec=krb5p) # <-
```

## Good
```text etc/exports
/srv/records 10.20.0.0/24(rw,sync,root_squash,sec=krb5p)
```

## Good: the last one counts
```text etc/exports
/srv/records 10.20.0.0/24(rw,no_root_squash,root_squash,sec=krb5p)
```

## Good: everybody becomes nobody
```text etc/exports
/srv/records 10.20.0.0/24(rw,no_root_squash,all_squash,sec=krb5p)
```

## Fix
```text
/srv/records 10.20.0.0/24(rw,sync,root_squash,sec=krb5p)
```

## References
- exports(5) of nfs-utils 2.6, "User ID Mapping"
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.mounts import NfsExport


@check("nfs-export-trusts-root", severity=HIGH, control=Control.AUTHORIZATION, also=(Control.PRIVILEGE,), cwe=732)
def nfs_export_trusts_root(export: NfsExport) -> Iterator[Diagnostic]:
    if known(export.trusts_root):
        yield fail(
            f"Root of {export.client or 'every host'} is root in {export.path}",
            at=export.at,
            severity=HIGH if known(export.is_writable) else MEDIUM,
            key=f"{export.path} {export.client}",
        )
