r"""ASP.NET Core writes its output to files without end.

## Why it matters
The log of standard output is for finding out why an application does not start. It has no limit of size, no rotation
and no format, and frameworks write what they handle into it.

## Bad
```xml web.config
<configuration>
  <system.webServer>
    <aspNetCore processPath="dotnet" arguments=".\Records.dll" stdoutLogEnabled="true" stdoutLogFile=".\logs\stdout"/>  # <-
  </system.webServer>
</configuration>
```

## Good
```xml web.config
<configuration>
  <system.webServer>
    <aspNetCore processPath="dotnet" arguments=".\Records.dll" stdoutLogEnabled="false" stdoutLogFile=".\logs\stdout"/>
  </system.webServer>
</configuration>
```

## Good: the default
```xml web.config
<configuration>
  <system.webServer>
    <aspNetCore processPath="dotnet" arguments=".\Records.dll" hostingModel="outofprocess"/>
  </system.webServer>
</configuration>
```

## Fix
```xml web.config
<aspNetCore processPath="dotnet" stdoutLogEnabled="false"/>
```

## References
- ASP.NET Core 8, "Log creation and redirection": https://learn.microsoft.com/en-us/aspnet/core/host-and-deploy/iis/logging-and-diagnostics
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.iis import Iis, known_text


@check(
    "iis-core-stdout-log",
    severity=LOW,
    control=Control.RESOURCE_LIMITS,
    also=(Control.INFORMATION_DISCLOSURE,),
    cwe=779,
)
def iis_core_stdout_log(iis: Iis) -> Iterator[Diagnostic]:
    for scope, module in iis.elements("system.webServer/aspNetCore"):
        if known(known_text(module.get("stdoutLogEnabled") or "false")).lower() == "true":
            yield fail(
                f"The application of {iis.name_of(scope)} writes its whole output to a file that nothing limits",
                at=module.where("stdoutLogEnabled"),
                key=f"{scope.path}/stdoutLogEnabled",
                expected='stdoutLogEnabled="false"',
            )
