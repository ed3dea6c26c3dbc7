r"""The access log of IIS does not tell who it was.

## Why it matters
A line without the user's name and the client's address cannot be put down to anybody. IIS writes both by itself.

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
          <binding protocol="https" bindingInformation="*:443:records.example"/>
        </bindings>
        <logFile logExtFileFlags="Date, Time, Method, UriStem, HttpStatus"/>  # <-
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
        <logFile logExtFileFlags="Date, Time, ClientIP, UserName, Method, UriStem, HttpStatus"/>
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
          <binding protocol="https" bindingInformation="*:443:records.example"/>
        </bindings>
        <logFile logFormat="W3C"/>
      </site>
    </sites>
  </system.applicationHost>
</configuration>
```

## Fix
```xml applicationHost.config
<logFile logExtFileFlags="Date, Time, ClientIP, UserName, Method, UriStem, UriQuery, HttpStatus, HttpSubStatus, UserAgent"/>
```

## References
- IIS 10 configuration reference, Log Files for a Site (logExtFileFlags): https://learn.microsoft.com/en-us/iis/configuration/system.applicationhost/sites/site/logfile/
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.iis import Iis

from ._common import flags, is_server

_DEFAULT = "ClientIP, UserName"
_NEEDED = {"clientip": "the client's address", "username": "the user's name"}


@check("iis-log-without-user", severity=LOW, control=Control.AUDIT_LOGGING, cwe=778, applies=is_server)
def iis_log_without_user(iis: Iis) -> Iterator[Diagnostic]:
    for site in known(iis.sites):
        form, _ = site.get("logFile", "logFormat", "W3C")
        fields, at = site.get("logFile", "logExtFileFlags", _DEFAULT)
        missing = [words for flag, words in _NEEDED.items() if flag not in flags(known(fields))]
        if known(form).lower() == "w3c" and missing:
            yield fail(f"The log of {site.name} lacks {' and '.join(missing)}", at=at, key=site.name, expected=_DEFAULT)
