"""The log-in cookie of ASP.NET travels without TLS.

## Why it matters
Forms authentication sets `Secure` on its cookie only where `requireSSL` says so; that of `httpCookies` does not count
for it. Over `http://` the ticket is anybody's who listens.

## Bad
```xml web.config
<configuration>
  <system.web>
    <authentication mode="Forms">
      <forms loginUrl="~/login" requireSSL="false"/>  # <-
    </authentication>
  </system.web>
</configuration>
```

## Bad: the default, whatever httpCookies says
```xml web.config
<configuration>
  <system.web>
    <httpCookies requireSSL="true" httpOnlyCookies="true"/>
    <authentication mode="Forms">
      <forms loginUrl="~/login" timeout="15"/>  # <-
    </authentication>
  </system.web>
</configuration>
```

## Good
```xml web.config
<configuration>
  <system.web>
    <authentication mode="Forms">
      <forms loginUrl="~/login" requireSSL="true"/>
    </authentication>
  </system.web>
</configuration>
```

## Good: another kind of log-in
```xml web.config
<configuration>
  <system.web>
    <authentication mode="Windows">
      <forms loginUrl="~/login" requireSSL="false"/>
    </authentication>
  </system.web>
</configuration>
```

## Fix
```xml web.config
<forms loginUrl="~/login" requireSSL="true" timeout="15"/>
```

## References
- .NET Framework 4.8, FormsAuthenticationConfiguration.RequireSSL: https://learn.microsoft.com/en-us/dotnet/api/system.web.configuration.formsauthenticationconfiguration.requiressl?view=netframework-4.8
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.iis import Iis

from ._common import flagged


@check(
    "iis-login-cookie-insecure",
    severity=MEDIUM,
    control=Control.SESSION_MANAGEMENT,
    also=(Control.ENCRYPTION_IN_TRANSIT,),
    cwe=614,
)
def iis_login_cookie_insecure(iis: Iis) -> Iterator[Diagnostic]:
    for mode in flagged(iis, "system.web/authentication", "mode", "forms"):
        value = mode.scope.value("system.web/authentication/forms", "requireSSL")
        if known(value.lower) == "false":
            yield fail("Browsers send the log-in cookie without TLS", at=value.at, expected='requireSSL="true"')
