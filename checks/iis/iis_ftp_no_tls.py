r"""The FTP server of IIS takes log-ins and files without TLS.

## Why it matters
FTP sends the password and every file in clear text where the client does not ask for TLS. IIS requires it by default;
a file that allows plain connections takes that back.

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
            <ssl controlChannelPolicy="SslAllow" dataChannelPolicy="SslAllow"/>  # <-
          </security>
        </ftpServer>
      </site>
    </sites>
  </system.applicationHost>
</configuration>
```

## Bad: the files only
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
            <ssl controlChannelPolicy="SslRequire" dataChannelPolicy="SslDeny"/>  # <-
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
            <ssl controlChannelPolicy="SslRequire" dataChannelPolicy="SslRequire"/>
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
            <ssl ssl128="true"/>
          </security>
        </ftpServer>
      </site>
    </sites>
  </system.applicationHost>
</configuration>
```

## Fix
```xml applicationHost.config
<ssl controlChannelPolicy="SslRequire" dataChannelPolicy="SslRequire"/>
```

## References
- IIS 10 configuration reference, FTP over SSL: https://learn.microsoft.com/en-us/iis/configuration/system.applicationhost/sites/site/ftpserver/security/ssl
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.iis import Iis

from ._common import is_server

_CHANNELS = {"controlChannelPolicy": "log-ins", "dataChannelPolicy": "files"}


@check("iis-ftp-no-tls", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319, applies=is_server)
def iis_ftp_no_tls(iis: Iis) -> Iterator[Diagnostic]:
    for site in known(iis.sites):
        policies = {name: site.get("ftpServer/security/ssl", name, "SslRequire") for name in _CHANNELS}
        open_ = [name for name, (policy, _) in policies.items() if known(policy).lower() in {"sslallow", "ssldeny"}]
        if site.speaks("ftp") and open_:
            yield fail(
                f"The site {site.name} takes {' and '.join(_CHANNELS[name] for name in open_)} by FTP without TLS; "
                f"{iis.exposure.reason}",
                at=policies[open_[0]][1],
                key=site.name,
                severity=iis.exposure.scale(HIGH),
                expected='controlChannelPolicy="SslRequire" dataChannelPolicy="SslRequire"',
            )
