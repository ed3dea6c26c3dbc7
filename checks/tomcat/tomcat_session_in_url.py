r"""Sessions are told by the address of a page.

## Why it matters
With `URL` as the only way to track sessions, every link holds `;jsessionid=`. It gets into logs, bookmarks, messages and the
`Referer` of other sites, and whoever has it is logged in.

## Bad
```xml web.xml
<web-app version="6.0">
  <session-config>
    <tracking-mode>URL</tracking-mode>
  </session-config>
</web-app>
```

## Bad: no cookies
```xml context.xml
<Context cookies="false"/>
```

## Good
```xml web.xml
<web-app version="6.0">
  <session-config>
    <tracking-mode>COOKIE</tracking-mode>
  </session-config>
</web-app>
```

## Fix
```xml web.xml
<session-config>
  <tracking-mode>COOKIE</tracking-mode>
</session-config>
```

## References
- Jakarta Servlet 6.0, section 7.1, session tracking: https://jakarta.ee/specifications/servlet/6.0/
- Tomcat 10.1, The Context Container, cookies: https://tomcat.apache.org/tomcat-10.1-doc/config/context.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.tomcat import Tomcat, value_of


@check("tomcat-session-in-url", severity=MEDIUM, control=Control.SESSION_MANAGEMENT, cwe=598)
def tomcat_session_in_url(tomcat: Tomcat) -> Iterator[Diagnostic]:
    for web in tomcat.webs:
        modes = [mode for config in web.named("session-config") for mode in config.named("tracking-mode")]
        if {mode.text.strip().upper() for mode in modes} == {"URL"}:
            yield fail("Sessions are told by the address of a page only", at=modes[0].at, expected="COOKIE")
    for context in tomcat.all_contexts:
        if known(value_of(context, "cookies", "true")).lower() == "false":
            yield fail(
                "Sessions are told by the address of a page, because cookies are off",
                at=context.where("cookies"),
                expected='cookies="true"',
            )
