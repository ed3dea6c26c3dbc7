"""The manager application answers clients from anywhere.

## Why it matters
The manager installs programs. A log-in is the only barrier then, and the descriptor in conf/Catalina hides the one inside of the
application, with its restriction to the local host.

## Bad
```xml conf/Catalina/localhost/manager.xml
<Context docBase="/usr/share/tomcat10-admin/manager" privileged="true"/>
```

## Bad: named by its file, and a valve for every address
```xml tomcat/webapps/manager/META-INF/context.xml
<Context antiResourceLocking="false" privileged="true">
  <Valve className="org.apache.catalina.valves.RemoteAddrValve" allow="^.*$"/>
</Context>
```

## Good
```xml conf/Catalina/localhost/manager.xml
<Context docBase="/usr/share/tomcat10-admin/manager" privileged="true">
  <Valve className="org.apache.catalina.valves.RemoteAddrValve" allow="127\\.\\d+\\.\\d+\\.\\d+|::1"/>
</Context>
```

## Good: networks
```xml conf/Catalina/localhost/manager.xml
<Context docBase="/usr/share/tomcat10-admin/manager" privileged="true">
  <Valve className="org.apache.catalina.valves.RemoteCIDRValve" allow="127.0.0.0/8,::1"/>
</Context>
```

## Fix
```xml conf/Catalina/localhost/manager.xml
<Valve className="org.apache.catalina.valves.RemoteCIDRValve" allow="127.0.0.0/8,::1"/>
```

## References
- Tomcat 10.1, Remote CIDR Valve: https://tomcat.apache.org/tomcat-10.1-doc/config/valve.html#Remote_CIDR_Valve
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail
from auditor.technologies.tomcat import Tomcat, application_of

from ._common import EVERYBODY

_VALVES = {"RemoteAddrValve", "RemoteCIDRValve", "RemoteHostValve"}


@check("tomcat-manager-open", severity=HIGH, control=Control.NETWORK_EXPOSURE, cwe=749)
def tomcat_manager_open(tomcat: Tomcat) -> Iterator[Diagnostic]:
    for context in tomcat.all_contexts:
        base = application_of(context)
        valves = [
            valve
            for valve in context.named("Valve")
            if (valve.get("className") or "").rpartition(".")[2] in _VALVES and not _lets_everybody(valve.get("allow"))
        ]
        if base in {"manager", "host-manager"} and not valves:
            yield fail(
                f"The application {base} answers clients from any address; {tomcat.exposure.reason}",
                at=context.at,
                key=base,
                severity=tomcat.exposure.scale(HIGH),
                expected="a RemoteCIDRValve with the administrators' addresses",
            )


def _lets_everybody(allow: str | None) -> bool:
    """Tell whether the addresses of a valve are all there are: one of several alternatives or networks is enough."""
    words = (allow or "").replace("|", ",").split(",")
    return any(word.strip() in EVERYBODY for word in words)
