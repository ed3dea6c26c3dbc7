r"""IIS keeps no record of who asked for what.

## Why it matters
Without a log nobody can say afterwards which records were opened, or see that somebody tries every address.

## Bad
```xml web.config
<configuration>
  <system.webServer>
    <httpLogging dontLog="true"/>  # <-
  </system.webServer>
</configuration>
```

## Bad: a part of the requests
```xml web.config
<configuration>
  <system.webServer>
    <httpLogging selectiveLogging="LogError"/>  # <-
  </system.webServer>
</configuration>
```

## Bad: a site
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
        <logFile enabled="false"/>  # <-
      </site>
    </sites>
  </system.applicationHost>
</configuration>
```

## Good
```xml web.config
<configuration>
  <system.webServer>
    <httpLogging dontLog="false" selectiveLogging="LogAll"/>
  </system.webServer>
</configuration>
```

## Good: the defaults of the server
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
        <logFile directory="D:/logs"/>
      </site>
    </sites>
  </system.applicationHost>
</configuration>
```

## Fix
```xml applicationHost.config
<siteDefaults>
  <logFile enabled="true" logFormat="W3C" directory="D:/logs"/>
</siteDefaults>
```

## References
- IIS 10 configuration reference, HTTP Logging: https://learn.microsoft.com/en-us/iis/configuration/system.webserver/httplogging
- IIS 10 configuration reference, Log Files for a Site: https://learn.microsoft.com/en-us/iis/configuration/system.applicationhost/sites/site/logfile/
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Unknown, check, fail, known
from auditor.technologies.iis import Iis

from ._common import flagged, key_of


@check("iis-no-access-log", severity=MEDIUM, control=Control.AUDIT_LOGGING, cwe=778)
def iis_no_access_log(iis: Iis) -> Iterator[Diagnostic]:
    if not isinstance(iis.sites, Unknown):
        for site in iis.sites:
            enabled, at = site.get("logFile", "enabled", "true")
            if known(enabled).lower() == "false" and site.speaks("http", "https"):
                yield fail(f"Requests to {site.name} are not logged", at=at, key=site.name, expected='enabled="true"')
    for value in iis.written("system.webServer/httpLogging", "selectiveLogging"):
        kind = known(value.lower)
        nothing = value.scope.value("system.webServer/httpLogging", "dontLog").lower == "true"
        if kind in {"logsuccessful", "logerror"} and not nothing:
            yield fail(
                f"Of requests to {iis.name_of(value.scope)} only a part is logged ({kind})",
                at=value.at,
                key=key_of(value, "selectiveLogging"),
                expected='selectiveLogging="LogAll"',
            )
    for value in flagged(iis, "system.webServer/httpLogging", "dontLog", "true"):
        yield fail(
            f"Requests to {iis.name_of(value.scope)} that succeed are not logged",
            at=value.at,
            key=key_of(value, "dontLog"),
            expected='dontLog="false"',
        )
