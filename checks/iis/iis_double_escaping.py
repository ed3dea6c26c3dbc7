r"""IIS accepts addresses that are escaped twice.

## Why it matters
What is still escaped when a filter looks at it, and is not when the application opens the file, passes rules on paths
and folders (`%252e%252e`).

## Bad
```xml web.config
<configuration>
  <system.webServer>
    <security>
      <requestFiltering allowDoubleEscaping="true"/>  # <-
    </security>
  </system.webServer>
</configuration>
```

## Good
```xml web.config
<configuration>
  <system.webServer>
    <security>
      <requestFiltering allowDoubleEscaping="false"/>
    </security>
  </system.webServer>
</configuration>
```

## Good: another character filter
```xml applicationHost.config
<configuration>
  <system.applicationHost>
    <sites>
      <site name="records" id="1">
        <application path="/">
          <virtualDirectory path="/" physicalPath="D:\sites\records"/>
        </application>
        <bindings>
          <binding protocol="https" bindingInformation="*:443:records.example"/>
        </bindings>
      </site>
    </sites>
  </system.applicationHost>
  <system.webServer>
    <security>
      <requestFiltering allowHighBitCharacters="true"/>
    </security>
  </system.webServer>
</configuration>
```

## Fix
```xml web.config
<requestFiltering allowDoubleEscaping="false"/>
```

## References
- IIS 10 configuration reference, Request Filtering: https://learn.microsoft.com/en-us/iis/configuration/system.webserver/security/requestfiltering/
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail
from auditor.technologies.iis import Iis

from ._common import flagged, key_of


@check("iis-double-escaping", severity=LOW, control=Control.AUTHORIZATION, cwe=174)
def iis_double_escaping(iis: Iis) -> Iterator[Diagnostic]:
    for value in flagged(iis, "system.webServer/security/requestFiltering", "allowDoubleEscaping", "true"):
        yield fail(
            f"Addresses of {iis.name_of(value.scope)} may be escaped twice",
            at=value.at,
            key=key_of(value, "requestFiltering"),
            expected='allowDoubleEscaping="false"',
        )
