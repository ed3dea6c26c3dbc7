"""A rule that should keep anonymous users out is never reached.

## Why it matters
ASP.NET takes the first rule of `authorization` that fits. Behind `allow users="*"` nothing is read any more, so that
the folder is open to everybody although its file says otherwise.

## Bad
```xml web.config
<configuration>
  <system.web>
    <authorization>
      <allow users="*"/>  # <-
      <deny users="?"/>
    </authorization>
  </system.web>
</configuration>
```

## Bad: for a folder
```xml web.config
<configuration>
  <location path="patients">
    <system.web>
      <authorization>
        <allow roles="doctors"/>
        <allow users="*"/>  # <-
        <deny users="?"/>
      </authorization>
    </system.web>
  </location>
</configuration>
```

## Good
```xml web.config
<configuration>
  <system.web>
    <authorization>
      <deny users="?"/>
      <allow users="*"/>
    </authorization>
  </system.web>
</configuration>
```

## Good: open on purpose
```xml web.config
<configuration>
  <system.web>
    <authorization>
      <allow users="*"/>
    </authorization>
  </system.web>
</configuration>
```

## Good: for some methods only
```xml web.config
<configuration>
  <system.web>
    <authorization>
      <allow users="*" verbs="OPTIONS"/>
      <deny users="?"/>
    </authorization>
  </system.web>
</configuration>
```

## Fix
```xml web.config
<authorization>
  <deny users="?"/>
  <allow roles="doctors"/>
  <deny users="*"/>
</authorization>
```

## References
- .NET Framework 4.8, AuthorizationSection: https://learn.microsoft.com/en-us/dotnet/api/system.web.configuration.authorizationsection?view=netframework-4.8
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail
from auditor.technologies.iis import Iis


@check("iis-deny-never-reached", severity=HIGH, control=Control.AUTHENTICATION, also=(Control.AUTHORIZATION,), cwe=285)
def iis_deny_never_reached(iis: Iis) -> Iterator[Diagnostic]:
    for scope, element in iis.elements("system.web/authorization"):
        rules = [each for each in element.named("allow", "deny") if not each.get("verbs")]
        opened = next(
            (each for each in rules if each.name == "allow" and (each.get("users") or "").strip() == "*"), None
        )
        if opened is None:
            continue
        behind = rules[rules.index(opened) + 1 :]
        if any(each.name == "deny" for each in behind):
            yield fail(
                f'Everybody may open {iis.name_of(scope)}: the rules behind allow users="*" are not read',
                at=opened.at,
                key=f"{scope.path}/authorization",
                severity=iis.exposure.scale(HIGH),
                expected='<deny users="?"/> before any rule that allows',
            )
