"""The filter for mail lets infected or unscanned mail through.

## Why it matters
With `OnInfected Accept` an infected mail is delivered. With `OnFail Accept` all mail is, as long as the scanner is
down or overloaded, which an attacker can bring about.

## Bad
```text clamav-milter.conf
MilterSocket /run/clamav/milter.ctl
ClamdSocket unix:/run/clamav/clamd.ctl
OnInfected Accept  # <-
```

## Bad: while the scanner is down
```text clamav-milter.conf
MilterSocket /run/clamav/milter.ctl
OnInfected Reject
OnFail Accept  # <-
```

## Good
```text clamav-milter.conf
MilterSocket /run/clamav/milter.ctl
OnInfected Reject
OnFail Defer
```

## Good: the default
```text clamav-milter.conf
MilterSocket /run/clamav/milter.ctl
ClamdSocket unix:/run/clamav/clamd.ctl
```

## Fix
```text
OnInfected Quarantine
OnFail Defer
```

## References
- clamav-milter.conf(5), ClamAV 1.4 (OnInfected, OnFail)
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.clamav import Milter

_CASES = (("OnInfected", "infected", HIGH, "Reject"), ("OnFail", "unscanned", MEDIUM, "Defer"))


@check("clamav-mail-passes", severity=HIGH, control=Control.MALICIOUS_UPLOAD, cwe=693)
def clamav_mail_passes(milter: Milter) -> Iterator[Diagnostic]:
    for name, what, severity, safe in _CASES:
        if (known(milter.text(name)) or "").lower() == "accept":
            at = milter.where(name)
            yield fail(
                f"The filter delivers {what} mail", at=at, severity=severity, key=name, expected=f"{name} {safe}"
            )
