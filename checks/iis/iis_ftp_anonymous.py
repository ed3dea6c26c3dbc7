r"""The FTP server of IIS lets anybody in.

## Why it matters
Anonymous FTP has published the records of whole clinics: search engines for open servers find one within hours.

## Bad
```xml applicationHost.config
<configuration>
  <system.applicationHost>
    <sites>
      <site name="records" id="1">
        <application path="/">
          <virtualDirectory path="/" physicalPath="D:\sites\records"/>
        </application>
        <bindings>
          <binding protocol="ftp" bindingInformation="*:21:"/>
        </bindings>
        <ftpServer>
          <security>
            <authentication>
              <anonymousAuthentication enabled="true"/>  # <-
            </authentication>
          </security>
        </ftpServer>
      </site>
    </sites>
  </system.applicationHost>
</configuration>
```

## Good
```xml applicationHost.config
<configuration>
  <system.applicationHost>
    <sites>
      <site name="records" id="1">
        <application path="/">
          <virtualDirectory path="/" physicalPath="D:\sites\records"/>
        </application>
        <bindings>
          <binding protocol="ftp" bindingInformation="*:21:"/>
        </bindings>
        <ftpServer>
          <security>
            <authentication>
              <anonymousAuthentication enabled="false"/>
            </authentication>
          </security>
        </ftpServer>
      </site>
    </sites>
  </system.applicationHost>
</configuration>
```

## Good: the default
```xml applicationHost.config
<configuration>
  <system.applicationHost>
    <sites>
      <site name="records" id="1">
        <application path="/">
          <virtualDirectory path="/" physicalPath="D:\sites\records"/>
        </application>
        <bindings>
          <binding protocol="ftp" bindingInformation="*:21:"/>
        </bindings>
        <ftpServer>
          <security>
            <authentication>
              <basicAuthentication enabled="true"/>
            </authentication>
          </security>
        </ftpServer>
      </site>
    </sites>
  </system.applicationHost>
</configuration>
```

## Fix
```xml applicationHost.config
<anonymousAuthentication enabled="false"/>
<basicAuthentication enabled="true"/>
```

## References
- IIS 10 configuration reference, FTP Anonymous Authentication: https://learn.microsoft.com/en-us/iis/configuration/system.applicationhost/sites/site/ftpserver/security/authentication/anonymousauthentication
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail, known
from auditor.technologies.iis import Iis

from ._common import is_server

_PATH = "ftpServer/security/authentication/anonymousAuthentication"


@check("iis-ftp-anonymous", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=306, applies=is_server)
def iis_ftp_anonymous(iis: Iis) -> Iterator[Diagnostic]:
    for site in known(iis.sites):
        enabled, at = site.get(_PATH, "enabled", "false")
        if site.speaks("ftp") and known(enabled).lower() == "true":
            yield fail(
                f"Anybody opens {site.name} by FTP without a log-in; {iis.exposure.reason}",
                at=at,
                key=site.name,
                severity=iis.exposure.scale(CRITICAL),
                expected='<anonymousAuthentication enabled="false"/>',
            )
