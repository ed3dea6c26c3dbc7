"""The log-in cookie of ASP.NET is not protected.

## Why it matters
The ticket of forms authentication holds the user's name. With `protection` None or Encryption nothing proves that the
server wrote it, and whoever changes it is somebody else; with Validation it can be read.

## Bad
```xml web.config
<configuration>
  <system.web>
    <authentication mode="Forms">
      <forms loginUrl="~/login" protection="None"/>  # <-
    </authentication>
  </system.web>
</configuration>
```

## Bad: encrypted, but not signed
```xml web.config
<configuration>
  <system.web>
    <authentication mode="Forms">
      <forms loginUrl="~/login" protection="Encryption"/>  # <-
    </authentication>
  </system.web>
</configuration>
```

## Good
```xml web.config
<configuration>
  <system.web>
    <authentication mode="Forms">
      <forms loginUrl="~/login" protection="All"/>
    </authentication>
  </system.web>
</configuration>
```

## Good: the default
```xml web.config
<configuration>
  <system.web>
    <authentication mode="Forms">
      <forms loginUrl="~/login" requireSSL="true"/>
    </authentication>
  </system.web>
</configuration>
```

## Fix
```xml web.config
<forms loginUrl="~/login" protection="All" requireSSL="true"/>
```

## References
- .NET Framework 4.8, FormsAuthenticationConfiguration.Protection: https://learn.microsoft.com/en-us/dotnet/api/system.web.configuration.formsauthenticationconfiguration.protection?view=netframework-4.8
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.iis import Iis

from ._common import flagged


@check("iis-login-cookie-forgeable", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=565)
def iis_login_cookie_forgeable(iis: Iis) -> Iterator[Diagnostic]:
    for mode in flagged(iis, "system.web/authentication", "mode", "forms"):
        value = mode.scope.value("system.web/authentication/forms", "protection")
        kind = known(value.lower)
        if kind in {"none", "encryption"}:
            yield fail(
                f"Clients can write a log-in cookie for any user; {iis.exposure.reason}",
                at=value.at,
                severity=iis.exposure.scale(CRITICAL),
                expected='protection="All"',
            )
        elif kind == "validation":
            yield fail("The log-in cookie can be read", at=value.at, severity=MEDIUM, expected='protection="All"')
