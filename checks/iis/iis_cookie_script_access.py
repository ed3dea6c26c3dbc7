"""Scripts in pages may read cookies of an ASP.NET application.

## Why it matters
Without `HttpOnly` a script that somebody smuggles into a page sends the cookies of the logged-in user away. (The
cookies of session and log-in are `HttpOnly` anyway.)

## Bad
```xml web.config
<configuration>
  <system.web>
    <httpCookies httpOnlyCookies="false" requireSSL="true"/>  # <-
  </system.web>
</configuration>
```

## Bad: the default
```xml web.config
<configuration>
  <system.web>
    <httpCookies requireSSL="true"/>  # <-
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

## Good: capital letters
```xml web.config
<configuration>
  <system.web>
    <httpCookies httpOnlyCookies="True" requireSSL="true"/>
  </system.web>
</configuration>
```

## Fix
```xml web.config
<httpCookies requireSSL="true" httpOnlyCookies="true"/>
```

## References
- .NET Framework 4.8, HttpCookiesSection.HttpOnlyCookies: https://learn.microsoft.com/en-us/dotnet/api/system.web.configuration.httpcookiessection.httponlycookies?view=netframework-4.8
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail
from auditor.technologies.iis import Iis

from ._common import flagged, key_of

_SECTION = "system.web/httpCookies"


@check("iis-cookie-script-access", severity=LOW, control=Control.SESSION_MANAGEMENT, cwe=1004)
def iis_cookie_script_access(iis: Iis) -> Iterator[Diagnostic]:
    for value in flagged(iis, _SECTION, "httpOnlyCookies", "false"):
        if value.scope.has(_SECTION):  # without the section, the application's code may set it for each cookie
            yield fail(
                f"Scripts in pages of {iis.name_of(value.scope)} may read cookies",
                at=value.at,
                key=key_of(value, "httpCookies"),
                expected='<httpCookies httpOnlyCookies="true"/>',
            )
