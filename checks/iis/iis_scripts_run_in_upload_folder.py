"""IIS runs scripts in a folder for uploads.

## Why it matters
Whoever gets a page with code past the upload form opens it in the browser and owns the server.

## Bad
```xml web.config
<configuration>
  <location path="uploads">
    <system.webServer>
      <handlers accessPolicy="Read, Script"/>  # <-
    </system.webServer>
  </location>
</configuration>
```

## Bad: the folder's own file
```xml web.config
<configuration>
  <system.webServer>
    <directoryBrowse enabled="false"/>
  </system.webServer>
</configuration>
```
```xml uploads/web.config
<configuration>
  <system.webServer>
    <handlers accessPolicy="Read, Execute, Script"/>  # <-
  </system.webServer>
</configuration>
```

## Good
```xml web.config
<configuration>
  <location path="uploads">
    <system.webServer>
      <handlers accessPolicy="Read"/>
    </system.webServer>
  </location>
</configuration>
```

## Good: elsewhere
```xml web.config
<configuration>
  <system.webServer>
    <handlers accessPolicy="Read, Script"/>
  </system.webServer>
</configuration>
```

## Fix
```xml uploads/web.config
<configuration>
  <system.webServer>
    <handlers accessPolicy="Read"/>
  </system.webServer>
</configuration>
```

## References
- IIS 10 configuration reference, Handlers (accessPolicy): https://learn.microsoft.com/en-us/iis/configuration/system.webserver/handlers/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, key_words
from auditor.technologies.iis import Iis

from ._common import flags, key_of, with_text

_WORDS = frozenset({"upload", "uploads", "uploaded"})


@check(
    "iis-scripts-run-in-upload-folder",
    severity=HIGH,
    control=Control.MALICIOUS_UPLOAD,
    also=(Control.CODE_EXECUTION,),
    cwe=434,
)
def iis_scripts_run_in_upload_folder(iis: Iis) -> Iterator[Diagnostic]:
    for value, text in with_text(iis.written("system.webServer/handlers", "accessPolicy")):
        policy = flags(text)
        if _WORDS.isdisjoint(key_words(value.scope.path)) or "write" in policy:
            continue  # with Write it is iis-writable-scripts
        if policy & {"script", "execute"}:
            yield fail(
                f"Scripts that somebody uploads to {iis.name_of(value.scope)} run; {iis.exposure.reason}",
                at=value.at,
                key=key_of(value, "handlers"),
                severity=iis.exposure.scale(HIGH),
                expected='accessPolicy="Read"',
            )
