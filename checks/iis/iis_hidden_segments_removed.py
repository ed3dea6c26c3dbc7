"""IIS serves folders of ASP.NET that it hides by itself.

## Why it matters
`bin` holds the programs of the application, from which its source and the secrets in it are read back, and `App_Data`
its data. IIS answers 404 for both until a file takes them off the list. (`web.config` and sources are still refused for
their extensions.)

## Bad
```xml web.config
<configuration>
  <system.webServer>
    <security>
      <requestFiltering>
        <hiddenSegments>
          <remove segment="App_Data"/>  # <-
        </hiddenSegments>
      </requestFiltering>
    </security>
  </system.webServer>
</configuration>
```

## Bad: all at once
```xml web.config
<configuration>
  <system.webServer>
    <security>
      <requestFiltering>
        <hiddenSegments>
          <clear/>  # <-
        </hiddenSegments>
      </requestFiltering>
    </security>
  </system.webServer>
</configuration>
```

## Good
```xml web.config
<configuration>
  <system.webServer>
    <security>
      <requestFiltering>
        <hiddenSegments>
          <add segment="private"/>
        </hiddenSegments>
      </requestFiltering>
    </security>
  </system.webServer>
</configuration>
```

## Good: a list of one's own
```xml web.config
<configuration>
  <system.webServer>
    <security>
      <requestFiltering>
        <hiddenSegments>
          <clear/>
          <add segment="web.config"/>
          <add segment="bin"/>
          <add segment="App_code"/>
          <add segment="App_GlobalResources"/>
          <add segment="App_LocalResources"/>
          <add segment="App_WebReferences"/>
          <add segment="App_Data"/>
          <add segment="App_Browsers"/>
        </hiddenSegments>
      </requestFiltering>
    </security>
  </system.webServer>
</configuration>
```

## Good: no file is served as it is
```xml web.config
<configuration>
  <system.webServer>
    <handlers>
      <remove name="StaticFile"/>
    </handlers>
    <security>
      <requestFiltering>
        <hiddenSegments>
          <clear/>
        </hiddenSegments>
      </requestFiltering>
    </security>
  </system.webServer>
</configuration>
```

## Good: a program of Node.js, for which bin means nothing
```xml web.config
<configuration>
  <system.webServer>
    <handlers>
      <add name="iisnode" path="server.js" verb="*" modules="iisnode"/>
    </handlers>
    <security>
      <requestFiltering>
        <hiddenSegments>
          <remove segment="bin"/>
        </hiddenSegments>
      </requestFiltering>
    </security>
  </system.webServer>
</configuration>
```

## Good: a folder of an application without ASP.NET's
```xml web.config
<configuration>
  <system.webServer>
    <security>
      <requestFiltering>
        <hiddenSegments>
          <remove segment="node_modules"/>
        </hiddenSegments>
      </requestFiltering>
    </security>
  </system.webServer>
</configuration>
```

## Fix
Take `<remove/>` and `<clear/>` away, and keep what is downloaded in another folder.
```xml web.config
<hiddenSegments>
  <add segment="private"/>
</hiddenSegments>
```

## References
- IIS 10 configuration reference, Hidden Segments: https://learn.microsoft.com/en-us/iis/configuration/system.webserver/security/requestfiltering/hiddensegments/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail
from auditor.technologies.iis import Iis

from ._common import runs_node, serves_files

_SECTION = "system.webServer/security/requestFiltering/hiddenSegments"
_SECRET = ("app_data", "bin")


@check("iis-hidden-segments-removed", severity=HIGH, control=Control.INFORMATION_DISCLOSURE, cwe=538)
def iis_hidden_segments_removed(iis: Iis) -> Iterator[Diagnostic]:
    for scope, element in iis.elements(_SECTION):
        hidden = {item.key for item in scope.items(_SECTION, "segment")}
        for child in element.children:
            removed = _SECRET if child.name == "clear" else ((child.get("segment") or "").lower(),)
            opened = [name for name in _SECRET if name in removed and name not in hidden]
            if runs_node(scope):
                opened = [name for name in opened if name != "bin"]
            if child.name in {"clear", "remove"} and opened and serves_files(scope):
                yield fail(
                    f"Clients may open {' and '.join(opened)} of {iis.name_of(scope)}; {iis.exposure.reason}",
                    at=child.at,
                    key=f"{scope.path}/hiddenSegments",
                    severity=iis.exposure.scale(HIGH),
                    expected="the segments that IIS hides by itself",
                )
