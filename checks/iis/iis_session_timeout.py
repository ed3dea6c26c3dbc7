"""Sessions or log-ins of ASP.NET stay open for too long.

## Why it matters
A session that nobody uses stays logged in on an unattended workstation.

## Bad
```xml web.config
<configuration>
  <system.web>
    <sessionState timeout="480"/>  # <-
  </system.web>
</configuration>
```

## Bad: the log-in
```xml web.config
<configuration>
  <system.web>
    <authentication mode="Forms">
      <forms loginUrl="~/login" timeout="2880"/>  # <-
    </authentication>
  </system.web>
</configuration>
```

## Good
```xml web.config
<configuration>
  <system.web>
    <sessionState timeout="15"/>
  </system.web>
</configuration>
```

## Good: the defaults of 20 and 30 minutes
```xml web.config
<configuration>
  <system.web>
    <authentication mode="Forms">
      <forms loginUrl="~/login" requireSSL="true"/>
    </authentication>
  </system.web>
</configuration>
```

## Good: no sessions
```xml web.config
<configuration>
  <system.web>
    <sessionState mode="Off" timeout="480"/>
  </system.web>
</configuration>
```

## Fix
```xml web.config
<sessionState timeout="15"/>
```

## References
- .NET Framework 4.8, SessionStateSection.Timeout: https://learn.microsoft.com/en-us/dotnet/api/system.web.configuration.sessionstatesection.timeout?view=netframework-4.8
- .NET Framework 4.8, FormsAuthenticationConfiguration.Timeout: https://learn.microsoft.com/en-us/dotnet/api/system.web.configuration.formsauthenticationconfiguration.timeout?view=netframework-4.8
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known, not_evaluated, whole_number
from auditor.technologies.iis import Iis, Value

from ._common import flagged, key_of

_LONGEST_MINUTES = 30


@check("iis-session-timeout", severity=MEDIUM, control=Control.SESSION_MANAGEMENT, cwe=613)
def iis_session_timeout(iis: Iis) -> Iterator[Diagnostic]:
    for value in iis.values("system.web/sessionState", "timeout"):
        if known(value.scope.value("system.web/sessionState", "mode").lower) != "off":
            yield from _judge(value, "Sessions")
    for mode in flagged(iis, "system.web/authentication", "mode", "forms"):
        yield from _judge(mode.scope.value("system.web/authentication/forms", "timeout"), "Log-ins")


def _judge(value: Value, what: str) -> Iterator[Diagnostic]:
    text = known(value.lower)
    minutes = whole_number(text)
    if text != "infinite" and minutes is None:
        yield not_evaluated("the time is no number of minutes")
    elif minutes is None or minutes > _LONGEST_MINUTES:
        lasts = "never end by themselves" if text == "infinite" else f"stay open for {text} minutes without use"
        yield fail(f"{what} {lasts}", at=value.at, key=key_of(value, what), expected='timeout="15"')
