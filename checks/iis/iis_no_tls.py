r"""IIS serves clients of other hosts without TLS.

## Why it matters
Log-ins, session cookies and records cross the network in clear text.

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
          <binding protocol="http" bindingInformation="*:80:"/>  # <-
        </bindings>
      </site>
    </sites>
  </system.applicationHost>
</configuration>
```

## Bad: the plain address answers too
```xml applicationHost.config
<configuration>
  <system.applicationHost>
    <sites>
      <site name="records" id="1">
        <application path="/">
          <virtualDirectory path="/" physicalPath="D:\sites\records"/>
        </application>
        <bindings>
          <binding protocol="http" bindingInformation="*:80:"/>  # <-
          <binding protocol="https" bindingInformation="*:443:records.example"/>
        </bindings>
      </site>
    </sites>
  </system.applicationHost>
</configuration>
```
```xml src/records/web.config
<configuration>
  <system.webServer>
    <directoryBrowse enabled="false"/>
  </system.webServer>
</configuration>
```

## Bad: two names on one port
```xml applicationHost.config
<configuration>
  <system.applicationHost>
    <sites>
      <site name="records" id="1">
        <application path="/">
          <virtualDirectory path="/" physicalPath="D:\sites\records"/>
        </application>
        <bindings>
          <binding protocol="http" bindingInformation="*:80:records.example"/>  # <-
          <binding protocol="http" bindingInformation="*:80:www.records.example"/>
        </bindings>
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
          <binding protocol="https" bindingInformation="*:443:records.example"/>
        </bindings>
      </site>
    </sites>
  </system.applicationHost>
</configuration>
```

## Good: redirected by the site
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
          <binding protocol="https" bindingInformation="*:443:records.example"/>
        </bindings>
        <hsts enabled="true" max-age="31536000" redirectHttpToHttps="true"/>
      </site>
    </sites>
  </system.applicationHost>
</configuration>
```

## Good: redirected by a rule of its web.config
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
          <binding protocol="https" bindingInformation="*:443:records.example"/>
        </bindings>
      </site>
    </sites>
  </system.applicationHost>
</configuration>
```
```xml sites/records/web.config
<configuration>
  <system.webServer>
    <rewrite>
      <rules>
        <rule name="to https" stopProcessing="true">
          <match url="(.*)"/>
          <conditions>
            <add input="{HTTPS}" pattern="off"/>
          </conditions>
          <action type="Redirect" url="https://{HTTP_HOST}/{R:1}" redirectType="Permanent"/>
        </rule>
      </rules>
    </rewrite>
  </system.webServer>
</configuration>
```

## Good: TLS is required
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
          <binding protocol="https" bindingInformation="*:443:records.example"/>
        </bindings>
      </site>
    </sites>
  </system.applicationHost>
  <location path="records">
    <system.webServer>
      <security>
        <access sslFlags="Ssl, Ssl128"/>
      </security>
    </system.webServer>
  </location>
</configuration>
```

## Good: for a proxy on the same host
```xml applicationHost.config
<configuration>
  <system.applicationHost>
    <sites>
      <site name="records" id="1">
        <application path="/">
          <virtualDirectory path="/" physicalPath="D:\sites\records"/>
        </application>
        <bindings>
          <binding protocol="http" bindingInformation="127.0.0.1:8080:"/>
        </bindings>
      </site>
    </sites>
  </system.applicationHost>
</configuration>
```

## Good: a site that is not started
```xml applicationHost.config
<configuration>
  <system.applicationHost>
    <sites>
      <site name="Default Web Site" id="1" serverAutoStart="false">
        <application path="/">
          <virtualDirectory path="/" physicalPath="D:\sites\records"/>
        </application>
        <bindings>
          <binding protocol="http" bindingInformation="*:80:"/>
        </bindings>
      </site>
    </sites>
  </system.applicationHost>
</configuration>
```

## Fix
Bind https, and send what still comes over http there (IIS 10, version 1709):
```xml applicationHost.config
<bindings>
  <binding protocol="http" bindingInformation="*:80:"/>
  <binding protocol="https" bindingInformation="*:443:" sslFlags="1"/>
</bindings>
<hsts enabled="true" max-age="31536000" redirectHttpToHttps="true"/>
```

## References
- IIS 10 configuration reference, Binding: https://learn.microsoft.com/en-us/iis/configuration/system.applicationhost/sites/site/bindings/binding
- IIS 10 configuration reference, HSTS: https://learn.microsoft.com/en-us/iis/configuration/system.applicationhost/sites/site/hsts
- IIS 10 configuration reference, Access: https://learn.microsoft.com/en-us/iis/configuration/system.webserver/security/access
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, Unknown, check, fail, known, not_evaluated
from auditor.technologies.iis import Iis

from ._common import is_server


@check("iis-no-tls", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319, applies=is_server)
def iis_no_tls(iis: Iis) -> Iterator[Diagnostic]:
    for site in known(iis.sites):
        plain = {binding.port: binding for binding in reversed(site.speaks("http"))}
        if not plain or not site.starts:
            continue
        sent_on = site.sends_to_https
        if isinstance(sent_on, Unknown):
            yield not_evaluated(sent_on.reason)
            continue
        if sent_on:
            continue
        for binding in reversed(plain.values()):
            yield fail(
                f"The site {site.name} answers on port {binding.port} without TLS; {iis.exposure.reason}",
                at=binding.at,
                key=f"{site.name} port {binding.port}",
                severity=iis.exposure.scale(HIGH),
                expected='an https binding, and redirectHttpToHttps="true"',
            )
