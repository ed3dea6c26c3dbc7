"""A Flask session stays valid for a month.

## Why it matters
At a shared workstation the next person finds the last one's session. Flask takes a session's cookie for 31 days unless it is
told; a browser that is never closed, or a copy of the cookie, is logged in for that long.

## Bad: the default
```python portal/app.py
from flask import Flask, session

app = Flask(__name__)  # <-
```

## Good
```python portal/app.py
from datetime import timedelta

from flask import Flask, session

app = Flask(__name__)
app.config["PERMANENT_SESSION_LIFETIME"] = timedelta(minutes=15)
```

## Good: as an attribute
```python portal/app.py
from datetime import timedelta

from flask import Flask, session

app = Flask(__name__)
app.permanent_session_lifetime = timedelta(minutes=15)
```

## Fix
End sessions after a quarter of an hour:
```python
app.config["PERMANENT_SESSION_LIFETIME"] = timedelta(minutes=15)
```

## References
- Flask 3.1, Configuration Handling, PERMANENT_SESSION_LIFETIME (default 31 days): https://flask.palletsprojects.com/en/stable/config/#PERMANENT_SESSION_LIFETIME
- Flask 3.1, flask.sessions.SecureCookieSessionInterface.open_session (the age is checked whether the session is permanent or not)
"""

from collections.abc import Iterator

from auditor.api import LOW, Confidence, Control, Diagnostic, check, fail, known
from auditor.technologies.python import FlaskApplication


@check("flask-session-lifetime", severity=LOW, control=Control.SESSION_MANAGEMENT, cwe=613)
def flask_session_lifetime(flask: FlaskApplication) -> Iterator[Diagnostic]:
    # Where something names it, app-session-lifetime judges what it is given.
    if known(flask.leaves_default("PERMANENT_SESSION_LIFETIME")):
        yield fail(
            "PERMANENT_SESSION_LIFETIME keeps a session valid for 31 days by default",
            at=flask.at,
            confidence=Confidence.MEDIUM,
            key="PERMANENT_SESSION_LIFETIME",
            expected="timedelta(minutes=15)",
        )
