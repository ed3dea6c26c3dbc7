r"""Pages of any site may read what the application answers.

## Why it matters
With `*` as the allowed origin, a page that a member of staff opens somewhere else reads answers from inside the clinic's
network.

## Bad
```xml web.xml
<web-app version="6.0">
  <filter>
    <filter-name>cors</filter-name>
    <filter-class>org.apache.catalina.filters.CorsFilter</filter-class>
    <init-param>
      <param-name>cors.allowed.origins</param-name>
      <param-value>*</param-value>
    </init-param>
  </filter>
  <filter-mapping>
    <filter-name>cors</filter-name>
    <url-pattern>/*</url-pattern>
  </filter-mapping>
</web-app>
```

## Good
```xml web.xml
<web-app version="6.0">
  <filter>
    <filter-name>cors</filter-name>
    <filter-class>org.apache.catalina.filters.CorsFilter</filter-class>
    <init-param>
      <param-name>cors.allowed.origins</param-name>
      <param-value>https://portal.clinic.example</param-value>
    </init-param>
  </filter>
  <filter-mapping>
    <filter-name>cors</filter-name>
    <url-pattern>/*</url-pattern>
  </filter-mapping>
</web-app>
```

## Good: defined, but filtering no path
```xml web.xml
<web-app version="6.0">
  <filter>
    <filter-name>cors</filter-name>
    <filter-class>org.apache.catalina.filters.CorsFilter</filter-class>
    <init-param>
      <param-name>cors.allowed.origins</param-name>
      <param-value>*</param-value>
    </init-param>
  </filter>
</web-app>
```

## Fix
```xml web.xml
<init-param>
  <param-name>cors.allowed.origins</param-name>
  <param-value>https://portal.clinic.example</param-value>
</init-param>
```

## References
- Tomcat 10.1, CORS Filter: https://tomcat.apache.org/tomcat-10.1-doc/config/filter.html#CORS_Filter
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.tomcat import Tomcat, parameter_of


@check("tomcat-cors-any-origin", severity=MEDIUM, control=Control.INFORMATION_DISCLOSURE, cwe=942)
def tomcat_cors_any_origin(tomcat: Tomcat) -> Iterator[Diagnostic]:
    known(tomcat.descriptors)
    for element, path in tomcat.classes("filter", "CorsFilter"):
        origins = parameter_of(element, "cors.allowed.origins")
        if origins is not None and "*" in [origin.strip() for origin in known(origins[0]).split(",")]:
            yield fail(
                f"{path} may be read by pages of any site",
                at=origins[1],
                key=path,
                severity=tomcat.exposure.scale(MEDIUM),
                expected="the origins of the clinic's own pages",
            )
