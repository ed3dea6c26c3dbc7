"""Tomcat is told to accept TLS 1.0 or 1.1.

## Why it matters
Both versions were withdrawn in 2021 (RFC 8996). Current Java refuses them whatever the file says; an older one, or a changed
`java.security`, accepts them.

## Bad
```xml server.xml
<Server port="-1" shutdown="SHUTDOWN">
  <Service name="Catalina">
    <Connector port="8443" SSLEnabled="true">
      <SSLHostConfig protocols="TLSv1+TLSv1.1+TLSv1.2">
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

## Bad: the attribute of Tomcat 9 and earlier
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
    <Connector port="8443" SSLEnabled="true" keystoreFile="conf/site.p12"
               sslEnabledProtocols="TLSv1,TLSv1.2"/>
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
      <SSLHostConfig protocols="+TLSv1.2+TLSv1.3">
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

## Good: taken away
```xml server.xml
<Server port="-1" shutdown="SHUTDOWN">
  <Service name="Catalina">
    <Connector port="8443" SSLEnabled="true">
      <SSLHostConfig protocols="all,-TLSv1,-TLSv1.1,-SSLv3">
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

## Fix
```xml server.xml
<SSLHostConfig protocols="+TLSv1.2+TLSv1.3"/>
```

## References
- Tomcat 10.1, SSLHostConfig: https://tomcat.apache.org/tomcat-10.1-doc/config/http.html#SSL_Support_-_SSLHostConfig
- RFC 8996, Deprecating TLS 1.0 and TLS 1.1 (2021)
"""

import re
from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Unknown, check, each_decided, fail, known, lazy, not_evaluated
from auditor.technologies.tomcat import Connector, Tomcat, value_of

_OLD = {"sslv3": "SSL 3.0", "tlsv1": "TLS 1.0", "tlsv1.1": "TLS 1.1"}
_WORD = lazy(r"([+-]?)\s*(SSLv\w+|TLSv[\d.]+)", re.IGNORECASE)


@check("tomcat-old-tls", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=326)
def tomcat_old_tls(tomcat: Tomcat) -> Iterator[Diagnostic]:
    def judge(connector: Connector) -> Iterator[Diagnostic]:
        if not known(connector.speaks_tls):
            return
        lists = [(host, "protocols") for host in connector.element.named("SSLHostConfig")]
        if connector.reads_legacy_tls(tomcat.version):
            lists.append((connector.element, "sslEnabledProtocols"))
        for element, attribute in lists:
            text = value_of(element, attribute, "")
            if isinstance(text, Unknown):
                yield not_evaluated(text.reason)
                continue
            named = [_OLD[word.lower()] for sign, word in _WORD.findall(text) if sign != "-" and word.lower() in _OLD]
            if named:
                yield fail(
                    f"The connector on port {known(connector.port)} is told to accept {' and '.join(named)}",
                    at=element.where(attribute),
                    severity=tomcat.reach(connector).scale(MEDIUM),
                    expected='protocols="+TLSv1.2+TLSv1.3"',
                )

    yield from each_decided(known(tomcat.connectors), judge)
