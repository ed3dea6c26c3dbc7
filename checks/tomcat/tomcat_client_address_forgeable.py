r"""Tomcat takes the client's address from whoever sends it.

## Why it matters
`RemoteIpValve` replaces the client's address by a header. If every sender is trusted, clients choose the address that the access
log shows and that valves with lists of addresses let in.

## Bad
```xml server.xml
<Server port="-1" shutdown="SHUTDOWN">
  <Service name="Catalina">
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="webapps" autoDeploy="false">
        <Valve className="org.apache.catalina.valves.RemoteIpValve" internalProxies=".*"/>
      </Host>
    </Engine>
  </Service>
</Server>
```

## Bad: trusted ones
```xml server.xml
<Server port="-1" shutdown="SHUTDOWN">
  <Service name="Catalina">
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="webapps" autoDeploy="false">
        <Valve className="org.apache.catalina.valves.RemoteIpValve" trustedProxies="\d+\.\d+\.\d+\.\d+"/>
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
        <Valve className="org.apache.catalina.valves.RemoteIpValve" internalProxies="10\.20\.0\.5"/>
      </Host>
    </Engine>
  </Service>
</Server>
```

## Good: the default: private networks
```xml server.xml
<Server port="-1" shutdown="SHUTDOWN">
  <Service name="Catalina">
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="webapps" autoDeploy="false">
        <Valve className="org.apache.catalina.valves.RemoteIpValve" protocolHeader="X-Forwarded-Proto"/>
      </Host>
    </Engine>
  </Service>
</Server>
```

## Fix
```xml server.xml
<Valve className="org.apache.catalina.valves.RemoteIpValve" internalProxies="10\.20\.0\.5"/>
```

## References
- Tomcat 10.1, Remote IP Valve: https://tomcat.apache.org/tomcat-10.1-doc/config/valve.html#Remote_IP_Valve
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, each_decided, fail, known
from auditor.technologies.tomcat import Element, Tomcat, value_of

from ._common import EVERYBODY


@check("tomcat-client-address-forgeable", severity=MEDIUM, control=Control.AUTHENTICATION, cwe=348)
def tomcat_client_address_forgeable(tomcat: Tomcat) -> Iterator[Diagnostic]:
    def judge(pair: tuple[Element, Element]) -> Iterator[Diagnostic]:
        engine, host = pair
        for valve in tomcat.valves(engine, host, "RemoteIpValve"):
            for name in ("internalProxies", "trustedProxies"):
                words = known(value_of(valve, name, "")).replace("|", ",").split(",")
                if any(word.strip() in EVERYBODY for word in words):
                    yield fail(
                        f"Clients of {host.get('name') or 'a host'} choose the address that Tomcat sees: "
                        f"{name} trusts every sender",
                        at=valve.where(name),
                        key=f"{host.get('name') or ''} {name}",
                        severity=tomcat.exposure.scale(MEDIUM),
                        expected="the addresses of the proxies",
                    )

    yield from each_decided(known(tomcat.hosts), judge)
