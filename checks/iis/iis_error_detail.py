"""IIS sends detailed error pages to every client.

## Why it matters
A detailed page names the file on disk, the module, the handler and the account. It is a map for whoever looks for a
way in, and paths can hold what a record is called.

## Bad
```xml web.config
<configuration>
  <system.webServer>
    <httpErrors errorMode="Detailed"/>  # <-
  </system.webServer>
</configuration>
```

## Good
```xml web.config
<configuration>
  <system.webServer>
    <httpErrors errorMode="DetailedLocalOnly"/>
  </system.webServer>
</configuration>
```

## Good: pages of one's own
```xml web.config
<configuration>
  <system.webServer>
    <httpErrors errorMode="Custom" existingResponse="Replace"/>
  </system.webServer>
</configuration>
```

## Good: set back when it is published
```xml web.config
<configuration>
  <system.webServer>
    <httpErrors errorMode="Detailed"/>
  </system.webServer>
</configuration>
```
```xml web.Release.config
<configuration xmlns:xdt="http://schemas.microsoft.com/XML-Document-Transform">
  <system.webServer>
    <httpErrors errorMode="DetailedLocalOnly" xdt:Transform="Replace"/>
  </system.webServer>
</configuration>
```

## Fix
```xml web.config
<httpErrors errorMode="DetailedLocalOnly"/>
```

## References
- IIS 10 configuration reference, HTTP Errors: https://learn.microsoft.com/en-us/iis/configuration/system.webserver/httperrors/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.iis import Iis

from ._common import flagged, key_of


@check("iis-error-detail", severity=MEDIUM, control=Control.INFORMATION_DISCLOSURE, cwe=209)
def iis_error_detail(iis: Iis) -> Iterator[Diagnostic]:
    for value in flagged(iis, "system.webServer/httpErrors", "errorMode", "detailed"):
        yield fail(
            f"Error pages of {iis.name_of(value.scope)} show every client paths and modules of the server",
            at=value.at,
            key=key_of(value, "httpErrors"),
            expected='errorMode="DetailedLocalOnly"',
        )
