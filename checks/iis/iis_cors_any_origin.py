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

## Bad: a rule repeats the origin of the request
```xml web.config
<configuration>
  <system.webServer>
    <httpProtocol>
      <customHeaders>
        <add name="Access-Control-Allow-Credentials" value="true"/>
      </customHeaders>
    </httpProtocol>
    <rewrite>
      <outboundRules>
        <rule name="origin">
          <match serverVariable="RESPONSE_Access-Control-Allow-Origin" pattern=".*"/>
          <action type="Rewrite" value="{HTTP_ORIGIN}"/>
        </rule>
      </outboundRules>
    </rewrite>
  </system.webServer>
</configuration>
```

## Good: a rule for the clinic's own pages
```xml web.config
<configuration>
  <system.webServer>
    <httpProtocol>
      <customHeaders>
        <add name="Access-Control-Allow-Credentials" value="true"/>
      </customHeaders>
    </httpProtocol>
    <rewrite>
      <outboundRules>
        <rule name="origin">
          <match serverVariable="RESPONSE_Access-Control-Allow-Origin" pattern=".*"/>
          <conditions>
            <add input="{HTTP_ORIGIN}" pattern="^https://portal[.]clinic[.]example$"/>
          </conditions>
          <action type="Rewrite" value="{HTTP_ORIGIN}"/>
        </rule>
      </outboundRules>
    </rewrite>
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

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, Location, check, fail
from auditor.technologies.iis import Iis, Item, Scope

_CORS = "system.webServer/cors"
_HEADERS = "system.webServer/httpProtocol/customHeaders"
_VARIABLE = "response_access_control_allow_origin"
_ANY = frozenset({"", ".*", ".+", "(.*)", "(.+)", "^.*$", "^.+$", "^(.*)$", "^(.+)$"})


@check("iis-cors-any-origin", severity=HIGH, control=Control.INFORMATION_DISCLOSURE, cwe=942)
def iis_cors_any_origin(iis: Iis) -> Iterator[Diagnostic]:
    for scope in iis.scopes:
        found = [*_written(scope), *_rewritten(scope)]
        if scope.switch(_CORS, "enabled") is True:
            origins = [
                item for item in scope.items(_CORS, "origin") if item.key == "*" and _is_on(item, "allowed", "true")
            ]
            found += [(item, _is_on(item, "allowCredentials", "false"), item.element.at) for item in origins]
        for item, with_login, at in found:
            if item.scope_path == scope.path:
                yield fail(
                    f"Answers of {iis.name_of(scope)} may be read by pages of any origin"
                    + (", with the user's log-in" if with_login else ""),
                    at=at,
                    key=f"{scope.path}/cors",
                    severity=iis.exposure.scale(HIGH if with_login else MEDIUM),
                    expected="the origins of the clinic's own pages",
                )


def _written(scope: Scope) -> Iterator[tuple[Item, bool, Location]]:
    """Yield headers that say `*`, with which browsers send no log-in."""
    for item in scope.items(_HEADERS, "name"):
        if item.key == "access-control-allow-origin" and (item.element.get("value") or "").strip() == "*":
            yield item, False, item.element.where("value")


def _rewritten(scope: Scope) -> Iterator[tuple[Item, bool, Location]]:
    """Yield outbound rules that put the Origin of whoever asks into the header (URL Rewrite 2.0)."""
    headers = {item.key: (item.element.get("value") or "").strip().lower() for item in scope.items(_HEADERS, "name")}
    with_login = headers.get("access-control-allow-credentials") == "true"
    for item in scope.items("system.webServer/rewrite/outboundRules", "name", "rule"):
        rule = item.element
        match, action, conditions = rule.first("match"), rule.first("action"), rule.first("conditions")
        variable = ((match.get("serverVariable") if match is not None else None) or "").lower().replace("-", "_")
        value = ((action.get("value") if action is not None else None) or "").upper()
        tests = list(conditions.named("add")) if conditions is not None else []
        limited = any((each.get("pattern") or "") not in _ANY for each in tests)
        if action is not None and variable == _VARIABLE and value in {"{HTTP_ORIGIN}", "{C:0}"} and not limited:
            yield item, with_login, action.where("value")


def _is_on(item: Item, attribute: str, default: str) -> bool:
    return (item.element.get(attribute) or default).lower() == "true"
