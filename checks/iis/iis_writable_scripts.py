"""IIS lets clients write where it also runs scripts.

## Why it matters
With `Write` beside `Script` or `Execute`, a client that stores a page runs its own program on the server (a web
shell).

## Bad
```xml web.config
<configuration>
  <system.webServer>
    <handlers accessPolicy="Read, Write, Script"/>  # <-
  </system.webServer>
</configuration>
```

## Bad: a folder for uploads
```xml web.config
<configuration>
  <location path="uploads">
    <system.webServer>
      <handlers accessPolicy="Read, Write, Execute"/>  # <-
    </system.webServer>
  </location>
</configuration>
```

## Bad: for a folder of an application
```xml web.config
<configuration>
  <location path="import">
    <system.webServer>
      <handlers accessPolicy="Read, Write, Script"/>
    </system.webServer>
  </location>
</configuration>
```

## Good
```xml web.config
<configuration>
  <system.webServer>
    <handlers accessPolicy="Read, Script"/>
  </system.webServer>
</configuration>
```

## Good: stored, but not run
```xml web.config
<configuration>
  <system.webServer>
    <handlers accessPolicy="Read, Script"/>
  </system.webServer>
</configuration>
```
```xml incoming/web.config
<configuration>
  <system.webServer>
    <handlers accessPolicy="Read, Write"/>
  </system.webServer>
</configuration>
```

## Fix
```xml web.config
<location path="uploads">
  <system.webServer>
    <handlers accessPolicy="Read"/>
  </system.webServer>
</location>
```

## References
- IIS 10 configuration reference, Handlers (accessPolicy): https://learn.microsoft.com/en-us/iis/configuration/system.webserver/handlers/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail
from auditor.technologies.iis import Iis

from ._common import flags, key_of, with_text


@check("iis-writable-scripts", severity=HIGH, control=Control.MALICIOUS_UPLOAD, also=(Control.CODE_EXECUTION,), cwe=434)
def iis_writable_scripts(iis: Iis) -> Iterator[Diagnostic]:
    for value, text in with_text(iis.values("system.webServer/handlers", "accessPolicy")):
        policy = flags(text)
        if "write" in policy and policy & {"script", "execute"}:
            yield fail(
                f"Handlers of {iis.name_of(value.scope)} may write as well as run scripts; {iis.exposure.reason}",
                at=value.at,
                key=key_of(value, "handlers"),
                severity=iis.exposure.scale(HIGH),
                expected='accessPolicy="Read, Script", or "Read" where files are stored',
            )
