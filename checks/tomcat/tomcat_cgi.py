r"""Requests start programs of the host.

## Why it matters
The CGI servlet starts a program of the host for each request. With `enableCmdLineArguments` the query string becomes its
arguments, which on Windows ran commands of the client (CVE-2019-0232).

## Bad
```xml web.xml
<web-app version="6.0">
  <servlet>
    <servlet-name>cgi</servlet-name>
    <servlet-class>org.apache.catalina.servlets.CGIServlet</servlet-class>
  </servlet>
  <servlet-mapping>
    <servlet-name>cgi</servlet-name>
    <url-pattern>/cgi-bin/*</url-pattern>
  </servlet-mapping>
</web-app>
```

## Bad: with arguments
```xml web.xml
<web-app version="6.0">
  <servlet>
    <servlet-name>cgi</servlet-name>
    <servlet-class>org.apache.catalina.servlets.CGIServlet</servlet-class>
    <init-param>
      <param-name>enableCmdLineArguments</param-name>
      <param-value>true</param-value>
    </init-param>
  </servlet>
  <servlet-mapping>
    <servlet-name>cgi</servlet-name>
    <url-pattern>/cgi-bin/*</url-pattern>
  </servlet-mapping>
</web-app>
```

## Good: defined, but answering no path
```xml web.xml
<web-app version="6.0">
  <servlet>
    <servlet-name>cgi</servlet-name>
    <servlet-class>org.apache.catalina.servlets.CGIServlet</servlet-class>
  </servlet>
</web-app>
```

## Good: in a comment
```xml web.xml
<web-app version="6.0">
  <servlet>
    <servlet-name>cgi</servlet-name>
    <servlet-class>org.apache.catalina.servlets.CGIServlet</servlet-class>
  </servlet>
<!--
  <servlet-mapping>
    <servlet-name>cgi</servlet-name>
    <url-pattern>/cgi-bin/*</url-pattern>
  </servlet-mapping>
-->
</web-app>
```

## Fix
Remove the servlet-mapping of the servlet `cgi`, or the whole servlet.

## References
- Tomcat 10.1, CGI How To: https://tomcat.apache.org/tomcat-10.1-doc/cgi-howto.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.tomcat import Tomcat, parameter_of


@check("tomcat-cgi", severity=HIGH, control=Control.CODE_EXECUTION, cwe=78)
def tomcat_cgi(tomcat: Tomcat) -> Iterator[Diagnostic]:
    known(tomcat.descriptors)
    for servlet, path in tomcat.classes("servlet", "CGIServlet"):
        given = parameter_of(servlet, "enableCmdLineArguments")
        with_arguments = given is not None and known(given[0]).lower() == "true"
        yield fail(
            f"Requests to {path} start programs of the host"
            + (" with arguments of the client" if with_arguments else ""),
            at=given[1] if given is not None and with_arguments else servlet.at,
            key=path,
            severity=tomcat.exposure.scale(HIGH if with_arguments else MEDIUM),
            expected="no mapping of the CGI servlet",
        )
