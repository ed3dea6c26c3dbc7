"""Pages of any site may read an Express application's answers.

## Why it matters
The middleware cors allows every origin unless it is told which. With `origin: true` and credentials it echoes the caller's
origin, so that a page which a clinician happens to open reads patients' records in her name.

## Bad: the default
```javascript server.js
const cors = require("cors");
app.use(cors()); // <-
```

## Bad: in the name of signed-in users
```typescript src/main.ts
import cors from "cors";
app.use(cors({ origin: true, credentials: true })); // <-
```

## Bad
```javascript server.js
const cors = require("cors");
const options = { origin: "*", methods: ["GET"] };
app.use(cors(options)); // <-
```

## Good
```javascript server.js
const cors = require("cors");
app.use(cors({ origin: ["https://portal.clinic.example"], credentials: true }));
```

## Good: no origin at all
```javascript server.js
const cors = require("cors");
app.use(cors({ origin: false }));
```

## Fix
Name the origins of your own pages:
```javascript
app.use(cors({ origin: ["https://portal.clinic.example"], credentials: true }));
```

## References
- cors 2.8, Configuration Options (origin, default "*"): https://github.com/expressjs/cors#configuration-options
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.javascript import ExpressCall


def _configures(call: ExpressCall) -> bool:
    return call.name == "cors"


@check(
    "express-cors-any-origin",
    severity=HIGH,
    control=Control.INFORMATION_DISCLOSURE,
    also=(Control.AUTHORIZATION,),
    cwe=942,
    applies=_configures,
)
def express_cors_any_origin(call: ExpressCall) -> Iterator[Diagnostic]:
    origin = known(call.option("origin"))
    if origin is not None and origin is not True and origin != "*":
        return
    # A browser keeps an answer to `*` from requests with credentials; the echoed origin it accepts.
    with_credentials = origin is True and known(call.option("credentials")) is True
    words = ", in the name of signed-in users" if with_credentials else ""
    default = " by default" if origin is None else ""
    yield fail(
        f"cors lets pages of any site read answers{words}{default}",
        at=call.at,
        severity=CRITICAL if with_credentials else HIGH,
        key="origin",
        expected="the origins of the clinic's own pages",
    )
