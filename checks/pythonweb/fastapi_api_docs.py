"""A FastAPI application describes its interface to everybody.

## Why it matters
FastAPI answers at /docs and /openapi.json with every path, parameter and type unless it is told not to, which spares an
attacker the search for the path that was left open.

## Bad: the default
```python portal/main.py
from fastapi import FastAPI

app = FastAPI(title="portal")  # <-
```

## Bad: the page is gone, the description is not
```python portal/main.py
from fastapi import FastAPI

app = FastAPI(docs_url=None, redoc_url=None)  # <-
```

## Good
```python portal/main.py
from fastapi import FastAPI

app = FastAPI(openapi_url=None)
```

## Fix
Leave the description out where patients' data is:
```python
app = FastAPI(openapi_url=None)
```

## References
- FastAPI 0.115, Metadata and Docs URLs, OpenAPI URL: https://fastapi.tiangolo.com/tutorial/metadata/#openapi-url
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.python import FrameworkCall


def _makes(call: FrameworkCall) -> bool:
    return call.name == "FastAPI"


@check("fastapi-api-docs", severity=LOW, control=Control.INFORMATION_DISCLOSURE, cwe=497, applies=_makes)
def fastapi_api_docs(call: FrameworkCall) -> Iterator[Diagnostic]:
    url = known(call.argument("openapi_url", "/openapi.json"))
    if isinstance(url, str) and url:
        default = "" if "openapi_url" in call.arguments else " by default"
        message = f"{url} describes the interface to everybody{default}"
        yield fail(message, at=call.at, key="openapi_url", expected="openapi_url=None")
