r"""Tomcat ignores an attribute that was to protect it.

## Why it matters
Attribute names are exact. Tomcat logs a warning for one that it does not know and starts: with `sslenabled` the port speaks
plain HTTP, with `secretrequired` or `readOnly` nothing is protected. From Tomcat 10 on, a connector does not read
`keystoreFile`, `clientAuth` and the other TLS attributes of Tomcat 8 either: it has no certificate and does not start.

## Bad
```xml server.xml
<Server port="-1" shutdown="SHUTDOWN">
  <Service name="Catalina">
    <Connector port="8443" sslenabled="true" scheme="https" secure="true"/>
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="webapps" autoDeploy="false">
      </Host>
    </Engine>
  </Service>
</Server>
```

## Bad: the attributes of Tomcat 8 in Tomcat 10
```yaml compose.yaml
services:
  records:
    image: tomcat:10.1.30
    ports: ["443:8443"]
    volumes: ["./server.xml:/usr/local/tomcat/conf/server.xml:ro"]
```

```xml server.xml
<Server port="-1" shutdown="SHUTDOWN">
  <Service name="Catalina">
    <Connector port="8443" SSLEnabled="true" keystoreFile="conf/site.p12" clientAuth="true"/>
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
    <Connector port="8443" SSLEnabled="true" scheme="https" secure="true">
      <SSLHostConfig certificateVerification="required">
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

## Good: Tomcat 9 reads them
```yaml compose.yaml
services:
  records:
    image: tomcat:9.0.90
    ports: ["443:8443"]
    volumes: ["./server.xml:/usr/local/tomcat/conf/server.xml:ro"]
```

```xml server.xml
<Server port="-1" shutdown="SHUTDOWN">
  <Service name="Catalina">
    <Connector port="8443" SSLEnabled="true" keystoreFile="conf/site.p12" clientAuth="true"/>
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="webapps" autoDeploy="false">
      </Host>
    </Engine>
  </Service>
</Server>
```

## Fix
```xml server.xml
<Connector port="8443" SSLEnabled="true">
  <SSLHostConfig certificateVerification="required" protocols="+TLSv1.2+TLSv1.3">
    <Certificate certificateKeystoreFile="conf/site.p12"/>
  </SSLHostConfig>
</Connector>
```

## References
- Tomcat 10.1, The HTTP Connector, SSL Support: https://tomcat.apache.org/tomcat-10.1-doc/config/http.html#SSL_Support
- Tomcat, migration guide to 10.0: https://tomcat.apache.org/migration-10.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, each_decided, fail, known
from auditor.technologies.tomcat import Connector, Tomcat

_NAMES = {
    "Connector": ("SSLEnabled", "secretRequired", "secret", "address", "allowTrace", "secure", "scheme"),
    "SSLHostConfig": ("protocols", "certificateVerification", "ciphers", "truststoreFile", "caCertificateFile"),
    "Host": ("autoDeploy", "deployXML"),
    "Context": ("useHttpOnly", "privileged", "crossContext"),
    "Valve": ("showReport", "showServerInfo", "allow", "deny", "internalProxies", "trustedProxies"),
    "Resources": ("allowLinking",),
}
"""Attributes that protect something; the first letter may be of either case (`IntrospectionUtils.setProperty`, 10.1)."""
_LEGACY = ("keystoreFile", "keystorePass", "clientAuth", "sslProtocol", "sslEnabledProtocols", "truststoreFile")


@check("tomcat-attribute-ignored", severity=MEDIUM, control=Control.CONFIGURATION_HYGIENE, cwe=1188)
def tomcat_attribute_ignored(tomcat: Tomcat) -> Iterator[Diagnostic]:
    for element in known(tomcat.server).walk():
        names = {name.lower(): name for name in _NAMES.get(element.name, ())}
        for attribute in element.attributes:
            meant = names.get(attribute.name.lower())
            if meant is not None and attribute.name[1:] != meant[1:]:
                yield fail(
                    f"Tomcat ignores {attribute.name} of a {element.name}: the name is {meant}",
                    at=attribute.at,
                    key=f"{element.name} {meant}",
                    expected=meant,
                )

    def judge(connector: Connector) -> Iterator[Diagnostic]:
        legacy = [each for each in connector.element.attributes if each.name in _LEGACY]
        has_own = next(connector.element.named("SSLHostConfig"), None) is not None
        if legacy and not has_own and connector.refuses_legacy_tls(tomcat.version) and known(connector.speaks_tls):
            yield fail(
                f"The connector on port {known(connector.port)} does not start: Tomcat {tomcat.version} does not read "
                f"{legacy[0].name} there and finds no certificate",
                at=legacy[0].at,
                key=f"connector {known(connector.port)}",
                expected="an SSLHostConfig with a Certificate",
            )

    yield from each_decided(known(tomcat.connectors), judge)
