"""Scripts in pages may read the session cookie.

## Why it matters
With `useHttpOnly` false, a script that somebody smuggles into a page sends the session of the logged-in user away. (`<http-only>` in
web.xml has no such effect.)

## Bad
```xml context.xml
<Context useHttpOnly="false">
  <WatchedResource>WEB-INF/web.xml</WatchedResource>
</Context>
```

## Good
```xml context.xml
<Context>
  <WatchedResource>WEB-INF/web.xml</WatchedResource>
</Context>
```

## Good: written out
```xml context.xml
<Context useHttpOnly="true">
  <WatchedResource>WEB-INF/web.xml</WatchedResource>
</Context>
```

## Fix
Take `useHttpOnly="false"` away; true is the default.
```xml context.xml
<Context useHttpOnly="true">
```

## References
- Tomcat 10.1, The Context Container: https://tomcat.apache.org/tomcat-10.1-doc/config/context.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.tomcat import Tomcat, value_of


@check("tomcat-cookie-script-access", severity=MEDIUM, control=Control.SESSION_MANAGEMENT, cwe=1004)
def tomcat_cookie_script_access(tomcat: Tomcat) -> Iterator[Diagnostic]:
    for context in tomcat.all_contexts:
        if known(value_of(context, "useHttpOnly", "true")).lower() == "false":
            yield fail(
                "Scripts in pages may read the session cookie",
                at=context.where("useHttpOnly"),
                expected='useHttpOnly="true"',
            )
