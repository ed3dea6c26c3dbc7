"""An exception has expired.

## Why it matters
An exception is a decision for a time: a named person accepted a deviation, for reasons and with measures that held when
it was signed. After its last day nobody answers for the deviation any more. What it covered is open again, and the
record on file no longer explains why.

## Fix
Correct the deviation and remove the entry. If it still has to stay, decide again: review the justification and the
measure, have the entry approved, and give it a new `created` and `expires` date, at most 365 days apart.

```yaml
created: 2026-11-01
expires: 2027-10-31
```

A date that is not written as YYYY-MM-DD, or a day of creation that is still to come, counts as expired.

## References
- 45 CFR 164.316(b)(2)(iii): review documentation periodically, and update it as needed
- 45 CFR 164.306(e): review and modify security measures as needed
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from auditor.engine import Outcome, run
from auditor.model.check import Check, check
from auditor.model.diagnostic import Failure, fail
from auditor.model.fact import Fact
from auditor.model.severity import Control, Severity
from auditor.records import dataclass

from .record import RecordedException


@dataclass(frozen=True, kw_only=True)
class DatedException(Fact):
    """An exception and why it is not in force on the day of the scan ("": it is)."""

    exception: RecordedException
    ended: str


@check("exception-expired", severity=Severity.LOW, control=Control.CONFIGURATION_HYGIENE)
def _exception_expired(dated: DatedException) -> Iterator[Failure]:
    exception = dated.exception
    if dated.ended:
        yield fail(
            f"The exception {exception.id} for {exception.check.id} is not in force: {dated.ended}. "
            "What it covered is open again.",
            key=exception.id,
            expected="an exception whose last day is today or later",
        )


EXCEPTION_EXPIRED: Final[Check] = _exception_expired
"""Low, since what is open again carries its own severity."""


def expired_outcomes(records: Sequence[RecordedException], today: date) -> list[Outcome]:
    """Return what the check says of every exception."""
    facts = [
        DatedException(
            component=record.component,
            technology=record.technology,
            at=record.at,
            exception=record,
            ended=record.ended(today),
        )
        for record in records
    ]
    return run([EXCEPTION_EXPIRED], facts)
