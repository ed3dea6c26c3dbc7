r"""A log-in with Windows authentication can be relayed to IIS.

## Why it matters
NTLM and Kerberos log-ins that are not bound to the TLS connection can be passed on: whoever gets a workstation to
connect to him opens the application in its user's name.

## Bad
```xml web.config
<configuration>
  <system.webServer>
    <security>
      <authentication>
        <windowsAuthentication enabled="true">
          <extendedProtection tokenChecking="None"/>  # <-
        </windowsAuthentication>
      </authentication>
    </security>
  </system.webServer>
</configuration>
```

## Bad: the default of the server
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
  <location path="records">
    <system.webServer>
      <security>
        <authentication>
          <windowsAuthentication enabled="true"/>  # <-
        </authentication>
      </security>
    </system.webServer>
  </location>
</configuration>
```

## Good
```xml web.config
<configuration>
  <system.webServer>
    <security>
      <authentication>
        <windowsAuthentication enabled="true">
          <extendedProtection tokenChecking="Require"/>
        </windowsAuthentication>
      </authentication>
    </security>
  </system.webServer>
</configuration>
```

## Good: switched off
```xml web.config
<configuration>
  <system.webServer>
    <security>
      <authentication>
        <windowsAuthentication enabled="false"/>
      </authentication>
    </security>
  </system.webServer>
</configuration>
```

## Fix
```xml applicationHost.config
<windowsAuthentication enabled="true">
  <extendedProtection tokenChecking="Require"/>
</windowsAuthentication>
```

## References
- IIS 10 configuration reference, Extended Protection: https://learn.microsoft.com/en-us/iis/configuration/system.webserver/security/authentication/windowsauthentication/extendedprotection/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.iis import Iis

from ._common import flagged, key_of

_SECTION = "system.webServer/security/authentication/windowsAuthentication"


@check("iis-windows-login-relayable", severity=MEDIUM, control=Control.AUTHENTICATION, cwe=294)
def iis_windows_login_relayable(iis: Iis) -> Iterator[Diagnostic]:
    for value in flagged(iis, _SECTION, "enabled", "true"):
        checking = value.scope.value(f"{_SECTION}/extendedProtection", "tokenChecking")
        if known(checking.lower) == "none":
            yield fail(
                f"Windows log-ins to {iis.name_of(value.scope)} are not bound to their connection",
                at=value.at if checking.layer is None else checking.at,
                key=key_of(value, "windowsAuthentication"),
                severity=iis.exposure.scale(MEDIUM),
                expected='<extendedProtection tokenChecking="Require"/>',
            )
