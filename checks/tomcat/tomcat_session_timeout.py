"""Sessions stay open for too long.

## Why it matters
A session that nobody uses stays logged in on an unattended workstation. Zero or a negative number means that it never ends.

## Bad
```xml web.xml
<web-app version="6.0">
  <session-config>
    <session-timeout>480</session-timeout>
  </session-config>
</web-app>
```

## Bad: never
```xml web.xml
<web-app version="6.0">
  <session-config>
    <session-timeout>-1</session-timeout>
  </session-config>
</web-app>
```

## Good
```xml web.xml
<web-app version="6.0">
  <session-config>
    <session-timeout>15</session-timeout>
  </session-config>
</web-app>
```

## Good: the default of 30 minutes
```xml web.xml
<web-app version="6.0">
</web-app>
```

## Fix
```xml web.xml
<session-timeout>15</session-timeout>
```

## References
- Jakarta Servlet 6.0 specification, section 7.5
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, is_whole_number, known, not_evaluated
from auditor.technologies.tomcat import Tomcat

_LONGEST_MINUTES = 30


@check("tomcat-session-timeout", severity=MEDIUM, control=Control.SESSION_MANAGEMENT, cwe=613)
def tomcat_session_timeout(tomcat: Tomcat) -> Iterator[Diagnostic]:
    for web in known(tomcat.descriptors):
        element = web.first("session-config", "session-timeout")
        if element is None:
            continue
        text = element.text.strip()
        if not is_whole_number(text.removeprefix("-")):
            yield not_evaluated("the time is not known")
        elif not 0 < int(text) <= _LONGEST_MINUTES:
            lasts = f"stay open for {text} minutes without use" if int(text) > 0 else "never end by themselves"
            yield fail(f"Sessions {lasts}", at=element.at, expected="session-timeout 15")
