"""Express' session cookie is sent with other sites' requests and without Secure.

## Why it matters
With SameSite=None another site's page can send requests in the name of a signed-in clinician. Applications that run inside
another one's frame need it, but only together with Secure; browsers drop the cookie otherwise or send it in clear text.

## Bad
```javascript server.js
const session = require("express-session");
app.use(session({ secret: process.env.SESSION_SECRET, cookie: { sameSite: "none" } })); // <-
```

## Good
```javascript server.js
const session = require("express-session");
app.use(session({ secret: process.env.SESSION_SECRET, cookie: { sameSite: "lax", secure: true } }));
```

## Good: embedded in another application, over https only
```javascript server.js
const session = require("express-session");
app.use(session({ secret: process.env.SESSION_SECRET, cookie: { sameSite: "none", secure: true } }));
```

## Good: cookie-session marks the cookie Secure on https connections
```javascript server.js
const cookieSession = require("cookie-session");
app.use(cookieSession({ keys: [process.env.COOKIE_KEY], sameSite: "none" }));
```

## Fix
Set SameSite to lax and Secure to true:
```javascript
app.use(session({ secret: process.env.SESSION_SECRET, cookie: { sameSite: "lax", secure: true } }));
```

## References
- express-session 1.18, cookie.sameSite: https://github.com/expressjs/session#cookiesamesite
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.javascript import ExpressCall

from ._common import cookie_option, is_sent_over_http, is_session


@check(
    "express-cookie-samesite-none",
    severity=MEDIUM,
    control=Control.SESSION_MANAGEMENT,
    cwe=1275,
    applies=is_session,
)
def express_cookie_samesite_none(call: ExpressCall) -> Iterator[Diagnostic]:
    same_site = cookie_option(call, "sameSite")
    if isinstance(same_site, str) and same_site.lower() == "none" and is_sent_over_http(call):
        yield fail(
            "cookie.sameSite is none without secure, so that the cookie goes along with requests from any site",
            at=call.at,
            key="sameSite",
            expected='sameSite: "lax"',
        )
