"""ASP.NET sends exceptions to every client.

## Why it matters
With `customErrors` Off an error page holds the exception, the stack and lines of source: pieces of SQL, paths, values
of the record at hand.

## Bad
```xml web.config
<configuration>
  <system.web>
    <customErrors mode="Off"/>  # <-
  </system.web>
</configuration>
```

## Good
```xml web.config
<configuration>
  <system.web>
    <customErrors mode="RemoteOnly"/>
  </system.web>
</configuration>
```

## Good: the default
```xml web.config
<configuration>
  <system.web>
    <compilation targetFramework="4.8"/>
  </system.web>
</configuration>
```

## Good: retail in machine.config overrules it
```xml web.config
<configuration>
  <system.web>
    <customErrors mode="Off"/>
  </system.web>
</configuration>
```
```xml server/machine.config
<configuration>
  <system.web>
    <deployment retail="true"/>
  </system.web>
</configuration>
```

## Good: replaced when it is published
```xml Web.config
<configuration>
  <system.web>
    <customErrors mode="Off"/>
  </system.web>
</configuration>
```
```xml Web.Release.config
<configuration xmlns:xdt="http://schemas.microsoft.com/XML-Document-Transform">
  <system.web>
    <customErrors defaultRedirect="Error.html" mode="On" xdt:Transform="Replace"/>
  </system.web>
</configuration>
```

## Fix
```xml web.config
<customErrors mode="RemoteOnly" defaultRedirect="~/Error"/>
```

## References
- .NET Framework 4.8, CustomErrorsSection.Mode and DeploymentSection.Retail: https://learn.microsoft.com/en-us/dotnet/api/system.web.configuration.customerrorssection.mode?view=netframework-4.8
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.iis import Iis

from ._common import flagged, key_of


@check("iis-exception-detail", severity=MEDIUM, control=Control.INFORMATION_DISCLOSURE, cwe=209)
def iis_exception_detail(iis: Iis) -> Iterator[Diagnostic]:
    for value in flagged(iis, "system.web/customErrors", "mode", "off"):
        if not known(iis.retail):
            yield fail(
                f"Error pages of {iis.name_of(value.scope)} show exceptions and source to every client",
                at=value.at,
                key=key_of(value, "customErrors"),
                expected='<customErrors mode="RemoteOnly"/>',
            )
