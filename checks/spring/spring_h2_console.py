"""The console of the H2 database answers beside the application.

## Why it matters
The console runs any SQL, and with H2's functions code on the server, for who has the database's password, which is empty
by default. It is a developer's tool.

## Bad: for every host
```yaml application.yml
spring:
  h2:
    console:
      enabled: true  # <-
      settings:
        web-allow-others: true
```

## Bad: behind a proxy every request comes from the same host
```text application.properties
spring.h2.console.enabled=true  # <-
```

## Good
```text application.properties
spring.h2.console.enabled=false
```

## Good: a developer's profile
```text src/main/resources/application.properties
spring.application.name=portal
```
```text src/main/resources/application-dev.properties
spring.h2.console.enabled=true
```

## Fix
Switch the console off:
```text
spring.h2.console.enabled=false
```

## References
- Spring Boot 3.5 reference, SQL Databases, Using H2's Web Console: https://docs.spring.io/spring-boot/3.5/reference/data/sql.html#data.sql.h2-web-console
- H2, Security, Remote Access: https://h2database.com/html/security.html
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.spring import SpringSettings

_NAME = "spring.h2.console.enabled"


@check(
    "spring-h2-console", severity=CRITICAL, control=Control.CODE_EXECUTION, also=(Control.NETWORK_EXPOSURE,), cwe=749
)
def spring_h2_console(spring: SpringSettings) -> Iterator[Diagnostic]:
    written = spring.explicit(_NAME)
    if written is None or not known(spring.is_true(_NAME)):
        return
    if known(spring.is_true("spring.h2.console.settings.web-allow-others")):
        message, severity = "The console of the H2 database answers every host that reaches the application", CRITICAL
    else:
        message, severity = "The console of the H2 database answers requests from the application's own host", MEDIUM
    yield fail(message, at=written.at, severity=severity, key=_NAME, expected="false")
