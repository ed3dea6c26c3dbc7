"""Error pages show the inside of the application.

## Why it matters
By default an error page holds the exception with its text: pieces of SQL, paths, values of the record at hand; and the version of the
server.

## Bad: the default
```xml server.xml
<Server port="-1" shutdown="SHUTDOWN">
  <Service name="Catalina">
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="webapps" autoDeploy="false">
        <Valve className="org.apache.catalina.valves.AccessLogValve" directory="logs" pattern="combined"/>
      </Host>
    </Engine>
  </Service>
</Server>
```

## Bad
```xml server.xml
<Server port="-1" shutdown="SHUTDOWN">
  <Service name="Catalina">
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="webapps" autoDeploy="false">
        <Valve className="org.apache.catalina.valves.ErrorReportValve" showReport="true" showServerInfo="false"/>
      </Host>
    </Engine>
  </Service>
</Server>
```

## Good
```xml server.xml
<Server port="-1" shutdown="SHUTDOWN">
  <Service name="Catalina">
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="webapps" autoDeploy="false">
        <Valve className="org.apache.catalina.valves.ErrorReportValve" showReport="false" showServerInfo="false"/>
      </Host>
    </Engine>
  </Service>
</Server>
```

## Fix
```xml server.xml
<Valve className="org.apache.catalina.valves.ErrorReportValve" showReport="false" showServerInfo="false"/>
```

## References
- Tomcat 10.1, Error Report Valve: https://tomcat.apache.org/tomcat-10.1-doc/config/valve.html#Error_Report_Valve
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, each_decided, fail, known
from auditor.technologies.tomcat import Element, Tomcat, value_of


@check("tomcat-error-detail", severity=LOW, control=Control.INFORMATION_DISCLOSURE, cwe=209)
def tomcat_error_detail(tomcat: Tomcat) -> Iterator[Diagnostic]:
    def judge(pair: tuple[Element, Element]) -> Iterator[Diagnostic]:
        engine, host = pair
        valves = [
            valve for valve in host.named("Valve") if (valve.get("className") or "").endswith(".ErrorReportValve")
        ]
        shown = [valve for valve in valves if known(value_of(valve, "showReport", "true")).lower() != "false"]
        own = (host.get("errorReportValveClass") or engine.get("errorReportValveClass")) is not None
        if (not valves or shown) and not own:
            name = host.get("name") or "a host"
            yield fail(
                f"Error pages of {name} show exceptions to clients",
                at=shown[0].at if shown else host.at,
                key=name,
                expected='an ErrorReportValve with showReport="false"',
            )

    yield from each_decided(known(tomcat.hosts), judge)
