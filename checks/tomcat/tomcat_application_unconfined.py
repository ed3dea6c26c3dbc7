r"""An application gets at the server or at other files.

## Why it matters
A `privileged` application may use the classes of the server itself, `crossContext` gives it the sessions of its neighbours, and
`allowLinking` serves what a link in its folder points to anywhere on the disk, and on systems that ignore upper case its sources.

## Bad
```xml META-INF/context.xml
<Context privileged="true"/>
```

## Bad: links are followed
```xml META-INF/context.xml
<Context>
  <Resources allowLinking="true"/>
</Context>
```

## Good
```xml META-INF/context.xml
<Context privileged="false">
  <Resources allowLinking="false"/>
</Context>
```

## Good: the manager needs it
```xml conf/Catalina/localhost/manager.xml
<Context docBase="/usr/share/tomcat10-admin/manager" privileged="true">
  <Valve className="org.apache.catalina.valves.RemoteCIDRValve" allow="127.0.0.0/8,::1"/>
</Context>
```

## Fix
Remove the attribute:
```xml META-INF/context.xml
<Context/>
```

## References
- Tomcat 10.1, The Context Container: https://tomcat.apache.org/tomcat-10.1-doc/config/context.html
- Tomcat 10.1, The Resources Component, allowLinking: https://tomcat.apache.org/tomcat-10.1-doc/config/resources.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.tomcat import Tomcat, application_of, value_of

_DOES = {
    "privileged": "may use the classes of the server itself",
    "crossContext": "gets at the sessions of the other applications",
    "allowLinking": "serves files outside of its folder through links",
}
_OWN = {"manager", "host-manager"}


@check("tomcat-application-unconfined", severity=MEDIUM, control=Control.PRIVILEGE, cwe=250)
def tomcat_application_unconfined(tomcat: Tomcat) -> Iterator[Diagnostic]:
    for context in tomcat.all_contexts:
        name = application_of(context)
        for element in (context, *context.named("Resources")):
            for attribute, does in _DOES.items():
                is_set = known(value_of(element, attribute, "false")).lower() == "true"
                if is_set and not (attribute == "privileged" and name in _OWN):
                    yield fail(
                        f"The application {name} {does}" if name else f"An application {does}",
                        at=element.where(attribute),
                        key=f"{name} {attribute}",
                        expected=f'{attribute}="false"',
                    )
