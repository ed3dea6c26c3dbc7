"""A Flask application is started with the debugger.

## Why it matters
Werkzeug's debugger shows the stack with its values to whoever provokes an error, and runs Python that a visitor types,
protected by a PIN of nine digits at most.

## Bad
```python portal/app.py
from flask import Flask

app = Flask(__name__)
app.run(host="0.0.0.0", debug=True)  # <-
```

## Bad: a container starts the script
```python portal/app.py
from flask import Flask

app = Flask(__name__)

if __name__ == "__main__":
    app.run(host="0.0.0.0", debug=True)  # <-
```
```text portal/Dockerfile
FROM python:3.12
COPY app.py /app.py
CMD ["python", "/app.py"]
```

## Good
```python portal/app.py
from flask import Flask

app = Flask(__name__)
app.run(host="127.0.0.1", debug=False)
```

## Fix
Start the application with a WSGI server, and leave the debugger out:
```python
app.run(debug=False)
```

## References
- Flask 3.1, Debugging Application Errors ("Do not run the development server, or enable the built-in debugger, in a production environment"): https://flask.palletsprojects.com/en/stable/debugging/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Confidence, Control, Diagnostic, check, fail, known, not_evaluated
from auditor.technologies.python import FrameworkCall


def _starts(call: FrameworkCall) -> bool:
    return call.name == "Flask.run"


@check(
    "flask-debugger",
    severity=HIGH,
    control=Control.CODE_EXECUTION,
    also=(Control.INFORMATION_DISCLOSURE,),
    cwe=489,
    applies=_starts,
)
def flask_debugger(call: FrameworkCall) -> Iterator[Diagnostic]:
    if not known(call.truth("debug", default=False)):
        return
    if call.is_script and not call.is_run:
        yield not_evaluated("the files do not tell whether the module is started as a script")
        return
    condition = call.unless("debug")
    yield fail(
        f"The application is started with Werkzeug's debugger{condition}",
        at=call.at,
        confidence=Confidence.MEDIUM if condition else None,
        key="debug",
        expected="debug=False",
    )
