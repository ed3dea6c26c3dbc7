r"""The access log holds passwords or sessions.

## Why it matters
`Authorization` and `Cookie` headers and the id of a session log a client in. In a log file everybody who reads logs can use
them, and they leave the host with it.

## Bad
```xml server.xml
<Server port="-1" shutdown="SHUTDOWN">
  <Service name="Catalina">
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="webapps" autoDeploy="false">
        <Valve className="org.apache.catalina.valves.AccessLogValve" pattern="%h %t &quot;%r&quot; %{Authorization}i"/>
      </Host>
    </Engine>
  </Service>
</Server>
```

## Bad: the session
```xml server.xml
<Server port="-1" shutdown="SHUTDOWN">
  <Service name="Catalina">
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="webapps" autoDeploy="false">
        <Valve className="org.apache.catalina.valves.AccessLogValve"
               pattern="%h %t %r %S"/>
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
        <Valve className="org.apache.catalina.valves.AccessLogValve" pattern="%h %l %u %t &quot;%r&quot; %s %b"/>
      </Host>
    </Engine>
  </Service>
</Server>
```

## Good: another header
```xml server.xml
<Server port="-1" shutdown="SHUTDOWN">
  <Service name="Catalina">
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="webapps" autoDeploy="false">
        <Valve className="org.apache.catalina.valves.AccessLogValve" pattern="%h %t %{User-Agent}i %s"/>
      </Host>
    </Engine>
  </Service>
</Server>
```

## Fix
```xml server.xml
<Valve className="org.apache.catalina.valves.AccessLogValve" pattern="combined"/>
```

## References
- Tomcat 10.1, Access Log Valve: https://tomcat.apache.org/tomcat-10.1-doc/config/valve.html#Access_Log_Valve
"""

import re
from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, each_decided, fail, known, lazy
from auditor.technologies.tomcat import Element, Tomcat, value_of

_VALVES = ("AccessLogValve", "ExtendedAccessLogValve", "JsonAccessLogValve")
_SECRET = lazy(
    r"%\{((?:proxy-)?authorization|cookie)\}i|%\{(set-cookie)\}o|%\{(jsessionid)\}c|(%S)|cs\((authorization|cookie)\)",
    re.IGNORECASE,
)


@check("tomcat-log-secrets", severity=MEDIUM, control=Control.INFORMATION_DISCLOSURE, cwe=532)
def tomcat_log_secrets(tomcat: Tomcat) -> Iterator[Diagnostic]:
    def judge(pair: tuple[Element, Element]) -> Iterator[Diagnostic]:
        engine, host = pair
        for valve in (valve for name in _VALVES for valve in tomcat.valves(engine, host, name)):
            match = _SECRET.search(known(value_of(valve, "pattern", "common")))
            found = next((group for group in match.groups() if group), "") if match is not None else ""
            if not found or found == "%s":
                continue
            what = (
                "the id of each session"
                if found.lower() in {"%s", "jsessionid"}
                else f"the header {found} of each request"
            )
            yield fail(
                f"The access log of {host.get('name') or 'a host'} holds {what}",
                at=valve.where("pattern"),
                key=host.get("name") or "",
                expected='pattern="combined"',
            )

    yield from each_decided(known(tomcat.hosts), judge)
