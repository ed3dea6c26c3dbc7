"""The NFS server confirms what it has not written.

## Why it matters
With `async` the server answers before data are on its disk. If it restarts, what clients were told is saved is gone, without
an error anywhere.

## Bad
```text etc/exports
/srv/records 10.20.0.0/24(rw,async,sec=krb5p) # <-
```

## Good
```text etc/exports
/srv/records 10.20.0.0/24(rw,sync,sec=krb5p)
```

## Good: nobody writes
```text etc/exports
/srv/images 10.20.0.0/24(ro,async,sec=krb5p)
```

## Fix
```text
/srv/records 10.20.0.0/24(rw,sync,sec=krb5p)
```

## References
- exports(5) of nfs-utils 2.6, "async"
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.mounts import NfsExport


@check("nfs-export-async", severity=MEDIUM, control=Control.DURABILITY)
def nfs_export_async(export: NfsExport) -> Iterator[Diagnostic]:
    if known(export.last_of("sync", "async")) == "async" and known(export.is_writable):
        yield fail(
            f"What clients write to {export.path} is confirmed before it is on disk",
            at=export.at,
            key=f"{export.path} {export.client}",
        )
