"""IIS serves files of every kind, secrets among them.

## Why it matters
IIS hands out only files whose extension has a MIME type. A type for `.*` or for backups, dumps and keys opens what
was left in the folder: `.env`, `.bak`, `.sql`.

## Bad
```xml web.config
<configuration>
  <system.webServer>
    <staticContent>
      <mimeMap fileExtension=".*" mimeType="application/octet-stream"/>  # <-
    </staticContent>
  </system.webServer>
</configuration>
```

## Bad: backups
```xml web.config
<configuration>
  <system.webServer>
    <staticContent>
      <mimeMap fileExtension=".bak" mimeType="application/octet-stream"/>  # <-
    </staticContent>
  </system.webServer>
</configuration>
```

## Good
```xml web.config
<configuration>
  <system.webServer>
    <staticContent>
      <mimeMap fileExtension=".woff2" mimeType="font/woff2"/>
    </staticContent>
  </system.webServer>
</configuration>
```

## Good: taken away again
```xml web.config
<configuration>
  <system.webServer>
    <staticContent>
      <mimeMap fileExtension=".*" mimeType="application/octet-stream"/>
      <remove fileExtension=".*"/>
    </staticContent>
  </system.webServer>
</configuration>
```

## Good: the folder for proofs of ownership, whose files have no extension
```xml .well-known/web.config
<configuration>
  <system.webServer>
    <staticContent>
      <mimeMap fileExtension=".*" mimeType="text/plain"/>
    </staticContent>
  </system.webServer>
</configuration>
```
```xml web.config
<configuration>
  <system.webServer>
    <directoryBrowse enabled="false"/>
  </system.webServer>
</configuration>
```

## Good: another server answers everything
```xml web.config
<configuration>
  <system.webServer>
    <staticContent>
      <mimeMap fileExtension=".*" mimeType="application/octet-stream"/>
    </staticContent>
    <rewrite>
      <rules>
        <rule name="records">
          <match url="(.*)"/>
          <action type="Rewrite" url="http://localhost:5000/{R:1}"/>
        </rule>
      </rules>
    </rewrite>
  </system.webServer>
</configuration>
```

## Good: refused by request filtering
```xml web.config
<configuration>
  <system.webServer>
    <staticContent>
      <mimeMap fileExtension=".bak" mimeType="text/plain"/>
    </staticContent>
    <security>
      <requestFiltering>
        <fileExtensions>
          <add fileExtension=".bak" allowed="false"/>
        </fileExtensions>
      </requestFiltering>
    </security>
  </system.webServer>
</configuration>
```

## Fix
Name the extensions that the site hands out:
```xml web.config
<staticContent>
  <mimeMap fileExtension=".woff2" mimeType="font/woff2"/>
</staticContent>
```

## References
- IIS 10 configuration reference, Static Content: https://learn.microsoft.com/en-us/iis/configuration/system.webserver/staticcontent/
- IIS 10 configuration reference, Adding MIME Types: https://learn.microsoft.com/en-us/iis/configuration/system.webserver/staticcontent/mimemap
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.iis import Iis

from ._common import keep_out, serves_files

_EVERYTHING = frozenset({".*", "*", "*.*"})
_PUBLIC = ".well-known"
"""The folder of RFC 8615, whose files have no extension."""
_SECRET = frozenset({".bak", ".env", ".key", ".pem", ".sql", ".old", ".orig", ".swp", ".dmp"})


@check(
    "iis-mime-wildcard",
    severity=HIGH,
    control=Control.INFORMATION_DISCLOSURE,
    also=(Control.MALICIOUS_UPLOAD,),
    cwe=538,
)
def iis_mime_wildcard(iis: Iis) -> Iterator[Diagnostic]:
    for scope in filter(serves_files, iis.scopes):
        for item in scope.items("system.webServer/staticContent", "fileExtension", "mimeMap"):
            everything = item.key in _EVERYTHING
            if item.scope_path != scope.path or not (everything or item.key in _SECRET) or keep_out(scope, item.key):
                continue
            if scope.path.startswith(_PUBLIC):
                continue
            what = "Files of every extension" if everything else f"Files that end in {item.key}"
            yield fail(
                f"{what} are handed out by {iis.name_of(scope)}; {iis.exposure.reason}",
                at=item.element.at,
                key=f"{scope.path}/{item.key}",
                severity=iis.exposure.scale(HIGH if everything else MEDIUM),
                expected="a mimeMap for each extension that is meant to be served",
            )
