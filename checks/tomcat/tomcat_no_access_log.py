"""Requests leave no trace.

## Why it matters
Without an access log valve nothing is written about who asked for which page. After an incident nobody can tell which records were
read.

## Bad
```xml server.xml
<Server port="-1" shutdown="SHUTDOWN">
  <Service name="Catalina">
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="webapps" autoDeploy="false">
      </Host>
    </Engine>
  </Service>
</Server>
```

## Bad: in a comment
```xml server.xml
<Server port="-1" shutdown="SHUTDOWN">
  <Service name="Catalina">
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="webapps" autoDeploy="false">
        <!-- <Valve className="org.apache.catalina.valves.AccessLogValve"/> -->
      </Host>
    </Engine>
  </Service>
</Server>
```

## Bad: switched off
```xml server.xml
<Server port="-1" shutdown="SHUTDOWN">
  <Service name="Catalina">
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="webapps" autoDeploy="false">
        <Valve className="org.apache.catalina.valves.AccessLogValve" enabled="false"/>
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
        <Valve className="org.apache.catalina.valves.AccessLogValve" directory="logs" pattern="combined"/>
      </Host>
    </Engine>
  </Service>
</Server>
```

## Good: for the whole engine
```xml server.xml
<Server port="-1" shutdown="SHUTDOWN">
  <Service name="Catalina">
    <Engine name="Catalina" defaultHost="localhost">
        <Valve className="org.apache.catalina.valves.AccessLogValve" directory="logs" pattern="combined"/>
      <Host name="localhost" appBase="webapps" autoDeploy="false">
      </Host>
    </Engine>
  </Service>
</Server>
```

## Fix
```xml server.xml
<Valve className="org.apache.catalina.valves.AccessLogValve" directory="logs" pattern="combined"/>
```

## References
- Tomcat 10.1, Access Log Valve: https://tomcat.apache.org/tomcat-10.1-doc/config/valve.html#Access_Logging
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, each_decided, fail, known
from auditor.technologies.tomcat import Element, Tomcat, value_of

_VALVES = ("AccessLogValve", "ExtendedAccessLogValve", "JsonAccessLogValve", "JDBCAccessLogValve")


@check("tomcat-no-access-log", severity=MEDIUM, control=Control.AUDIT_LOGGING, cwe=778)
def tomcat_no_access_log(tomcat: Tomcat) -> Iterator[Diagnostic]:
    def judge(pair: tuple[Element, Element]) -> Iterator[Diagnostic]:
        engine, host = pair
        valves = (valve for name in _VALVES for valve in tomcat.valves(engine, host, name))
        if not any(known(value_of(valve, "enabled", "true")).lower() == "true" for valve in valves):
            name = host.get("name") or "a host"
            yield fail(f"Requests to {name} are not logged", at=host.at, key=name, expected="an AccessLogValve")

    yield from each_decided(known(tomcat.hosts), judge)
