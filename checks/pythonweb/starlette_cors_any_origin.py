r"""Pages of any site may read a FastAPI or Starlette application's answers.

## Why it matters
CORS decides which sites' scripts may read an answer. `*` allows all of them; with credentials Starlette echoes the
caller's origin for requests with a cookie, so that a page which a clinician happens to open reads patients' records in her
name.

## Bad: with credentials
```python portal/main.py
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

app = FastAPI()
app.add_middleware(  # <-
    CORSMiddleware, allow_origins=["*"], allow_credentials=True, allow_methods=["*"]
)
```

## Bad: a name, and the list of middleware
```python portal/main.py
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

origins = ["https://portal.clinic.example", "*"]
app = Starlette(middleware=[Middleware(CORSMiddleware, allow_origins=origins)])  # <-
```

## Bad: an expression that every origin matches
```python portal/main.py
from fastapi.middleware.cors import CORSMiddleware

app.add_middleware(CORSMiddleware, allow_origin_regex=".*")  # <-
```

## Bad: a text
```python portal/main.py
from starlette.middleware.cors import CORSMiddleware

app.add_middleware(CORSMiddleware, allow_origins="*")  # <-
```

## Good
```python portal/main.py
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

app = FastAPI()
app.add_middleware(
    CORSMiddleware, allow_origins=["https://portal.clinic.example"], allow_credentials=True, allow_methods=["*"]
)
```

## Good: one's own sub-domains
```python portal/main.py
from fastapi.middleware.cors import CORSMiddleware

app.add_middleware(CORSMiddleware, allow_origin_regex=r"https://.*\.clinic\.example")
```

## Fix
Name the origins of your own pages:
```python
app.add_middleware(CORSMiddleware, allow_origins=["https://portal.clinic.example"], allow_credentials=True)
```

## References
- Starlette 0.46, Middleware, CORSMiddleware: https://www.starlette.io/middleware/#corsmiddleware
- FastAPI 0.115, CORS: https://fastapi.tiangolo.com/tutorial/cors/
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, HIGH, Confidence, Control, Diagnostic, check, fail, known, takes_any_origin
from auditor.technologies.python import FrameworkCall, items_of


def _configures(call: FrameworkCall) -> bool:
    return call.name == "CORSMiddleware"


@check(
    "starlette-cors-any-origin",
    severity=HIGH,
    control=Control.INFORMATION_DISCLOSURE,
    also=(Control.AUTHORIZATION,),
    cwe=942,
    applies=_configures,
)
def starlette_cors_any_origin(call: FrameworkCall) -> Iterator[Diagnostic]:
    given = known(call.argument("allow_origins", []))
    origins = list(given) if isinstance(given, str) else items_of(given) or []  # of a text, Starlette asks the same
    name = "allow_origins"
    if "*" not in origins:
        name = "allow_origin_regex"
        pattern = known(call.argument(name, None))
        if not isinstance(pattern, str) or not takes_any_origin(pattern):
            for origin in origins:
                known(origin)
            return
    with_credentials = call.truth("allow_credentials", default=False) is True
    words = ", in the name of signed-in users" if with_credentials else ""
    condition = call.unless(name)
    yield fail(
        f"{name} lets pages of any site read answers{words}{condition}",
        at=call.at,
        severity=CRITICAL if with_credentials else HIGH,
        confidence=Confidence.MEDIUM if condition else None,
        key=name,
        expected="the origins of the clinic's own pages",
    )
