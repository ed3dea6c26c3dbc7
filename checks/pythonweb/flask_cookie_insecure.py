"""Flask sends session cookies over unencrypted connections.

## Why it matters
Without the Secure attribute the browser also sends the cookie over http. One request in clear text, which anybody on the
same network can provoke, hands over the session of a clinician. Flask leaves the attribute out unless it is told.

## Bad: the default
```python portal/app.py
from flask import Flask, session

app = Flask(__name__)  # <-
```

## Good
```python portal/app.py
from flask import Flask, session

app = Flask(__name__)
app.config["SESSION_COOKIE_SECURE"] = True
```

## Good: in a class of settings
```python portal/app.py
from flask import Flask
from flask_login import LoginManager

app = Flask(__name__)
app.config.from_object("portal.config.Config")
```
```python portal/config.py
class Config:
    SESSION_COOKIE_SECURE = True
```

## Good: no sessions
```python portal/app.py
from flask import Flask, jsonify

app = Flask(__name__)
```

## Fix
Send the cookie over https only:
```python
app.config["SESSION_COOKIE_SECURE"] = True
```

## References
- Flask 3.1, Configuration Handling, SESSION_COOKIE_SECURE (default False): https://flask.palletsprojects.com/en/stable/config/#SESSION_COOKIE_SECURE
"""

from collections.abc import Iterator

from auditor.api import HIGH, Confidence, Control, Diagnostic, check, fail, known
from auditor.technologies.python import FlaskApplication


@check(
    "flask-cookie-insecure",
    severity=HIGH,
    control=Control.SESSION_MANAGEMENT,
    also=(Control.ENCRYPTION_IN_TRANSIT,),
    cwe=614,
)
def flask_cookie_insecure(flask: FlaskApplication) -> Iterator[Diagnostic]:
    # Where something names it, app-cookie-insecure judges what it is given.
    if not known(flask.leaves_default("SESSION_COOKIE_SECURE")):
        return
    yield fail(
        "SESSION_COOKIE_SECURE is off by default, so that the session cookie is also sent over http",
        at=flask.at,
        confidence=Confidence.MEDIUM,
        key="SESSION_COOKIE_SECURE",
        expected="SESSION_COOKIE_SECURE = True",
    )
