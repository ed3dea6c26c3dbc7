"""Express sends session cookies over unencrypted connections.

## Why it matters
Without the Secure attribute the browser also sends the cookie over http. One request in clear text, which anybody on the
same network can provoke, hands over the session of a clinician. express-session leaves the attribute out unless it is told.

## Bad: the default
```javascript server.js
const session = require("express-session");
app.use(session({ secret: process.env.SESSION_SECRET, resave: false })); // <-
```

## Bad
```typescript src/main.ts
import session from "express-session";
app.use(session({ secret: config.sessionSecret, cookie: { secure: false, maxAge: 900000 } })); // <-
```

## Good
```javascript server.js
const session = require("express-session");
app.use(session({ secret: process.env.SESSION_SECRET, cookie: { secure: true, maxAge: 900000 } }));
```

## Good: Secure where the connection is
```javascript server.js
const session = require("express-session");
const options = { secret: process.env.SESSION_SECRET, cookie: { secure: "auto" } };
app.use(session(options));
```

## Fix
Send the cookie over https only, and tell Express about the proxy that ends TLS:
```javascript
app.set("trust proxy", 1);
app.use(session({ secret: process.env.SESSION_SECRET, cookie: { secure: true } }));
```

## References
- express-session 1.18, cookie.secure (default false): https://github.com/expressjs/session#cookiesecure
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail
from auditor.technologies.javascript import ExpressCall

from ._common import cookie_option, is_sent_over_http, is_session


@check(
    "express-cookie-insecure",
    severity=HIGH,
    control=Control.SESSION_MANAGEMENT,
    also=(Control.ENCRYPTION_IN_TRANSIT,),
    cwe=614,
    applies=is_session,
)
def express_cookie_insecure(call: ExpressCall) -> Iterator[Diagnostic]:
    if is_sent_over_http(call):
        default = " by default" if cookie_option(call, "secure") is None else ""
        yield fail(
            f"cookie.secure is off{default}, so that the session cookie is also sent over http",
            at=call.at,
            key="secure",
            expected="secure: true",
        )
