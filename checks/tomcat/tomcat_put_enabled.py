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

## Bad: WebDAV
```xml web.xml
<web-app version="6.0">
  <servlet>
    <servlet-name>dav</servlet-name>
    <servlet-class>org.apache.catalina.servlets.WebdavServlet</servlet-class>
    <init-param>
      <param-name>readonly</param-name>
      <param-value>false</param-value>
    </init-param>
  </servlet>
  <servlet-mapping>
    <servlet-name>dav</servlet-name>
    <url-pattern>/dav/*</url-pattern>
  </servlet-mapping>
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
from auditor.technologies.tomcat import Tomcat, parameter_of


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
    for web in known(tomcat.descriptors):
        asks = any(each.first("auth-constraint") is not None for each in web.named("security-constraint"))
        for servlet, path in tomcat.classes("servlet", "WebdavServlet") if not asks else ():
            found = parameter_of(servlet, "readonly")
            if found is not None and servlet in tuple(web.named("servlet")) and known(found[0]).lower() == "false":
                yield fail(
                    f"WebDAV writes and deletes files below {path} for everybody; {tomcat.exposure.reason}",
                    at=found[1],
                    severity=tomcat.exposure.scale(CRITICAL),
                    expected="an auth-constraint for the path, or readonly true",
                )
