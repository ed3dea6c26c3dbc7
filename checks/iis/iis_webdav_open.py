"""Every user may write files of a site by WebDAV.

## Why it matters
A client that stores a page in the site runs its own program there. The rule for `*` holds for all users, and for
those without a log-in where the site lets them in.

## Bad
```xml applicationHost.config
<configuration>
  <location path="records">
    <system.webServer>
      <webdav>
        <authoring enabled="true" requireSsl="true"/>
        <authoringRules>
          <add users="*" path="*" access="Read, Write"/>  # <-
        </authoringRules>
      </webdav>
    </system.webServer>
  </location>
</configuration>
```

## Bad: without a log-in
```xml applicationHost.config
<configuration>
  <location path="records">
    <system.webServer>
      <webdav>
        <authoring enabled="true" requireSsl="true"/>
        <authoringRules>
          <add users="?" path="*" access="Read, Write, Source"/>  # <-
        </authoringRules>
      </webdav>
    </system.webServer>
  </location>
</configuration>
```

## Good
```xml applicationHost.config
<configuration>
  <location path="records">
    <system.webServer>
      <webdav>
        <authoring enabled="true" requireSsl="true"/>
        <authoringRules>
          <add users="publisher" path="*" access="Read, Write"/>
        </authoringRules>
      </webdav>
    </system.webServer>
  </location>
</configuration>
```

## Good: for reading
```xml applicationHost.config
<configuration>
  <location path="records">
    <system.webServer>
      <webdav>
        <authoring enabled="true" requireSsl="true"/>
        <authoringRules>
          <add users="*" path="*" access="Read"/>
        </authoringRules>
      </webdav>
    </system.webServer>
  </location>
</configuration>
```

## Good: switched off
```xml applicationHost.config
<configuration>
  <location path="records">
    <system.webServer>
      <webdav>
        <authoring enabled="false" requireSsl="true"/>
        <authoringRules>
          <add users="*" path="*" access="Read, Write"/>
        </authoringRules>
      </webdav>
    </system.webServer>
  </location>
</configuration>
```

## Fix
```xml applicationHost.config
<authoringRules>
  <add users="publisher" path="*" access="Read, Write"/>
</authoringRules>
```

## References
- IIS 10 configuration reference, WebDAV Authoring Rules: https://learn.microsoft.com/en-us/iis/configuration/system.webserver/webdav/authoringrules/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.iis import Iis

from ._common import flags


@check("iis-webdav-open", severity=HIGH, control=Control.MALICIOUS_UPLOAD, also=(Control.AUTHORIZATION,), cwe=434)
def iis_webdav_open(iis: Iis) -> Iterator[Diagnostic]:
    for scope, rules in iis.elements("system.webServer/webdav/authoringRules"):
        enabled = known(scope.value("system.webServer/webdav/authoring", "enabled").lower) == "true"
        for rule in rules.named("add") if enabled else ():
            if (rule.get("users") or "") in {"*", "?"} and "write" in flags(rule.get("access") or ""):
                who = "Clients without a log-in" if rule.get("users") == "?" else "All users"
                yield fail(
                    f"{who} may write files of {iis.name_of(scope)}; {iis.exposure.reason}",
                    at=rule.at,
                    key=f"{scope.path}/authoringRules",
                    severity=iis.exposure.scale(HIGH),
                    expected="rules for the users who publish",
                )
