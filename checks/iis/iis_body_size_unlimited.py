"""IIS takes request bodies of two gigabytes and more.

## Why it matters
A few such requests fill the disk or the memory of the server, and nobody else is served.

## Bad
```xml web.config
<configuration>
  <system.webServer>
    <security>
      <requestFiltering>
        <requestLimits maxAllowedContentLength="4294967295"/>  # <-
      </requestFiltering>
    </security>
  </system.webServer>
</configuration>
```

## Good
```xml web.config
<configuration>
  <system.webServer>
    <security>
      <requestFiltering>
        <requestLimits maxAllowedContentLength="52428800"/>
      </requestFiltering>
    </security>
  </system.webServer>
</configuration>
```

## Good: images of half a gigabyte
```xml web.config
<configuration>
  <system.webServer>
    <security>
      <requestFiltering>
        <requestLimits maxAllowedContentLength="536870912"/>
      </requestFiltering>
    </security>
  </system.webServer>
</configuration>
```

## Fix
Allow what the largest upload needs, and only where it is sent:
```xml web.config
<location path="api/images">
  <system.webServer>
    <security>
      <requestFiltering>
        <requestLimits maxAllowedContentLength="536870912"/>
      </requestFiltering>
    </security>
  </system.webServer>
</location>
```

## References
- IIS 10 configuration reference, Request Limits: https://learn.microsoft.com/en-us/iis/configuration/system.webserver/security/requestfiltering/requestlimits/
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, not_evaluated, whole_number
from auditor.technologies.iis import Iis

from ._common import key_of, with_text

_UNLIMITED = 2**31 - 1
"""Bytes; what is written where no limit is wanted."""


@check("iis-body-size-unlimited", severity=LOW, control=Control.RESOURCE_LIMITS, cwe=770)
def iis_body_size_unlimited(iis: Iis) -> Iterator[Diagnostic]:
    section = "system.webServer/security/requestFiltering/requestLimits"
    for value, text in with_text(iis.values(section, "maxAllowedContentLength")):
        limit = whole_number(text)
        if limit is None:
            yield not_evaluated("the limit is no number")
        elif limit >= _UNLIMITED:
            yield fail(
                f"Requests to {iis.name_of(value.scope)} may have bodies of {limit // 2**20} MiB",
                at=value.at,
                key=key_of(value, "requestLimits"),
                expected="what the largest upload needs, for its path only",
            )
