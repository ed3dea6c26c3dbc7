"""Cookies of an ASP.NET application travel without TLS.

## Why it matters
A cookie without `Secure` is sent over `http://` too. One link to the plain address hands the session to whoever
listens on the way.

## Bad
```xml web.config
<configuration>
  <system.web>
    <httpCookies httpOnlyCookies="true" requireSSL="false"/>  # <-
  </system.web>
</configuration>
```

## Bad: the default
```xml web.config
<configuration>
  <system.web>
    <httpCookies httpOnlyCookies="true"/>  # <-
  </system.web>
</configuration>
```

## Good
```xml web.config
<configuration>
  <system.web>
    <httpCookies httpOnlyCookies="true" requireSSL="true"/>
  </system.web>
</configuration>
```

## Good: set when it is published
```xml Web.config
<configuration>
  <system.web>
    <httpCookies httpOnlyCookies="true"/>
  </system.web>
</configuration>
```
```xml Web.Release.config
<configuration xmlns:xdt="http://schemas.microsoft.com/XML-Document-Transform">
  <system.web>
    <httpCookies requireSSL="true" xdt:Transform="SetAttributes(requireSSL)"/>
  </system.web>
</configuration>
```

## Fix
```xml web.config
<httpCookies requireSSL="true" httpOnlyCookies="true" sameSite="Lax"/>
```

## References
- .NET Framework 4.8, HttpCookiesSection.RequireSSL: https://learn.microsoft.com/en-us/dotnet/api/system.web.configuration.httpcookiessection.requiressl?view=netframework-4.8
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.iis import Iis

from ._common import flagged, key_of

_SECTION = "system.web/httpCookies"


@check("iis-cookie-insecure", severity=MEDIUM, control=Control.SESSION_MANAGEMENT, cwe=614)
def iis_cookie_insecure(iis: Iis) -> Iterator[Diagnostic]:
    for value in flagged(iis, _SECTION, "requireSSL", "false"):
        if value.scope.has(_SECTION):  # without the section, the application's code may set it for each cookie
            yield fail(
                f"Browsers send cookies of {iis.name_of(value.scope)} without TLS",
                at=value.at,
                key=key_of(value, "httpCookies"),
                expected='<httpCookies requireSSL="true"/>',
            )
