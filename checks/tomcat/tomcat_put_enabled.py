"""Clients may write and delete files of the applications.

## Why it matters
With `readonly` false, PUT and DELETE change the served folder. A client that uploads a JSP page runs its own program on the
server.

## Bad
```xml web.xml
<web-app version="6.0">
  <servlet>
    <servlet-name>default</servlet-name>
    <servlet-class>org.apache.catalina.servlets.DefaultServlet</servlet-class>
    <init-param>
      <param-name>readonly</param-name>
      <param-value>false</param-value>
    </init-param>
  </servlet>
</web-app>
```

## Good
```xml web.xml
<web-app version="6.0">
  <servlet>
    <servlet-name>default</servlet-name>
    <servlet-class>org.apache.catalina.servlets.DefaultServlet</servlet-class>
    <init-param>
      <param-name>readonly</param-name>
      <param-value>true</param-value>
    </init-param>
  </servlet>
</web-app>
```

## Good: the default
```xml web.xml
<web-app version="6.0">
  <servlet>
    <servlet-name>default</servlet-name>
    <servlet-class>org.apache.catalina.servlets.DefaultServlet</servlet-class>
    <init-param>
      <param-name>debug</param-name>
      <param-value>0</param-value>
    </init-param>
  </servlet>
</web-app>
```

## Fix
```xml web.xml
<init-param>
  <param-name>readonly</param-name>
  <param-value>true</param-value>
</init-param>
```

## References
- Tomcat 10.1, Default Servlet: https://tomcat.apache.org/tomcat-10.1-doc/default-servlet.html
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail, known
from auditor.technologies.tomcat import Tomcat


@check(
    "tomcat-put-enabled", severity=CRITICAL, control=Control.MALICIOUS_UPLOAD, also=(Control.CODE_EXECUTION,), cwe=434
)
def tomcat_put_enabled(tomcat: Tomcat) -> Iterator[Diagnostic]:
    known(tomcat.descriptors)
    for name, value, at in tomcat.servlet_parameters():
        if name == "readonly" and known(value).lower() == "false":
            yield fail(
                f"PUT and DELETE write and delete files of every application; {tomcat.exposure.reason}",
                at=at,
                severity=tomcat.exposure.scale(CRITICAL),
                expected="readonly true",
            )
