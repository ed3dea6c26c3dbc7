"""Tomcat serves clients of other hosts without TLS.

## Why it matters
Log-ins, session cookies and records cross the network in clear text. `scheme="https"` and `secure="true"` encrypt nothing, and an
attribute in the wrong case (`sslenabled`) is ignored with a warning.

## Bad
```xml server.xml
<Server port="-1" shutdown="SHUTDOWN">
  <Service name="Catalina">
    <Connector port="8080" protocol="HTTP/1.1"/>
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="webapps" autoDeploy="false">
      </Host>
    </Engine>
  </Service>
</Server>
```

## Bad: the wrong case
```xml server.xml
<Server port="-1" shutdown="SHUTDOWN">
  <Service name="Catalina">
    <Connector port="8443" sslenabled="true"/>
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="webapps" autoDeploy="false">
      </Host>
    </Engine>
  </Service>
</Server>
```

## Bad: only called secure
```xml server.xml
<Server port="-1" shutdown="SHUTDOWN">
  <Service name="Catalina">
    <Connector port="8080" scheme="https" secure="true"/>
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="webapps" autoDeploy="false">
      </Host>
    </Engine>
  </Service>
</Server>
```

## Bad: the image's own configuration
```yaml compose.yaml
services:
  records:
    image: tomcat:10.1  # <-
    ports: ["8080:8080"]
```

## Bad: beside one whose address a property says
```xml server.xml
<Server port="-1" shutdown="SHUTDOWN">
  <Service name="Catalina">
    <Connector port="8081" address="${internal.address}"/>
    <Connector port="8080"/>  # <-
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="webapps" autoDeploy="false">
      </Host>
    </Engine>
  </Service>
</Server>
```

## Good
```xml server.xml
<Server port="-1" shutdown="SHUTDOWN">
  <Service name="Catalina">
    <Connector port="8443" SSLEnabled="true">
      <SSLHostConfig>
        <Certificate certificateKeystoreFile="conf/records.p12"/>
      </SSLHostConfig>
    </Connector>
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="webapps" autoDeploy="false">
      </Host>
    </Engine>
  </Service>
</Server>
```

## Good: only the proxy on the same host reaches it
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

## Good: in a comment
```xml server.xml
<Server port="-1" shutdown="SHUTDOWN">
  <Service name="Catalina">
    <!-- <Connector port="8080"/> -->
    <Connector port="8443" SSLEnabled="true">
      <SSLHostConfig>
        <Certificate certificateKeystoreFile="conf/records.p12"/>
      </SSLHostConfig>
    </Connector>
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="webapps" autoDeploy="false">
      </Host>
    </Engine>
  </Service>
</Server>
```

## Good: switched off
```xml server.xml
<Server port="-1" shutdown="SHUTDOWN">
  <Service name="Catalina">
    <Connector port="-1"/>
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="webapps" autoDeploy="false">
      </Host>
    </Engine>
  </Service>
</Server>
```

## Fix
Serve TLS, or listen for a proxy on the same host alone:
```xml server.xml
<Connector port="8080" address="127.0.0.1"/>
```

## References
- Tomcat 10.1, The HTTP Connector: https://tomcat.apache.org/tomcat-10.1-doc/config/http.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, each_decided, fail, known
from auditor.technologies.tomcat import Connector, Tomcat


@check("tomcat-no-tls", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def tomcat_no_tls(tomcat: Tomcat) -> Iterator[Diagnostic]:
    def judge(connector: Connector) -> Iterator[Diagnostic]:
        if known(connector.is_ajp) or known(connector.speaks_tls) or known(connector.is_local):
            return
        port, exposure = known(connector.port), tomcat.reach(connector).in_clear
        yield fail(
            f"The connector on port {port} serves clients without TLS; {exposure.reason}",
            at=connector.at,
            key=f"connector {port}",
            severity=exposure.scale(HIGH),
            expected='SSLEnabled="true" with an SSLHostConfig, or address="127.0.0.1"',
        )

    yield from each_decided(known(tomcat.connectors), judge)
