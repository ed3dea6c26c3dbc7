"""IIS tells every client what it runs.

## Why it matters
Headers with names and versions (`X-Powered-By`, `X-AspNet-Version`) say which known faults to try.

## Bad
```xml web.config
<configuration>
  <system.web>
    <httpRuntime targetFramework="4.8"/>  # <-
  </system.web>
</configuration>
```

## Bad: a header of one's own
```xml web.config
<configuration>
  <system.webServer>
    <httpProtocol>
      <customHeaders>
        <add name="X-Powered-By" value="ASP.NET 4.8"/>  # <-
      </customHeaders>
    </httpProtocol>
  </system.webServer>
</configuration>
```

## Good
```xml web.config
<configuration>
  <system.web>
    <httpRuntime targetFramework="4.8" enableVersionHeader="false"/>
  </system.web>
  <system.webServer>
    <httpProtocol>
      <customHeaders>
        <remove name="X-Powered-By"/>
      </customHeaders>
    </httpProtocol>
  </system.webServer>
</configuration>
```

## Good: a made-up name
```xml web.config
<configuration>
  <system.webServer>
    <httpProtocol>
      <customHeaders>
        <remove name="X-Powered-By"/>
        <add name="X-Powered-By" value="steam"/>
      </customHeaders>
    </httpProtocol>
  </system.webServer>
</configuration>
```

## Fix
```xml web.config
<system.web>
  <httpRuntime targetFramework="4.8" enableVersionHeader="false"/>
</system.web>
<system.webServer>
  <httpProtocol>
    <customHeaders>
      <remove name="X-Powered-By"/>
    </customHeaders>
  </httpProtocol>
</system.webServer>
```

## References
- .NET Framework 4.8, HttpRuntimeSection.EnableVersionHeader: https://learn.microsoft.com/en-us/dotnet/api/system.web.configuration.httpruntimesection.enableversionheader?view=netframework-4.8
- IIS 10 configuration reference, Custom Headers: https://learn.microsoft.com/en-us/iis/configuration/system.webserver/httpprotocol/customheaders/
"""

import re
from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, lazy
from auditor.technologies.iis import Iis

from ._common import flagged, key_of

_PRODUCTS = lazy(r"\d|asp|iis|\.net|php|express|node|java|servlet|jsp|plesk|umbraco|sitecore|orchard", re.IGNORECASE)
"""What tells an attacker something; a made-up name tells nothing."""
_SECTION = "system.web/httpRuntime"


@check("iis-server-banner", severity=LOW, control=Control.INFORMATION_DISCLOSURE, cwe=497)
def iis_server_banner(iis: Iis) -> Iterator[Diagnostic]:
    for value in flagged(iis, _SECTION, "enableVersionHeader", "true"):
        if value.scope.has(_SECTION):
            yield fail(
                "Every answer names the version of ASP.NET",
                at=value.at,
                key=key_of(value, "enableVersionHeader"),
                expected='enableVersionHeader="false"',
            )
    for scope in iis.scopes:
        for item in scope.items("system.webServer/httpProtocol/customHeaders", "name"):
            names_product = _PRODUCTS.search(item.element.get("value") or "") is not None
            if item.key == "x-powered-by" and item.scope_path == scope.path and names_product:
                yield fail(
                    "Every answer names its software (X-Powered-By)",
                    at=item.element.at,
                    key=f"{scope.path}/x-powered-by",
                    expected='<remove name="X-Powered-By"/>',
                )
