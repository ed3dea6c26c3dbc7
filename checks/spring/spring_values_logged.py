"""The application logs the values that it reads and writes.

## Why it matters
Bound parameters of SQL statements and details of requests are patients' data and passwords. Logs are copied to more places
and read by more people than the database, and are kept without its protection.

## Bad: values of SQL statements, Hibernate 6
```text application.properties
logging.level.org.hibernate.orm.jdbc.bind=trace  # <-
```

## Bad: Hibernate 5
```yaml application.yml
logging:
  level:
    org.hibernate.type.descriptor.sql: TRACE  # <-
```

## Bad: parameters and headers of requests
```text application.properties
spring.mvc.log-request-details=true
logging.level.org.springframework.web=DEBUG  # <-
```

## Good
```text application.properties
logging.level.org.hibernate.SQL=warn
logging.level.org.hibernate.orm.jdbc.bind=info
```

## Good: details are masked
```text application.properties
spring.mvc.log-request-details=false
logging.level.org.springframework.web=DEBUG
```

## Good: at a developer's desk
```text src/main/resources/application.properties
spring.application.name=portal
```
```text src/main/resources/application-local.properties
logging.level.org.hibernate.orm.jdbc.bind=trace
```

## Fix
Log without values:
```text
logging.level.org.hibernate.orm.jdbc.bind=info
spring.mvc.log-request-details=false
```

## References
- Hibernate ORM 6.6 User Guide, SQL statement logging: https://docs.jboss.org/hibernate/orm/6.6/userguide/html_single/Hibernate_User_Guide.html
- Spring Boot 3.5, Common Application Properties, spring.mvc.log-request-details (default false): https://docs.spring.io/spring-boot/3.5/appendix/application-properties/index.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Unknown, check, fail, known
from auditor.technologies.spring import SpringSettings

_BINDERS = (
    "logging.level.org.hibernate.orm.jdbc.bind",
    "logging.level.org.hibernate.type",
    "logging.level.org.springframework.jdbc.core.StatementCreatorUtils",
)
_WEB = ("logging.level.web", "logging.level.org.springframework.web")


@check(
    "spring-values-logged",
    severity=MEDIUM,
    control=Control.PHI_EXPOSURE,
    also=(Control.INFORMATION_DISCLOSURE,),
    cwe=532,
)
def spring_values_logged(spring: SpringSettings) -> Iterator[Diagnostic]:
    for prefix in _BINDERS:
        for written in spring.below(prefix):
            if not isinstance(written.value, Unknown) and written.value.lower() in {"trace", "all"}:
                yield fail(
                    f"{written.name} writes the values of SQL statements to the log",
                    at=written.at,
                    key=written.name,
                    expected="info",
                )
    for details in ("spring.mvc.log-request-details", "spring.codec.log-request-details"):
        if spring.explicit(details) is None or not known(spring.is_true(details)):
            continue
        for prefix in _WEB:
            for written in spring.below(prefix):
                if not isinstance(written.value, Unknown) and written.value.lower() in {"debug", "trace", "all"}:
                    yield fail(
                        f"{written.name} writes parameters and headers of requests to the log",
                        at=written.at,
                        key=written.name,
                        expected="info",
                    )
