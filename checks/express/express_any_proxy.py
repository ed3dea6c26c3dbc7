"""Express believes every client that it is a proxy.

## Why it matters
The address and host that a proxy reports end up in the audit trail, in limits by address and in links that are mailed out.
With `true` the left-most entry of X-Forwarded-For counts, which the client writes.

## Bad
```javascript server.js
const express = require("express");
const app = express();
app.set("trust proxy", true); // <-
```

## Bad: the same in other words
```javascript server.js
const express = require("express");
const app = express();
app.enable("trust proxy"); // <-
```

## Good
```javascript server.js
const express = require("express");
const app = express();
app.set("trust proxy", 1);
```

## Good: by address
```javascript server.js
const express = require("express");
const app = express();
app.set("trust proxy", ["loopback", "10.20.0.2"]);
```

## Fix
Say how many proxies stand in front, or which:
```javascript
app.set("trust proxy", 1);
```

## References
- Express 5, Express behind proxies: https://expressjs.com/en/guide/behind-proxies.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.javascript import ExpressCall


def _trusts(call: ExpressCall) -> bool:
    return call.name == "trust proxy"


@check("express-any-proxy", severity=MEDIUM, control=Control.AUDIT_LOGGING, cwe=348, applies=_trusts)
def express_any_proxy(call: ExpressCall) -> Iterator[Diagnostic]:
    if known(call.options) is True:
        yield fail(
            "trust proxy believes every address, so that every client chooses the one that is logged",
            at=call.at,
            key="trust proxy",
            expected="the number or addresses of the proxies",
        )
