"""ASP.NET keeps traces of requests and shows them.

## Why it matters
`trace.axd` shows the last requests with their form fields, cookies and session: whoever opens it reads what others
typed and takes over their sessions. With `localOnly` it answers the server's own host, which a proxy on that host
makes of everybody.

## Bad
```xml web.config
<configuration>
  <system.web>
    <trace enabled="true" localOnly="false"/>  # <-
  </system.web>
</configuration>
```

## Bad: for the host itself
```xml web.config
<configuration>
  <system.web>
    <trace enabled="true"/>  # <-
  </system.web>
</configuration>
```

## Good
```xml web.config
<configuration>
  <system.web>
    <trace enabled="false" localOnly="false"/>
  </system.web>
</configuration>
```

## Good: removed when it is published
```xml web.config
<configuration>
  <system.web>
    <trace enabled="true" localOnly="false"/>
  </system.web>
</configuration>
```
```xml web.release.config
<configuration xmlns:xdt="http://schemas.microsoft.com/XML-Document-Transform">
  <system.web>
    <trace xdt:Transform="Remove"/>
  </system.web>
</configuration>
```

## Fix
```xml web.config
<trace enabled="false"/>
```

## References
- .NET Framework 4.8, TraceSection: https://learn.microsoft.com/en-us/dotnet/api/system.web.configuration.tracesection?view=netframework-4.8
"""

from collections.abc import Iterator

from auditor.api import HIGH, LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.iis import Iis

from ._common import flagged, key_of


@check("iis-trace", severity=HIGH, control=Control.INFORMATION_DISCLOSURE, also=(Control.SESSION_MANAGEMENT,), cwe=215)
def iis_trace(iis: Iis) -> Iterator[Diagnostic]:
    for value in flagged(iis, "system.web/trace", "enabled", "true"):
        if known(iis.retail):
            continue
        local = known(value.scope.value("system.web/trace", "localOnly").lower) == "true"
        yield fail(
            "trace.axd shows the fields and cookies of the last requests to "
            + ("whoever asks from the server itself" if local else f"every client; {iis.exposure.reason}"),
            at=value.at,
            key=key_of(value, "trace"),
            severity=LOW if local else iis.exposure.scale(HIGH),
            expected='<trace enabled="false"/>',
        )
