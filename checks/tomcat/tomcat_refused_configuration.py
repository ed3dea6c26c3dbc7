"""Tomcat would refuse a file of its configuration.

## Why it matters
The file is no well-formed XML: Tomcat does not start, or starts without the application that the file is for. What the server is
protected by is then not what the files say.

## Bad
```xml server.xml
<Server port="-1">
  <Service name="Catalina">
    <Connector port="8443" SSLEnabled="true" SSLEnabled="false"/>
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
Correct the file and test it before it is rolled out:
```text
catalina.sh configtest
```

## References
- Tomcat 10.1, Configuration Reference: https://tomcat.apache.org/tomcat-10.1-doc/config/index.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.tomcat import Tomcat


@check(
    "tomcat-refused-configuration", severity=MEDIUM, control=Control.CONFIGURATION_HYGIENE, also=(Control.AVAILABILITY,)
)
def tomcat_refused_configuration(tomcat: Tomcat) -> Iterator[Diagnostic]:
    for problem in tomcat.refused:
        yield fail(f"Tomcat would refuse the file: {problem.message}", at=problem.at, key=problem.message)
