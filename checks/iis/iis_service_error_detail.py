"""A WCF service sends exceptions to its clients.

## Why it matters
The fault holds the exception with its text and stack: pieces of SQL, paths, values of the record at hand.

## Bad
```xml web.config
<configuration>
  <system.serviceModel>
    <behaviors>
      <serviceBehaviors>
        <behavior name="records">
          <serviceDebug includeExceptionDetailInFaults="true"/>  # <-
        </behavior>
      </serviceBehaviors>
    </behaviors>
  </system.serviceModel>
</configuration>
```

## Good
```xml web.config
<configuration>
  <system.serviceModel>
    <behaviors>
      <serviceBehaviors>
        <behavior name="records">
          <serviceDebug includeExceptionDetailInFaults="false"/>
        </behavior>
      </serviceBehaviors>
    </behaviors>
  </system.serviceModel>
</configuration>
```

## Good: the default
```xml web.config
<configuration>
  <system.serviceModel>
    <behaviors>
      <serviceBehaviors>
        <behavior name="records">
          <serviceMetadata httpsGetEnabled="true"/>
        </behavior>
      </serviceBehaviors>
    </behaviors>
  </system.serviceModel>
</configuration>
```

## Fix
```xml web.config
<serviceDebug includeExceptionDetailInFaults="false"/>
```

## References
- ServiceDebugBehavior.IncludeExceptionDetailInFaults, .NET Framework 4.8: https://learn.microsoft.com/en-us/dotnet/api/system.servicemodel.description.servicedebugbehavior.includeexceptiondetailinfaults?view=netframework-4.8
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.iis import Iis, known_text

_SECTION = "system.serviceModel/behaviors/serviceBehaviors/behavior/serviceDebug"


@check("iis-service-error-detail", severity=MEDIUM, control=Control.INFORMATION_DISCLOSURE, cwe=209)
def iis_service_error_detail(iis: Iis) -> Iterator[Diagnostic]:
    for number, (_, element) in enumerate(iis.elements(_SECTION), 1):
        if known(known_text(element.get("includeExceptionDetailInFaults") or "false")).lower() == "true":
            yield fail(
                "Faults of a WCF service hold the exception for every client",
                at=element.where("includeExceptionDetailInFaults"),
                key=f"serviceDebug {number}",
                expected='includeExceptionDetailInFaults="false"',
            )
