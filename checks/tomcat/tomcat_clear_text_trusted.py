r"""Tomcat takes clear text for TLS.

## Why it matters
`secure="true"` encrypts nothing: it tells applications that requests came by TLS. Cookies marked `Secure` and pages that ask
for a `CONFIDENTIAL` transport then go over a connection that everybody on the way reads.

## Bad
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

## Good: behind a proxy on the same host
```xml server.xml
<Server port="-1" shutdown="SHUTDOWN">
  <Service name="Catalina">
    <Connector port="8080" address="127.0.0.1" scheme="https" secure="true"/>
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="webapps" autoDeploy="false">
      </Host>
    </Engine>
  </Service>
</Server>
```

## Good: the proxy says for each request whether TLS was spoken
```xml server.xml
<Server port="-1" shutdown="SHUTDOWN">
  <Service name="Catalina">
    <Connector port="8080"/>
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="webapps" autoDeploy="false">
        <Valve className="org.apache.catalina.valves.RemoteIpValve" protocolHeader="X-Forwarded-Proto"/>
      </Host>
    </Engine>
  </Service>
</Server>
```

## Good: TLS
```xml server.xml
<Server port="-1" shutdown="SHUTDOWN">
  <Service name="Catalina">
    <Connector port="8443" SSLEnabled="true" secure="true" scheme="https">
      <SSLHostConfig>
        <Certificate certificateKeystoreFile="conf/site.p12"/>
      </SSLHostConfig>
    </Connector>
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="webapps" autoDeploy="false">
      </Host>
    </Engine>
  </Service>
</Server>
```

## Fix
Bind the connector to the proxy's side, or let the proxy tell what the client spoke:
```xml server.xml
<Connector port="8080" address="127.0.0.1"/>
<Valve className="org.apache.catalina.valves.RemoteIpValve" protocolHeader="X-Forwarded-Proto"/>
```

## References
- Tomcat 10.1, The HTTP Connector, secure: https://tomcat.apache.org/tomcat-10.1-doc/config/http.html#Common_Attributes
- Tomcat 10.1, Remote IP Valve: https://tomcat.apache.org/tomcat-10.1-doc/config/valve.html#Remote_IP_Valve
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, each_decided, fail, known
from auditor.technologies.tomcat import Connector, Tomcat, value_of


@check("tomcat-clear-text-trusted", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def tomcat_clear_text_trusted(tomcat: Tomcat) -> Iterator[Diagnostic]:
    def judge(connector: Connector) -> Iterator[Diagnostic]:
        if known(connector.is_ajp) or known(connector.speaks_tls) or known(connector.is_local):
            return
        if known(value_of(connector.element, "secure", "false")).lower() == "true":
            port, exposure = known(connector.port), tomcat.reach(connector).in_clear
            yield fail(
                f"The connector on port {port} tells applications that its clear text is TLS; {exposure.reason}",
                at=connector.element.where("secure"),
                key=f"connector {port}",
                severity=exposure.scale(MEDIUM),
                expected='address="127.0.0.1", or a RemoteIpValve instead of secure',
            )

    yield from each_decided(known(tomcat.connectors), judge)
