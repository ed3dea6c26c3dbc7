r"""IIS asks for passwords over connections without TLS.

## Why it matters
Basic authentication sends the password of a Windows account with every request, encoded but not encrypted.

## Bad
```xml web.config
<configuration>
  <system.webServer>
    <security>
      <access sslFlags="None"/>
      <authentication>
        <basicAuthentication enabled="true"/>  # <-
      </authentication>
    </security>
  </system.webServer>
</configuration>
```

## Bad: a site with a plain address only
```xml applicationHost.config
<configuration>
  <system.applicationHost>
    <sites>
      <site name="records" id="1">
        <application path="/">
          <virtualDirectory path="/" physicalPath="D:\sites\records"/>
        </application>
        <bindings>
          <binding protocol="http" bindingInformation="*:80:"/>
        </bindings>
      </site>
    </sites>
  </system.applicationHost>
  <location path="records">
    <system.webServer>
      <security>
        <access sslFlags="None"/>
        <authentication>
          <basicAuthentication enabled="true"/>  # <-
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
      <access sslFlags="Ssl, Ssl128"/>
      <authentication>
        <basicAuthentication enabled="true"/>
      </authentication>
    </security>
  </system.webServer>
</configuration>
```

## Good: the site has no plain address
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
        <access sslFlags="None"/>
        <authentication>
          <basicAuthentication enabled="true"/>
        </authentication>
      </security>
    </system.webServer>
  </location>
</configuration>
```

## Good: without passwords
```xml web.config
<configuration>
  <system.webServer>
    <security>
      <access sslFlags="None"/>
      <authentication>
        <basicAuthentication enabled="false"/>
      </authentication>
    </security>
  </system.webServer>
</configuration>
```

## Fix
```xml web.config
<access sslFlags="Ssl, Ssl128"/>
```

## References
- IIS 10 configuration reference, Basic Authentication: https://learn.microsoft.com/en-us/iis/configuration/system.webserver/security/authentication/basicauthentication
- IIS 10 configuration reference, Access: https://learn.microsoft.com/en-us/iis/configuration/system.webserver/security/access
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, Unknown, check, fail, known
from auditor.technologies.iis import Iis, Scope

from ._common import flagged, flags, key_of

_SECTION = "system.webServer/security/authentication/basicAuthentication"


@check(
    "iis-login-in-clear", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, also=(Control.AUTHENTICATION,), cwe=522
)
def iis_login_in_clear(iis: Iis) -> Iterator[Diagnostic]:
    for value in flagged(iis, _SECTION, "enabled", "true"):
        access = known(value.scope.value("system.webServer/security/access", "sslFlags").text)
        if "ssl" not in flags(access) and not _has_only_https(iis, value.scope):
            yield fail(
                f"Passwords for {iis.name_of(value.scope)} may travel in clear text; {iis.exposure.reason}",
                at=value.at,
                key=key_of(value, "basicAuthentication"),
                severity=iis.exposure.scale(HIGH),
                expected='<access sslFlags="Ssl, Ssl128"/>',
            )


def _has_only_https(iis: Iis, scope: Scope) -> bool:
    """Tell whether each site that the path can belong to sends what comes over http elsewhere, or hears none."""
    if isinstance(iis.sites, Unknown):
        return False
    name = scope.path.partition("/")[0].lower()
    sites = [site for site in iis.sites if not name or site.name.lower() == name]
    return all(not site.speaks("http") or known(site.sends_to_https) for site in sites)
