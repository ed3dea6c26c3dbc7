"""A line of fstab is not read as it was meant.

## Why it matters
A blank behind a comma ends the options. What follows, often the very `nosuid` or `noexec` that somebody added, is taken for a
number, and mount(8) passes over the whole line.

## Bad
```text etc/fstab
tmpfs /tmp tmpfs noexec, nosuid,nodev 0 0 # <-
```

## Bad: without a type
```text etc/fstab
tmpfs /tmp tmpfs noexec,nosuid,nodev 0 0
/dev/vdb1 /srv # <-
```

## Good
```text etc/fstab
# device folder type options
tmpfs	/tmp	tmpfs	noexec,nosuid,nodev	0	0
```

## Good: no numbers, or a remark behind them
```text etc/fstab
tmpfs /tmp tmpfs noexec,nosuid,nodev
/dev/vdb1 /srv ext4 nosuid 0 2 # records
```

## Fix
Write the options without blanks, and try the file: `findmnt --verify --tab-file etc/fstab`.

## References
- fstab(5) of util-linux 2.38, "The fourth field"; findmnt(8), `--verify`
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.mounts import Fstab


@check("mount-skipped-line", severity=MEDIUM, control=Control.CONFIGURATION_HYGIENE, cwe=1188)
def mount_skipped_line(fstab: Fstab) -> Iterator[Diagnostic]:
    for problem in fstab.skipped:
        yield fail(
            f"mount(8) passes over this line: {problem.message}",
            at=problem.at,
            key=f"{problem.message} {problem.at.line}",
        )
