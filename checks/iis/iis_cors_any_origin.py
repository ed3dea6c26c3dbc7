"""Pages of any site may read what IIS answers.

## Why it matters
`Access-Control-Allow-Origin: *` lets a page that somebody opens elsewhere read what this site answers. With
credentials it reads in the name of the user who is logged in.

## Bad
```xml web.config
<configuration>
  <system.webServer>
    <httpProtocol>
      <customHeaders>
        <add name="Access-Control-Allow-Origin" value="*"/>  # <-
      </customHeaders>
    </httpProtocol>
  </system.webServer>
</configuration>
```

## Bad: the CORS module, with the user's log-in
```xml web.config
<configuration>
  <system.webServer>
    <cors enabled="true">
      <add origin="*" allowCredentials="true"/>  # <-
    </cors>
  </system.webServer>
</configuration>
```

## Good
```xml web.config
<configuration>
  <system.webServer>
    <httpProtocol>
      <customHeaders>
        <add name="Access-Control-Allow-Origin" value="https://portal.clinic.example"/>
      </customHeaders>
    </httpProtocol>
  </system.webServer>
</configuration>
```

## Good: refused
```xml web.config
<configuration>
  <system.webServer>
    <cors enabled="true">
      <add origin="*" allowed="false"/>
      <add origin="https://portal.clinic.example"/>
    </cors>
  </system.webServer>
</configuration>
```

## Good: taken away
```xml web.config
<configuration>
  <system.webServer>
    <httpProtocol>
      <customHeaders>
        <remove name="Access-Control-Allow-Origin"/>
      </customHeaders>
    </httpProtocol>
  </system.webServer>
</configuration>
```

## Fix
```xml web.config
<cors enabled="true">
  <add origin="https://portal.clinic.example"/>
</cors>
```

## References
- IIS CORS module Configuration Reference: https://learn.microsoft.com/en-us/iis/extensions/cors-module/cors-module-configuration-reference
- IIS 10 configuration reference, Custom Headers: https://learn.microsoft.com/en-us/iis/configuration/system.webserver/httpprotocol/customheaders/
- Fetch Standard, "CORS protocol": https://fetch.spec.whatwg.org/#http-cors-protocol
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.iis import Iis, Item

_CORS = "system.webServer/cors"


@check("iis-cors-any-origin", severity=HIGH, control=Control.INFORMATION_DISCLOSURE, cwe=942)
def iis_cors_any_origin(iis: Iis) -> Iterator[Diagnostic]:
    for scope in iis.scopes:
        added = scope.items("system.webServer/httpProtocol/customHeaders", "name")
        headers = [item for item in added if item.key == "access-control-allow-origin"]
        found = [(item, False) for item in headers if (item.element.get("value") or "").strip() == "*"]
        if scope.switch(_CORS, "enabled") is True:
            origins = [
                item for item in scope.items(_CORS, "origin") if item.key == "*" and _is_on(item, "allowed", "true")
            ]
            found += [(item, _is_on(item, "allowCredentials", "false")) for item in origins]
        for item, with_login in found:
            if item.scope_path == scope.path:
                yield fail(
                    f"Answers of {iis.name_of(scope)} may be read by pages of any origin"
                    + (", with the user's log-in" if with_login else ""),
                    at=item.element.where("value") if item.element.attribute("value") else item.element.at,
                    key=f"{scope.path}/cors",
                    severity=iis.exposure.scale(HIGH if with_login else MEDIUM),
                    expected="the origins of the clinic's own pages",
                )


def _is_on(item: Item, attribute: str, default: str) -> bool:
    return (item.element.get(attribute) or default).lower() == "true"
