"""Pages of any site may read a Flask application's answers.

## Why it matters
Flask-CORS allows every origin unless it is told which. Where credentials are allowed too it echoes the caller's origin, so
that a page which a clinician happens to open reads patients' records in her name.

## Bad: the default
```python portal/app.py
from flask import Flask
from flask_cors import CORS

app = Flask(__name__)
CORS(app)  # <-
```

## Bad: with credentials
```python portal/app.py
from flask_cors import CORS

CORS(app, origins="*", supports_credentials=True)  # <-
```

## Bad: one view
```python portal/app.py
from flask_cors import cross_origin


@cross_origin()  # <-
def records():
    return "..."
```

## Good
```python portal/app.py
from flask import Flask
from flask_cors import CORS

app = Flask(__name__)
CORS(app, origins=["https://portal.clinic.example"], supports_credentials=True)
```

## Good: by path
```python portal/app.py
from flask_cors import CORS

CORS(app, resources={r"/api/*": {"origins": "https://portal.clinic.example"}})
```

## Good: in the application's configuration
```python portal/app.py
from flask import Flask
from flask_cors import CORS

app = Flask(__name__)
app.config["CORS_ORIGINS"] = ["https://portal.clinic.example"]
CORS(app, origins=["https://portal.clinic.example"])
```

## Fix
Name the origins of your own pages:
```python
CORS(app, origins=["https://portal.clinic.example"])
```

## References
- Flask-CORS 6, Configuration (origins, default "*"): https://flask-cors.readthedocs.io/en/latest/configuration.html
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, HIGH, Control, Diagnostic, check, fail, known, not_evaluated, takes_any_origin
from auditor.technologies.python import FrameworkCall, entries_of, items_of


def _configures(call: FrameworkCall) -> bool:
    return call.name in {"CORS", "cross_origin"}


@check(
    "flask-cors-any-origin",
    severity=HIGH,
    control=Control.INFORMATION_DISCLOSURE,
    also=(Control.AUTHORIZATION,),
    cwe=942,
    applies=_configures,
)
def flask_cors_any_origin(call: FrameworkCall) -> Iterator[Diagnostic]:
    by_path = known(call.argument("resources", None)) if "resources" in call.arguments else None
    general = call.argument("origins", None)
    rules = entries_of(by_path)
    if by_path is not None and rules is None and not isinstance(by_path, str) and items_of(by_path) is None:
        yield not_evaluated("code puts the rules by path together")
        return
    origins = [_origins(rule, general) for rule in rules.values()] if rules else [general]
    if not any(_is_any(known(each)) for each in origins):
        return
    with_credentials = call.truth("supports_credentials", default=False) is True
    words = ", in the name of signed-in users" if with_credentials else ""
    yield fail(
        f"Flask-CORS lets pages of any site read answers{words}",
        at=call.at,
        severity=CRITICAL if with_credentials else HIGH,
        key="origins",
        expected="the origins of the clinic's own pages",
    )


def _origins(rule: object, general: object) -> object:
    entries = entries_of(known(rule))
    return general if entries is None else entries.get("origins", general)


def _is_any(origins: object) -> bool:
    items = items_of(origins)
    words = [origins] if items is None else items
    return origins is None or any(isinstance(word, str) and (word == "*" or takes_any_origin(word)) for word in words)
