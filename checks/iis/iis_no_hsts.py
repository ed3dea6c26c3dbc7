r"""IIS does not tell browsers to come back with https only.

## Why it matters
Without `Strict-Transport-Security` (HSTS) a browser that is sent to `http://` once, by a link or by somebody on the
way, shows its cookies in clear text. `max-age` is 0 by default, which takes the promise back.

## Bad
```xml applicationHost.config
<configuration>
  <system.applicationHost>
    <sites>
      <site name="records" id="1">  # <-
        <application path="/">
          <virtualDirectory path="/" physicalPath="D:\sites\records"/>
        </application>
        <bindings>
          <binding protocol="https" bindingInformation="*:443:records.example"/>
        </bindings>
      </site>
    </sites>
  </system.applicationHost>
</configuration>
```
```xml records/web.config
<configuration>
  <system.webServer>
    <directoryBrowse enabled="false"/>
  </system.webServer>
</configuration>
```

## Bad: for no time
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
        <hsts enabled="true"/>  # <-
      </site>
    </sites>
  </system.applicationHost>
</configuration>
```
```xml records/web.config
<configuration>
  <system.webServer>
    <directoryBrowse enabled="false"/>
  </system.webServer>
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
          <binding protocol="https" bindingInformation="*:443:records.example"/>
        </bindings>
        <hsts enabled="true" max-age="31536000"/>
      </site>
    </sites>
  </system.applicationHost>
</configuration>
```

## Good: for all sites
```xml applicationHost.config
<configuration>
  <system.applicationHost>
    <sites>
      <siteDefaults>
        <hsts enabled="true" max-age="31536000"/>
      </siteDefaults>
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
</configuration>
```

## Good: a header of the application
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
</configuration>
```
```xml records/web.config
<configuration>
  <system.webServer>
    <httpProtocol>
      <customHeaders>
        <add name="Strict-Transport-Security" value="max-age=31536000"/>
      </customHeaders>
    </httpProtocol>
  </system.webServer>
</configuration>
```

## Fix
```xml applicationHost.config
<hsts enabled="true" max-age="31536000" includeSubDomains="true" redirectHttpToHttps="true"/>
```

## References
- IIS 10 configuration reference, HSTS: https://learn.microsoft.com/en-us/iis/configuration/system.applicationhost/sites/site/hsts
- RFC 6797, HTTP Strict Transport Security
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Unknown, check, fail, known, not_evaluated
from auditor.technologies.iis import Iis

from ._common import is_server

_HEADER = "strict-transport-security"


@check("iis-no-hsts", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=523, applies=is_server)
def iis_no_hsts(iis: Iis) -> Iterator[Diagnostic]:
    for site in known(iis.sites):
        if not site.speaks("https"):
            continue
        enabled, at = site.get("hsts", "enabled", "false")
        seconds, _ = site.get("hsts", "max-age", "0")
        if known(enabled).lower() == "true" and known(seconds) != "0":
            continue
        if isinstance(site.content, Unknown):
            if _HEADER not in iis.headers(site.server):
                yield not_evaluated(site.content.reason)
        elif _HEADER in iis.headers(site.content):
            continue
        elif site.content.has("system.webServer/rewrite/outboundRules"):
            yield not_evaluated(f"outbound rules of {site.name} may add the header")
        else:
            yield fail(
                f"The site {site.name} sends no Strict-Transport-Security",
                at=at,
                key=site.name,
                severity=iis.exposure.scale(MEDIUM),
                expected='<hsts enabled="true" max-age="31536000"/>',
            )
