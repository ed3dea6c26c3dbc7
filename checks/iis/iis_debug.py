"""An ASP.NET application runs in debug mode.

## Why it matters
Debug builds answer with more of their inside, never time a request out, keep more in memory and hand scripts out
uncached. One slow request can hold the application.

## Bad
```xml web.config
<configuration>
  <system.web>
    <compilation debug="true" targetFramework="4.8"/>  # <-
  </system.web>
</configuration>
```

## Bad: the release changes something else
```xml Web.config
<configuration>
  <system.web>
    <compilation debug="true" targetFramework="4.8"/>  # <-
  </system.web>
</configuration>
```
```xml Web.Release.config
<configuration xmlns:xdt="http://schemas.microsoft.com/XML-Document-Transform">
  <system.web>
    <customErrors mode="On" xdt:Transform="Insert"/>
  </system.web>
</configuration>
```

## Good: taken away when it is published
```xml Web.config
<configuration>
  <system.web>
    <compilation debug="true" targetFramework="4.8"/>
  </system.web>
</configuration>
```
```xml Web.Release.config
<configuration xmlns:xdt="http://schemas.microsoft.com/XML-Document-Transform">
  <system.web>
    <compilation xdt:Transform="RemoveAttributes(debug)"/>
  </system.web>
</configuration>
```

## Good
```xml web.config
<configuration>
  <system.web>
    <compilation debug="false" targetFramework="4.8"/>
  </system.web>
</configuration>
```

## Fix
Take `debug` away for what is published:
```xml Web.Release.config
<compilation xdt:Transform="RemoveAttributes(debug)"/>
```

## References
- .NET Framework 4.8, CompilationSection.Debug: https://learn.microsoft.com/en-us/dotnet/api/system.web.configuration.compilationsection.debug?view=netframework-4.8
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.iis import Iis

from ._common import flagged, key_of


@check("iis-debug", severity=MEDIUM, control=Control.INFORMATION_DISCLOSURE, also=(Control.AVAILABILITY,), cwe=11)
def iis_debug(iis: Iis) -> Iterator[Diagnostic]:
    for value in flagged(iis, "system.web/compilation", "debug", "true"):
        if not known(iis.retail):
            yield fail(
                f"Pages of {iis.name_of(value.scope)} are compiled and run in debug mode",
                at=value.at,
                key=key_of(value, "compilation"),
                expected='debug="false", or a transform that takes it away',
            )
