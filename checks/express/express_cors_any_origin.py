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

## Bad: a function that takes them all
```javascript server.js
const cors = require("cors");
app.use(cors({ origin: (origin, callback) => callback(null, true), credentials: true })); // <-
```

## Bad: without the middleware
```javascript server.js
app.use((req, res, next) => {
  res.setHeader("Access-Control-Allow-Origin", "*"); // <-
  next();
});
```

## Bad: NestJS
```typescript src/main.ts
const app = await NestFactory.create(AppModule);
app.enableCors(); // <-
```

## Good
```javascript server.js
const cors = require("cors");
app.use(cors({ origin: ["https://portal.clinic.example"], credentials: true }));
```

## Good: undefined switches the middleware off
```javascript server.js
const cors = require("cors");
app.use(cors({ origin: undefined }));
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
from auditor.technologies.javascript import HEADER, ExpressCall


def _configures(call: ExpressCall) -> bool:
    return call.name in {"cors", HEADER}


@check(
    "express-cors-any-origin",
    severity=HIGH,
    control=Control.INFORMATION_DISCLOSURE,
    also=(Control.AUTHORIZATION,),
    cwe=942,
    applies=_configures,
)
def express_cors_any_origin(call: ExpressCall) -> Iterator[Diagnostic]:
    origin = known(call.option("origin") if call.name == "cors" else call.options)
    if origin is None and (call.name == HEADER or call.gives("origin")):
        return  # cors answers nothing where origin is given as undefined
    if origin is not None and origin is not True and origin != "*":
        return
    # A browser keeps an answer to `*` from requests with credentials; the echoed origin it accepts.
    with_credentials = call.name == "cors" and origin is True and call.option("credentials") is True
    words = ", in the name of signed-in users" if with_credentials else ""
    default = " by default" if origin is None else ""
    yield fail(
        f"{call.name} lets pages of any site read answers{words}{default}",
        at=call.at,
        severity=CRITICAL if with_credentials else HIGH,
        key="origin",
        expected="the origins of the clinic's own pages",
    )
