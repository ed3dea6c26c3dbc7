"""Sessions never end for lack of use.

## Why it matters
A timeout of zero or less switches automatic logoff off: who finds a workstation the next morning finds the last one's
session.

## Bad
```text application.properties
server.servlet.session.timeout=-1  # <-
```

## Good
```text application.properties
server.servlet.session.timeout=15m
```

## Fix
End unused sessions after a quarter of an hour:
```text
server.servlet.session.timeout=15m
```

## References
- Jakarta Servlet 6.0, HttpSession, setMaxInactiveInterval ("an interval of value zero or less indicates that the session should never timeout")
- Spring Boot 3.5, Common Application Properties, server.servlet.session.timeout: https://docs.spring.io/spring-boot/3.5/appendix/application-properties/index.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.spring import SpringSettings

_NAME = "server.servlet.session.timeout"


@check("spring-session-endless", severity=MEDIUM, control=Control.SESSION_MANAGEMENT, cwe=613)
def spring_session_endless(spring: SpringSettings) -> Iterator[Diagnostic]:
    written = spring.explicit(_NAME)
    if written is None:
        return
    value = known(spring.value(_NAME, "30m"))
    if value.startswith("-") or value.rstrip("smhdn") == "0":
        yield fail(f"{_NAME} is {value}, so that unused sessions never end", at=written.at, key=_NAME, expected="15m")
