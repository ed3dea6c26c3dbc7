"""A FastAPI or Starlette application runs in debug mode.

## Why it matters
Debug mode answers errors with the stack and source code, and the values at hand in a clinic are patients' data.

## Bad
```python portal/main.py
from fastapi import FastAPI

app = FastAPI(debug=True)  # <-
```

## Good
```python portal/main.py
from fastapi import FastAPI

app = FastAPI(title="portal")
```

## Fix
Leave debug mode off:
```python
app = FastAPI(debug=False)
```

## References
- Starlette 0.46, Applications, debug: https://www.starlette.io/applications/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Confidence, Control, Diagnostic, check, fail, known
from auditor.technologies.python import FrameworkCall


def _makes(call: FrameworkCall) -> bool:
    return call.name in {"FastAPI", "Starlette"}


@check("starlette-debug", severity=HIGH, control=Control.INFORMATION_DISCLOSURE, cwe=489, applies=_makes)
def starlette_debug(call: FrameworkCall) -> Iterator[Diagnostic]:
    if known(call.truth("debug", default=False)):
        condition = call.unless("debug")
        yield fail(
            f"The application runs in debug mode{condition}",
            at=call.at,
            confidence=Confidence.MEDIUM if condition else None,
            key="debug",
            expected="debug=False",
        )
