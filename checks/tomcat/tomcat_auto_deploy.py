"""A file put into a folder becomes a running program.

## Why it matters
With `autoDeploy`, a web archive that somebody writes into the folder of the applications starts by itself: the second half of an
attack that needs a writable folder. It is on by default.

## Bad
```xml server.xml
<Server port="-1" shutdown="SHUTDOWN">
  <Service name="Catalina">
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="webapps" autoDeploy="true">
      </Host>
    </Engine>
  </Service>
</Server>
```

## Bad: the default
```xml server.xml
<Server port="-1" shutdown="SHUTDOWN">
  <Service name="Catalina">
    <Engine name="Catalina" defaultHost="localhost">
      <Host name="localhost" appBase="webapps">
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
      </Host>
    </Engine>
  </Service>
</Server>
```

## Fix
```xml server.xml
<Host name="localhost" appBase="webapps" autoDeploy="false">
```

## References
- Tomcat 10.1, Automatic Application Deployment: https://tomcat.apache.org/tomcat-10.1-doc/config/host.html#Automatic_Application_Deployment
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, each_decided, fail, known
from auditor.technologies.tomcat import Element, Tomcat, value_of


@check("tomcat-auto-deploy", severity=LOW, control=Control.CODE_EXECUTION, cwe=250)
def tomcat_auto_deploy(tomcat: Tomcat) -> Iterator[Diagnostic]:
    def judge(pair: tuple[Element, Element]) -> Iterator[Diagnostic]:
        _, host = pair
        if known(value_of(host, "autoDeploy", "true")).lower() == "true":
            name = host.get("name") or "a host"
            yield fail(
                f"Archives that appear in the folder of {name} are started at once",
                at=host.where("autoDeploy"),
                key=name,
                expected='autoDeploy="false"',
            )

    yield from each_decided(known(tomcat.hosts), judge)
