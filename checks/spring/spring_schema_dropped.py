"""The application drops its tables when it starts.

## Why it matters
`create` and `create-drop` remove every table of the schema before they are made anew: one restart with these settings
against the real database, and the records are gone.

## Bad
```text src/main/resources/application.properties
spring.datasource.url=jdbc:postgresql://db.clinic.example/records?sslmode=verify-full
spring.jpa.hibernate.ddl-auto=create  # <-
```

## Good
```text src/main/resources/application.properties
spring.datasource.url=jdbc:postgresql://db.clinic.example/records?sslmode=verify-full
spring.jpa.hibernate.ddl-auto=validate
```

## Good: a database in memory
```text src/main/resources/application.properties
spring.datasource.url=jdbc:h2:mem:test
spring.jpa.hibernate.ddl-auto=create-drop
```

## Fix
Change the schema with Flyway or Liquibase, and only compare it at start:
```text
spring.jpa.hibernate.ddl-auto=validate
```

## References
- Spring Boot 3.5 how-to, Database Initialization: https://docs.spring.io/spring-boot/3.5/how-to/data-initialization.html
- Hibernate ORM 6.6 User Guide, hibernate.hbm2ddl.auto
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.spring import SpringSettings

_NAME = "spring.jpa.hibernate.ddl-auto"
_EMBEDDED = ("jdbc:h2:mem:", "jdbc:hsqldb:mem:", "jdbc:derby:memory:", "jdbc:sqlite::memory:")


@check("spring-schema-dropped", severity=HIGH, control=Control.DURABILITY, cwe=1188)
def spring_schema_dropped(spring: SpringSettings) -> Iterator[Diagnostic]:
    written = spring.explicit(_NAME)
    if written is None or known(spring.value(_NAME, "none")) not in {"create", "create-drop"}:
        return
    url = known(spring.set_value("spring.datasource.url", ""))
    if url.startswith("jdbc:") and not url.startswith(_EMBEDDED):
        yield fail(
            f"{_NAME} removes the tables of the database whenever the application starts",
            at=written.at,
            key=_NAME,
            expected="validate",
        )
