r"""IIS lists the files of folders.

## Why it matters
A folder without a default page shows everything in it: exports and scans with the names of people in their file
names.

## Bad
```xml web.config
<configuration>
  <system.webServer>
    <directoryBrowse enabled="true"/>  # <-
  </system.webServer>
</configuration>
```

## Bad: one folder
```xml web.config
<configuration>
  <system.webServer>
    <directoryBrowse enabled="false"/>
  </system.webServer>
  <location path="exports">
    <system.webServer>
      <directoryBrowse enabled="true"/>  # <-
    </system.webServer>
  </location>
</configuration>
```

## Bad: the file of a folder
```xml web.config
<configuration>
  <system.webServer>
    <directoryBrowse enabled="false"/>
  </system.webServer>
</configuration>
```
```xml scans/web.config
<configuration>
  <system.webServer>
    <directoryBrowse enabled="true"/>  # <-
  </system.webServer>
</configuration>
```

## Good
```xml web.config
<configuration>
  <system.webServer>
    <directoryBrowse enabled="false"/>
  </system.webServer>
</configuration>
```

## Good: the default of the server
```xml applicationHost.config
<configuration>
  <system.applicationHost>
    <sites>
      <site name="records" id="1">
        <application path="/">
          <virtualDirectory path="/" physicalPath="D:\sites\records"/>
        </application>
        <bindings>
          <binding protocol="https" bindingInformation="*:443:"/>
        </bindings>
      </site>
    </sites>
  </system.applicationHost>
</configuration>
```

## Good: switched off when it is published
```xml web.config
<configuration>
  <system.webServer>
    <directoryBrowse enabled="true"/>
  </system.webServer>
</configuration>
```
```xml web.Release.config
<configuration xmlns:xdt="http://schemas.microsoft.com/XML-Document-Transform">
  <system.webServer>
    <directoryBrowse enabled="false" xdt:Transform="SetAttributes"/>
  </system.webServer>
</configuration>
```

## Fix
```xml web.config
<directoryBrowse enabled="false"/>
```

## References
- IIS 10 configuration reference, Directory Browse: https://learn.microsoft.com/en-us/iis/configuration/system.webserver/directorybrowse
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.iis import Iis

from ._common import flagged, key_of


@check("iis-directory-listing", severity=MEDIUM, control=Control.INFORMATION_DISCLOSURE, cwe=548)
def iis_directory_listing(iis: Iis) -> Iterator[Diagnostic]:
    for value in flagged(iis, "system.webServer/directoryBrowse", "enabled", "true"):
        yield fail(
            f"Folders of {iis.name_of(value.scope)} without a default page list their files; {iis.exposure.reason}",
            at=value.at,
            key=key_of(value, "directoryBrowse"),
            severity=iis.exposure.scale(MEDIUM),
            expected='<directoryBrowse enabled="false"/>',
        )
