"""Tomcat lists the files of folders.

## Why it matters
A folder without an index page shows everything in it: exports and scans with the names of people in their file names.

## Bad
```xml web.xml
<web-app version="6.0">
  <servlet>
    <servlet-name>default</servlet-name>
    <servlet-class>org.apache.catalina.servlets.DefaultServlet</servlet-class>
    <init-param>
      <param-name>listings</param-name>
      <param-value>true</param-value>
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
      <param-name>listings</param-name>
      <param-value>false</param-value>
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
  <param-name>listings</param-name>
  <param-value>false</param-value>
</init-param>
```

## References
- Tomcat 10.1, Default Servlet: https://tomcat.apache.org/tomcat-10.1-doc/default-servlet.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.tomcat import Tomcat


@check("tomcat-directory-listing", severity=MEDIUM, control=Control.INFORMATION_DISCLOSURE, cwe=548)
def tomcat_directory_listing(tomcat: Tomcat) -> Iterator[Diagnostic]:
    known(tomcat.descriptors)
    for name, value, at in tomcat.servlet_parameters():
        if name == "listings" and known(value).lower() == "true":
            yield fail(
                f"Folders without an index page list their files; {tomcat.exposure.reason}",
                at=at,
                severity=tomcat.exposure.scale(MEDIUM),
                expected="listings false",
            )
