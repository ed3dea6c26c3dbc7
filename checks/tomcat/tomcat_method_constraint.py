"""A rule for some methods leaves all others open.

## Why it matters
A `<http-method>` makes the constraint hold for that method alone. The same path answers HEAD, POST or any other method without a
log-in.

## Bad
```xml web.xml
<web-app version="6.0">
  <security-constraint>
    <web-resource-collection>
      <web-resource-name>records</web-resource-name>
      <url-pattern>/records/*</url-pattern>
      <http-method>GET</http-method>
    </web-resource-collection>
    <auth-constraint>
      <role-name>nurse</role-name>
    </auth-constraint>
    <user-data-constraint>
      <transport-guarantee>CONFIDENTIAL</transport-guarantee>
    </user-data-constraint>
  </security-constraint>
</web-app>
```

## Good
```xml web.xml
<web-app version="6.0">
  <security-constraint>
    <web-resource-collection>
      <web-resource-name>records</web-resource-name>
      <url-pattern>/records/*</url-pattern>
    </web-resource-collection>
    <auth-constraint>
      <role-name>nurse</role-name>
    </auth-constraint>
    <user-data-constraint>
      <transport-guarantee>CONFIDENTIAL</transport-guarantee>
    </user-data-constraint>
  </security-constraint>
</web-app>
```

## Good: all others are denied
```xml web.xml
<web-app version="6.0">
  <deny-uncovered-http-methods/>
  <security-constraint>
    <web-resource-collection>
      <web-resource-name>records</web-resource-name>
      <url-pattern>/records/*</url-pattern>
      <http-method>GET</http-method>
    </web-resource-collection>
    <auth-constraint>
      <role-name>nurse</role-name>
    </auth-constraint>
    <user-data-constraint>
      <transport-guarantee>CONFIDENTIAL</transport-guarantee>
    </user-data-constraint>
  </security-constraint>
</web-app>
```

## Good: a method that nobody may use
```xml web.xml
<web-app version="6.0">
  <security-constraint>
    <web-resource-collection>
      <url-pattern>/*</url-pattern>
      <http-method>TRACE</http-method>
    </web-resource-collection>
    <auth-constraint/>
  </security-constraint>
</web-app>
```

## Fix
Leave `<http-method>` out, or deny what no constraint covers:
```xml web.xml
<deny-uncovered-http-methods/>
```

## References
- Jakarta Servlet 6.0 specification, section 13.8.4
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.tomcat import Tomcat


@check("tomcat-method-constraint", severity=HIGH, control=Control.AUTHORIZATION, cwe=650)
def tomcat_method_constraint(tomcat: Tomcat) -> Iterator[Diagnostic]:
    for web in known(tomcat.descriptors):
        if web.first("deny-uncovered-http-methods") is not None:
            continue
        open_patterns = {
            each.text.strip()
            for constraint in web.named("security-constraint")
            for part in constraint.named("web-resource-collection")
            if part.first("http-method") is None
            for each in part.named("url-pattern")
        }
        for constraint in web.named("security-constraint"):
            for part in constraint.named("web-resource-collection"):
                method, pattern = part.first("http-method"), part.words("url-pattern")
                covered = pattern in open_patterns or part.first("http-method-omission") is not None
                if method is not None and constraint.first("auth-constraint", "role-name") is not None and not covered:
                    yield fail(
                        f"{pattern} asks for a log-in on {method.text.strip()} and other named methods only",
                        at=method.at,
                        key=pattern or "",
                        severity=tomcat.exposure.scale(HIGH),
                        expected="no http-method, or deny-uncovered-http-methods",
                    )
