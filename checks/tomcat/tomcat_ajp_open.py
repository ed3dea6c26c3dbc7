"""Tomcat takes requests by AJP from anybody.

## Why it matters
An AJP client is believed: it says which user it is and from where it comes, and sets attributes of the request that make Tomcat
hand out files of the application or run an uploaded one as a page (CVE-2020-1938). `secretRequired="false"` takes the shared secret
away.

## Bad
```xml server.xml
<Server port="-1" shutdown="SHUTDOWN">
  <Service name="Catalina">
    <Connector protocol="AJP/1.3" address="0.0.0.0" port="8009" secretRequired="false"/>
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="webapps" autoDeploy="false">
      </Host>
    </Engine>
  </Service>
</Server>
```

## Bad: a version that asks for no secret
```yaml compose.yaml
services:
  records:
    image: tomcat:9.0.30
    ports: ["8009:8009"]
    volumes: ["./server.xml:/usr/local/tomcat/conf/server.xml:ro"]
```

```xml server.xml
<Server port="-1" shutdown="SHUTDOWN">
  <Service name="Catalina">
    <Connector protocol="AJP/1.3" port="8009"/>
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="webapps" autoDeploy="false">
      </Host>
    </Engine>
  </Service>
</Server>
```

## Good: a secret
```xml server.xml
<Server port="-1" shutdown="SHUTDOWN">
  <Service name="Catalina">
    <Connector protocol="AJP/1.3" address="0.0.0.0" port="8009" secret="${ajp.secret}"/>
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="webapps" autoDeploy="false">
      </Host>
    </Engine>
  </Service>
</Server>
```

## Good: the default address is loopback
```xml server.xml
<Server port="-1" shutdown="SHUTDOWN">
  <Service name="Catalina">
    <Connector protocol="AJP/1.3" port="8009" secretRequired="false"/>
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="webapps" autoDeploy="false">
      </Host>
    </Engine>
  </Service>
</Server>
```

## Fix
Use HTTP between proxy and Tomcat. If it has to be AJP:
```xml server.xml
<Connector protocol="AJP/1.3" address="127.0.0.1" port="8009" secret="${ajp.secret}"/>
```

## References
- Tomcat 10.1, The AJP Connector: https://tomcat.apache.org/tomcat-10.1-doc/config/ajp.html
- Tomcat 9.0, changelog of 9.0.31: https://tomcat.apache.org/tomcat-9.0-doc/changelog.html
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, each_decided, fail, known
from auditor.technologies.tomcat import Connector, Tomcat, value_of


@check("tomcat-ajp-open", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=306)
def tomcat_ajp_open(tomcat: Tomcat) -> Iterator[Diagnostic]:
    def judge(connector: Connector) -> Iterator[Diagnostic]:
        trusting = tomcat.trusts_ajp
        local = connector.is_local
        if not known(connector.is_ajp) or (
            known(local) and not (trusting and connector.element.get("address") is None)
        ):
            return
        has_secret = connector.element.get("secret") or connector.element.get("requiredSecret")
        required = known(value_of(connector.element, "secretRequired", "false" if trusting else "true")).lower()
        if required == "false" and not has_secret:
            exposure = tomcat.reach(connector)
            yield fail(
                f"The AJP connector on port {known(connector.port)} believes everybody who reaches it; {exposure.reason}",
                at=connector.element.where("secretRequired"),
                severity=exposure.scale(CRITICAL),
                expected='a secret, and address="127.0.0.1"',
            )

    yield from each_decided(known(tomcat.connectors), judge)
