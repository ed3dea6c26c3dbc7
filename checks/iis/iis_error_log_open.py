"""Anybody may read the error log of ELMAH.

## Why it matters
`elmah.axd` shows every exception with the request that caused it: form fields, cookies, names of users. Cookies there
are sessions that somebody else goes on with.

## Bad
```xml web.config
<configuration>
  <elmah>
    <security allowRemoteAccess="true"/>  # <-
  </elmah>
</configuration>
```

## Bad: an old way to say it
```xml web.config
<configuration>
  <elmah>
    <security allowRemoteAccess="1"/>  # <-
  </elmah>
</configuration>
```

## Good
```xml web.config
<configuration>
  <elmah>
    <security allowRemoteAccess="false"/>
  </elmah>
</configuration>
```

## Good: behind a log-in
```xml web.config
<configuration>
  <elmah>
    <security allowRemoteAccess="true"/>
  </elmah>
  <location path="elmah.axd">
    <system.web>
      <authorization>
        <allow roles="operators"/>
        <deny users="*"/>
      </authorization>
    </system.web>
  </location>
</configuration>
```

## Fix
```xml web.config
<elmah>
  <security allowRemoteAccess="false"/>
</elmah>
```

## References
- ELMAH 1.2, "Securing Error Log Pages": https://elmah.github.io/a/securing-error-log-pages/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.iis import Iis, known_text

_ON = frozenset({"true", "yes", "on", "1"})


@check(
    "iis-error-log-open",
    severity=HIGH,
    control=Control.INFORMATION_DISCLOSURE,
    also=(Control.AUTHENTICATION,),
    cwe=532,
)
def iis_error_log_open(iis: Iis) -> Iterator[Diagnostic]:
    denies = any(
        rule.name == "deny"
        for scope, element in iis.elements("system.web/authorization")
        if not scope.path or "elmah" in scope.path.lower()
        for rule in element.children
    )
    for scope, element in iis.elements("elmah/security"):
        if known(known_text(element.get("allowRemoteAccess") or "false")).lower() in _ON and not denies:
            yield fail(
                f"elmah.axd shows errors with cookies and form fields to every client; {iis.exposure.reason}",
                at=element.where("allowRemoteAccess"),
                key=f"{scope.path}/elmah",
                severity=iis.exposure.scale(HIGH),
                expected='allowRemoteAccess="false", or authorization for elmah.axd',
            )
