"""An Express session stays open for more than half an hour without use.

## Why it matters
At a shared workstation the next person finds the last one's session. Automatic logoff ends a session that nobody uses.

## Bad
```javascript server.js
const session = require("express-session");
app.use(session({ secret: process.env.SESSION_SECRET, cookie: { maxAge: 7 * 24 * 60 * 60 * 1000 } })); // <-
```

## Bad: a constant
```javascript server.js
const cookieSession = require("cookie-session");
const DAY = 86_400_000;
app.use(cookieSession({ keys: [process.env.COOKIE_KEY], maxAge: DAY })); // <-
```

## Good
```javascript server.js
const session = require("express-session");
app.use(session({ secret: process.env.SESSION_SECRET, rolling: true, cookie: { maxAge: 15 * 60 * 1000 } }));
```

## Fix
End unused sessions after a quarter of an hour:
```javascript
app.use(session({ secret: process.env.SESSION_SECRET, rolling: true, cookie: { maxAge: 15 * 60 * 1000 } }));
```

## References
- express-session 1.18, cookie.maxAge (milliseconds): https://github.com/expressjs/session#cookiemaxage-1
- cookie-session 2.1, Cookie Options, maxAge: https://github.com/expressjs/cookie-session#cookie-options
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, span_words
from auditor.technologies.javascript import ExpressCall

from ._common import cookie_option, is_session


@check("express-session-lifetime", severity=MEDIUM, control=Control.SESSION_MANAGEMENT, cwe=613, applies=is_session)
def express_session_lifetime(call: ExpressCall) -> Iterator[Diagnostic]:
    milliseconds = cookie_option(call, "maxAge")
    if isinstance(milliseconds, int) and milliseconds > 1_800_000:
        yield fail(
            f"cookie.maxAge keeps an unused session open for {span_words(milliseconds / 1000)}",
            at=call.at,
            key="maxAge",
            expected="15 minutes",
        )
