"""ClamAV fetches a part of its signatures only.

## Why it matters
`daily` has what has come up since the last release of `main`, and `bytecode` finds what plain signatures cannot. What
they name is not found without them.

## Bad
```text freshclam.conf
DatabaseMirror database.clamav.net
ExcludeDatabase daily  # <-
```

## Bad
```text freshclam.conf
DatabaseMirror database.clamav.net
Bytecode no  # <-
```

## Good: the default
```text freshclam.conf
DatabaseMirror database.clamav.net
Checks 12
```

## Fix
Remove `ExcludeDatabase`, and:

```text
Bytecode yes
```

## References
- freshclam.conf(5), ClamAV 1.4 (Bytecode, ExcludeDatabase): https://docs.clamav.net/manual/Usage/Configuration.html#freshclamconf
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.clamav import Freshclam


@check("clamav-signatures-left-out", severity=MEDIUM, control=Control.MALICIOUS_UPLOAD, cwe=1329)
def clamav_signatures_left_out(freshclam: Freshclam) -> Iterator[Diagnostic]:
    excluded = known(freshclam.text("ExcludeDatabase"))
    if excluded is not None and excluded.partition(".")[0] in {"main", "daily", "bytecode"}:
        at = freshclam.where("ExcludeDatabase")
        yield fail(f"freshclam does not fetch the signatures {excluded}", at=at, expected="no ExcludeDatabase")
    elif not known(freshclam.is_on("Bytecode")):
        at = freshclam.where("Bytecode")
        yield fail("freshclam does not fetch the signatures bytecode", at=at, expected="Bytecode yes")
