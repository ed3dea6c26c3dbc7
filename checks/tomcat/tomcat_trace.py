"""Tomcat answers TRACE.

## Why it matters
TRACE sends a request back as the server got it, with cookies and with headers that a proxy in front has added.

## Bad
```xml server.xml
<Server port="-1" shutdown="SHUTDOWN">
  <Service name="Catalina">
    <Connector port="8080" address="127.0.0.1" allowTrace="true"/>
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="webapps" autoDeploy="false">
      </Host>
    </Engine>
  </Service>
</Server>
```

## Good: the default
```xml server.xml
<Server port="-1" shutdown="SHUTDOWN">
  <Service name="Catalina">
    <Connector port="8080" address="127.0.0.1"/>
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="webapps" autoDeploy="false">
      </Host>
    </Engine>
  </Service>
</Server>
```

## Fix
```xml server.xml
<Connector allowTrace="false"/>
```

## References
- Tomcat 10.1, The HTTP Connector: https://tomcat.apache.org/tomcat-10.1-doc/config/http.html
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, each_decided, fail, known
from auditor.technologies.tomcat import Connector, Tomcat, value_of


@check("tomcat-trace", severity=LOW, control=Control.INFORMATION_DISCLOSURE, cwe=693)
def tomcat_trace(tomcat: Tomcat) -> Iterator[Diagnostic]:
    def judge(connector: Connector) -> Iterator[Diagnostic]:
        if known(value_of(connector.element, "allowTrace", "false")).lower() == "true":
            yield fail(
                f"The connector on port {known(connector.port)} answers TRACE requests",
                at=connector.element.where("allowTrace"),
                expected='allowTrace="false"',
            )

    yield from each_decided(known(tomcat.connectors), judge)
