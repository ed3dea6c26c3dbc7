r"""An ASP.NET Core application runs as in development.

## Why it matters
In the environment Development an error page shows the exception, the request with its cookies, and source; secrets of
developers are read too.

## Bad
```xml web.config
<configuration>
  <system.webServer>
    <aspNetCore processPath="dotnet" arguments=".\Records.dll" hostingModel="inprocess">
      <environmentVariables>
        <environmentVariable name="ASPNETCORE_ENVIRONMENT" value="Development"/>  # <-
      </environmentVariables>
    </aspNetCore>
  </system.webServer>
</configuration>
```

## Good
```xml web.config
<configuration>
  <system.webServer>
    <aspNetCore processPath="dotnet" arguments=".\Records.dll" hostingModel="inprocess">
      <environmentVariables>
        <environmentVariable name="ASPNETCORE_ENVIRONMENT" value="Production"/>
      </environmentVariables>
    </aspNetCore>
  </system.webServer>
</configuration>
```

## Good: changed when it is published
```xml web.config
<configuration>
  <system.webServer>
    <aspNetCore processPath="dotnet" arguments=".\Records.dll" hostingModel="inprocess">
      <environmentVariables>
        <environmentVariable name="ASPNETCORE_ENVIRONMENT" value="Development"/>
      </environmentVariables>
    </aspNetCore>
  </system.webServer>
</configuration>
```
```xml web.Release.config
<configuration xmlns:xdt="http://schemas.microsoft.com/XML-Document-Transform">
  <system.webServer>
    <aspNetCore>
      <environmentVariables>
        <environmentVariable name="ASPNETCORE_ENVIRONMENT" value="Production" xdt:Locator="Match(name)" xdt:Transform="SetAttributes(value)"/>
      </environmentVariables>
    </aspNetCore>
  </system.webServer>
</configuration>
```

## Good: the default is Production
```xml web.config
<configuration>
  <system.webServer>
    <aspNetCore processPath="dotnet" arguments=".\Records.dll" hostingModel="inprocess"/>
  </system.webServer>
</configuration>
```

## Fix
```xml web.config
<environmentVariable name="ASPNETCORE_ENVIRONMENT" value="Production"/>
```

## References
- ASP.NET Core 8, "The web.config file": https://learn.microsoft.com/en-us/aspnet/core/host-and-deploy/iis/web-config
- ASP.NET Core 8, "Use multiple environments": https://learn.microsoft.com/en-us/aspnet/core/fundamentals/environments
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.iis import Iis, known_text

_NAMES = frozenset({"aspnetcore_environment", "dotnet_environment"})


@check("iis-core-development", severity=MEDIUM, control=Control.INFORMATION_DISCLOSURE, cwe=489)
def iis_core_development(iis: Iis) -> Iterator[Diagnostic]:
    for scope, variables in iis.elements("system.webServer/aspNetCore/environmentVariables"):
        for variable in variables.named("environmentVariable"):
            name = variable.get("name") or ""
            if name.lower() in _NAMES and known(known_text(variable.get("value") or "")).lower() == "development":
                yield fail(
                    f"The application of {iis.name_of(scope)} runs in the environment Development",
                    at=variable.where("value"),
                    key=f"{scope.path}/{name}",
                    expected="Production",
                )
