"""ASP.NET writes the session or log-in into addresses.

## Why it matters
A session in the address is in the browser's history, in logs, in the `Referer` of the next site and in every link
that somebody passes on; each of them is the log-in.

## Bad
```xml web.config
<configuration>
  <system.web>
    <sessionState cookieless="true"/>  # <-
  </system.web>
</configuration>
```

## Bad: the log-in
```xml web.config
<configuration>
  <system.web>
    <authentication mode="Forms">
      <forms loginUrl="~/login" cookieless="UseUri"/>  # <-
    </authentication>
  </system.web>
</configuration>
```

## Good
```xml web.config
<configuration>
  <system.web>
    <sessionState cookieless="UseCookies"/>
  </system.web>
</configuration>
```

## Good: the old word for cookies
```xml web.config
<configuration>
  <system.web>
    <sessionState cookieless="false"/>
  </system.web>
</configuration>
```

## Fix
```xml web.config
<sessionState cookieless="UseCookies" timeout="15"/>
```

## References
- .NET Framework 4.8, SessionStateSection.Cookieless: https://learn.microsoft.com/en-us/dotnet/api/system.web.configuration.sessionstatesection.cookieless?view=netframework-4.8
- .NET Framework 4.8, FormsAuthenticationConfiguration.Cookieless: https://learn.microsoft.com/en-us/dotnet/api/system.web.configuration.formsauthenticationconfiguration.cookieless?view=netframework-4.8
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.iis import Iis

from ._common import flagged, key_of


@check("iis-session-in-url", severity=MEDIUM, control=Control.SESSION_MANAGEMENT, cwe=598)
def iis_session_in_url(iis: Iis) -> Iterator[Diagnostic]:
    for value in flagged(iis, "system.web/sessionState", "cookieless", "true", "useuri"):
        yield fail(
            "The session's identifier stands in every address",
            at=value.at,
            key=key_of(value, "sessionState"),
            expected='cookieless="UseCookies"',
        )
    for mode in flagged(iis, "system.web/authentication", "mode", "forms"):
        value = mode.scope.value("system.web/authentication/forms", "cookieless")
        if known(value.lower) == "useuri":
            yield fail("The log-in stands in every address", at=value.at, expected='cookieless="UseCookies"')
