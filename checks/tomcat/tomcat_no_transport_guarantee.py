"""A path that asks for a log-in may be reached without TLS.

## Why it matters
The application asks for a password, but does not insist on TLS. On a connector without TLS the password is sent in clear text.

## Bad
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

## Fix
```xml web.xml
<user-data-constraint>
  <transport-guarantee>CONFIDENTIAL</transport-guarantee>
</user-data-constraint>
```

## References
- Jakarta Servlet 6.0 specification, section 13.8
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Unknown, check, fail, known
from auditor.technologies.tomcat import Tomcat

_STRICT = {"CONFIDENTIAL", "INTEGRAL"}


@check("tomcat-no-transport-guarantee", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=523)
def tomcat_no_transport_guarantee(tomcat: Tomcat) -> Iterator[Diagnostic]:
    connectors = tomcat.connectors
    if not isinstance(connectors, Unknown) and all(known(each.speaks_tls) for each in connectors):
        return
    for web in known(tomcat.descriptors):
        for constraint in web.named("security-constraint"):
            guarantee = (constraint.words("user-data-constraint", "transport-guarantee") or "").upper()
            if constraint.first("auth-constraint", "role-name") is not None and guarantee not in _STRICT:
                pattern = constraint.words("web-resource-collection", "url-pattern") or "a path"
                yield fail(
                    f"{pattern} asks for a log-in, but not for TLS",
                    at=constraint.at,
                    key=pattern,
                    severity=tomcat.exposure.scale(MEDIUM),
                    expected="transport-guarantee CONFIDENTIAL",
                )
