"""ASP.NET signs or encrypts with an old algorithm.

## Why it matters
The machine key protects log-in cookies and view state. MD5, SHA1, DES and 3DES are weaker than what ASP.NET uses by
itself, and whoever forges view state runs code on the server.

## Bad
```xml web.config
<configuration>
  <system.web>
    <machineKey validation="MD5"/>  # <-
  </system.web>
</configuration>
```

## Bad: old encryption
```xml web.config
<configuration>
  <system.web>
    <machineKey decryption="3DES" validation="HMACSHA256"/>  # <-
  </system.web>
</configuration>
```

## Good
```xml web.config
<configuration>
  <system.web>
    <machineKey decryption="AES" validation="HMACSHA256"/>
  </system.web>
</configuration>
```

## Good: the default
```xml web.config
<configuration>
  <system.web>
    <machineKey validationKey="AutoGenerate,IsolateApps"/>
  </system.web>
</configuration>
```

## Fix
```xml web.config
<machineKey validation="HMACSHA256" decryption="AES"/>
```

## References
- .NET Framework 4.8, MachineKeySection.ValidationAlgorithm and Decryption: https://learn.microsoft.com/en-us/dotnet/api/system.web.configuration.machinekeysection.validationalgorithm?view=netframework-4.8
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.iis import Iis

from ._common import flagged, key_of

_SECTION = "system.web/machineKey"


@check("iis-weak-machine-key", severity=MEDIUM, control=Control.INTEGRITY, also=(Control.KEY_MANAGEMENT,), cwe=327)
def iis_weak_machine_key(iis: Iis) -> Iterator[Diagnostic]:
    for attribute, use, bad, good in (
        ("validation", "signed", ("md5", "sha1", "3des"), "HMACSHA256"),
        ("decryption", "encrypted", ("des", "3des"), "AES"),
    ):
        for value in flagged(iis, _SECTION, attribute, *bad):
            yield fail(
                f"Log-in cookies and view state are {use} with {known(value.text)}",
                at=value.at,
                key=key_of(value, attribute),
                expected=f'{attribute}="{good}"',
            )
