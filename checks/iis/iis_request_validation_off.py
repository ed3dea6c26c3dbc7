"""ASP.NET lets markup in requests through.

## Why it matters
Request validation refuses form fields and addresses with markup. It is no replacement for encoding, but without it
every page that forgets to encode runs scripts of others. From mode 4.0 on it holds for all requests, and
`validateRequest` alone does not switch it off.

## Bad
```xml web.config
<configuration>
  <system.web>
    <httpRuntime requestValidationMode="2.0"/>
    <pages validateRequest="false"/>  # <-
  </system.web>
</configuration>
```

## Bad: for everything
```xml web.config
<configuration>
  <system.web>
    <httpRuntime requestValidationMode="0.0"/>  # <-
  </system.web>
</configuration>
```

## Bad: pages may switch it off
```xml web.config
<configuration>
  <system.web>
    <httpRuntime requestValidationMode="2.0"/>  # <-
  </system.web>
</configuration>
```

## Good
```xml web.config
<configuration>
  <system.web>
    <httpRuntime requestValidationMode="4.5"/>
  </system.web>
</configuration>
```

## Good: without effect in mode 4.0, as in the views of ASP.NET MVC
```xml web.config
<configuration>
  <system.web>
    <pages validateRequest="false"/>
  </system.web>
</configuration>
```

## Fix
Take `requestValidationMode` away; exceptions belong to single fields (`[AllowHtml]`, `Request.Unvalidated`):
```xml web.config
<httpRuntime targetFramework="4.8"/>
```

## References
- .NET Framework 4.8, HttpRuntimeSection.RequestValidationMode: https://learn.microsoft.com/en-us/dotnet/api/system.web.configuration.httpruntimesection.requestvalidationmode?view=netframework-4.8
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail, known, whole_number
from auditor.technologies.iis import Iis

from ._common import key_of

_FOR_ALL_REQUESTS = 4


@check("iis-request-validation-off", severity=MEDIUM, control=Control.INTEGRITY, cwe=79)
def iis_request_validation_off(iis: Iis) -> Iterator[Diagnostic]:
    for mode in iis.written("system.web/httpRuntime", "requestValidationMode"):
        major = whole_number(known(mode.text).partition(".")[0])
        if major is None or major >= _FOR_ALL_REQUESTS:
            continue
        pages = mode.scope.value("system.web/pages", "validateRequest")
        is_off = major == 0 or known(pages.lower) == "false"
        yield fail(
            "Requests with markup reach the application unchecked"
            if is_off
            else "Only pages refuse requests with markup, and each may switch that off",
            at=pages.at if is_off and major else mode.at,
            key=key_of(mode, "requestValidationMode"),
            severity=MEDIUM if is_off else LOW,
            expected='requestValidationMode="4.5"',
        )
