"""A word sent to a port shuts Tomcat down.

## Why it matters
Every process of the host that connects to this port and sends the word in `shutdown` stops the server. Without a `port` it is
8005.

## Bad
```xml server.xml
<Server port="8005" shutdown="SHUTDOWN">
  <Service name="Catalina">
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="webapps" autoDeploy="false">
      </Host>
    </Engine>
  </Service>
</Server>
```

## Bad: the default
```xml server.xml
<Server>
  <Service name="Catalina">
    <Engine name="Catalina" defaultHost="localhost"/>
  </Service>
</Server>
```

## Good
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

## Fix
```xml server.xml
<Server port="-1">
```

## References
- Tomcat 10.1, The Server Component: https://tomcat.apache.org/tomcat-10.1-doc/config/server.html
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail, is_whole_number, known, not_evaluated
from auditor.technologies.tomcat import Tomcat, value_of


@check("tomcat-shutdown-port", severity=LOW, control=Control.AVAILABILITY, cwe=749)
def tomcat_shutdown_port(tomcat: Tomcat) -> Iterator[Diagnostic]:
    server = known(tomcat.server)
    port = known(value_of(server, "port", "8005"))
    if not is_whole_number(port.removeprefix("-")):
        yield not_evaluated("the port is no number")
    elif not port.startswith("-"):
        remote = known(value_of(server, "address", "localhost")) not in {"localhost", "127.0.0.1", "::1"}
        yield fail(
            f"Whoever connects to port {port} can shut the server down",
            at=server.where("port"),
            severity=MEDIUM if remote else LOW,
            expected='port="-1"',
        )
