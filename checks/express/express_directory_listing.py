"""An Express application lists the files of a folder.

## Why it matters
A listing shows files that nobody linked to: uploads, exports, copies of the database.

## Bad
```javascript server.js
const serveIndex = require("serve-index");
app.use("/files", express.static("files"), serveIndex("files")); // <-
```

## Good
```javascript server.js
const cors = require("cors");
const options = { origin: "https://portal.clinic.example" };
app.use("/files", cors(options), express.static("files"));
```

## Fix
Serve single files only:
```javascript
app.use("/files", express.static("files"));
```

## References
- serve-index 1.9: https://github.com/expressjs/serve-index
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.javascript import ExpressCall


@check("express-directory-listing", severity=MEDIUM, control=Control.INFORMATION_DISCLOSURE, cwe=548)
def express_directory_listing(call: ExpressCall) -> Iterator[Diagnostic]:
    if call.name == "serve-index":
        yield fail("serve-index lists the files of a folder", at=call.at, key="serve-index", expected="no listing")
