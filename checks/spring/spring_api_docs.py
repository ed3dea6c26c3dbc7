"""The description of the application's interface is open to everybody.

## Why it matters
Swagger UI and GraphiQL list every operation with its parameters, and send requests for whoever looks at them: a map of the
interface for an attacker.

## Bad
```text src/main/resources/application-prod.properties
spring.application.name=portal
springdoc.swagger-ui.enabled=true  # <-
```

## Bad: GraphiQL
```text src/main/resources/application.properties
spring.graphql.graphiql.enabled=true  # <-
```

## Good
```text src/main/resources/application-prod.properties
spring.application.name=portal
springdoc.swagger-ui.enabled=false
springdoc.api-docs.enabled=false
```

## Good: for developers
```text src/main/resources/application.properties
spring.application.name=portal
springdoc.swagger-ui.enabled=false
```
```text src/main/resources/application-dev.properties
springdoc.swagger-ui.enabled=true
```

## Fix
Switch it off in production:
```text
springdoc.api-docs.enabled=false
springdoc.swagger-ui.enabled=false
```

## References
- springdoc-openapi 2.8, Properties: https://springdoc.org/#properties
- Spring Boot 3.5 reference, Spring for GraphQL, GraphiQL: https://docs.spring.io/spring-boot/3.5/reference/web/spring-graphql.html
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.spring import SpringSettings

_NAMES = ("springdoc.swagger-ui.enabled", "springdoc.api-docs.enabled", "spring.graphql.graphiql.enabled")


@check("spring-api-docs", severity=LOW, control=Control.INFORMATION_DISCLOSURE, cwe=497)
def spring_api_docs(spring: SpringSettings) -> Iterator[Diagnostic]:
    for name in _NAMES:
        written = spring.explicit(name)
        if written is not None and known(spring.is_true(name)):
            yield fail(f"{name} describes the interface to everybody", at=written.at, key=name, expected="false")
