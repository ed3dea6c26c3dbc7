"""Scripts in the page can read Express' session cookie.

## Why it matters
Without the HttpOnly attribute one injected script is enough to copy the session and use it elsewhere.

## Bad
```javascript server.js
const session = require("express-session");
app.use(session({ secret: process.env.SESSION_SECRET, cookie: { secure: true, httpOnly: false } })); // <-
```

## Good: the default
```javascript server.js
const session = require("express-session");
app.use(session({ secret: process.env.SESSION_SECRET, cookie: { secure: true } }));
```

## Fix
Keep the cookie from scripts:
```javascript
app.use(session({ secret: process.env.SESSION_SECRET, cookie: { secure: true, httpOnly: true } }));
```

## References
- express-session 1.18, cookie.httpOnly (default true): https://github.com/expressjs/session#cookiehttponly
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.javascript import ExpressCall

from ._common import cookie_option, is_session


@check(
    "express-cookie-script-access",
    severity=MEDIUM,
    control=Control.SESSION_MANAGEMENT,
    cwe=1004,
    applies=is_session,
)
def express_cookie_script_access(call: ExpressCall) -> Iterator[Diagnostic]:
    if cookie_option(call, "httpOnly") is False:
        yield fail(
            "cookie.httpOnly is off, so that scripts can read the session cookie",
            at=call.at,
            key="httpOnly",
            expected="httpOnly: true",
        )
