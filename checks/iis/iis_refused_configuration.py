r"""IIS would refuse a file of its configuration.

## Why it matters
A file that is no well-formed XML, or that sets a section which applicationHost.config keeps to itself, makes IIS
answer every request with an error 500. What the site is protected by is then not what the files say.

## Bad
```xml web.config
<configuration>
  <system.webServer>
    <directoryBrowse enabled="false" enabled="true"/>  # <-
  </system.webServer>
</configuration>
```

## Bad: a locked section
```xml applicationHost.config
<configuration>
  <configSections>
    <sectionGroup name="system.webServer">
      <section name="directoryBrowse" overrideModeDefault="Deny"/>
    </sectionGroup>
  </configSections>
  <system.applicationHost>
    <sites>
      <site name="records" id="1">
        <application path="/">
          <virtualDirectory path="/" physicalPath="D:\sites\records"/>
        </application>
        <bindings>
          <binding protocol="https" bindingInformation="*:443:records.example"/>
        </bindings>
      </site>
    </sites>
  </system.applicationHost>
</configuration>
```
```xml records/web.config
<configuration>
  <system.webServer>
    <directoryBrowse enabled="false"/>  # <-
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

## Good: not locked
```xml applicationHost.config
<configuration>
  <configSections>
    <sectionGroup name="system.webServer">
      <section name="directoryBrowse" overrideModeDefault="Allow"/>
    </sectionGroup>
  </configSections>
  <system.applicationHost>
    <sites>
      <site name="records" id="1">
        <application path="/">
          <virtualDirectory path="/" physicalPath="D:\sites\records"/>
        </application>
        <bindings>
          <binding protocol="https" bindingInformation="*:443:records.example"/>
        </bindings>
      </site>
    </sites>
  </system.applicationHost>
</configuration>
```
```xml records/web.config
<configuration>
  <system.webServer>
    <directoryBrowse enabled="false"/>
  </system.webServer>
</configuration>
```

## Good: unlocked for one site
```xml applicationHost.config
<configuration>
  <configSections>
    <sectionGroup name="system.webServer">
      <section name="directoryBrowse" overrideModeDefault="Deny"/>
    </sectionGroup>
  </configSections>
  <system.applicationHost>
    <sites>
      <site name="records" id="1">
        <application path="/">
          <virtualDirectory path="/" physicalPath="D:\sites\records"/>
        </application>
        <bindings>
          <binding protocol="https" bindingInformation="*:443:records.example"/>
        </bindings>
      </site>
    </sites>
  </system.applicationHost>
  <location path="records" overrideMode="Allow">
    <system.webServer>
      <directoryBrowse enabled="false"/>
    </system.webServer>
  </location>
</configuration>
```
```xml records/web.config
<configuration>
  <system.webServer>
    <directoryBrowse enabled="false"/>
  </system.webServer>
</configuration>
```

## Fix
Correct the file, and look at what IIS makes of it:
```text
appcmd list config "records/" /section:directoryBrowse
```

## References
- How to Use Locking in IIS Configuration: https://learn.microsoft.com/en-us/iis/get-started/planning-for-security/how-to-use-locking-in-iis-configuration
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.iis import Iis


@check(
    "iis-refused-configuration", severity=MEDIUM, control=Control.CONFIGURATION_HYGIENE, also=(Control.AVAILABILITY,)
)
def iis_refused_configuration(iis: Iis) -> Iterator[Diagnostic]:
    for problem in iis.refused:
        yield fail(f"IIS would refuse the file: {problem.message}", at=problem.at, key=problem.message)
