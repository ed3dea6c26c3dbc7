"""Actuator shows the values of settings, secrets among them.

## Why it matters
By default Actuator replaces every value by asterisks. With `always` whoever reaches the endpoint reads the database's
password and the keys of tokens.

## Bad
```text application.properties
management.endpoints.web.exposure.include=health,env
management.endpoint.env.show-values=always  # <-
```

## Good
```text application.properties
management.endpoints.web.exposure.include=health,env
management.endpoint.env.show-values=never
```

## Good: the endpoint does not answer over HTTP
```text application.properties
management.endpoints.web.exposure.include=health
management.endpoint.env.show-values=always
```

## Fix
Leave the values out:
```text
management.endpoint.env.show-values=never
```

## References
- Spring Boot 3.5 reference, Actuator, Endpoints, Sanitize Sensitive Values: https://docs.spring.io/spring-boot/3.5/reference/actuator/endpoints.html#actuator.endpoints.sanitization
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.spring import SpringSettings, endpoints_over_http


@check(
    "spring-actuator-values",
    severity=HIGH,
    control=Control.INFORMATION_DISCLOSURE,
    also=(Control.PLAINTEXT_SECRET,),
    cwe=497,
)
def spring_actuator_values(spring: SpringSettings) -> Iterator[Diagnostic]:
    for endpoint in ("configprops", "env", "quartz"):
        name = f"management.endpoint.{endpoint}.show-values"
        written = spring.explicit(name)
        if written is None or known(spring.value(name, "never")) != "always":
            continue
        if endpoint in known(endpoints_over_http(spring)):
            yield fail(
                f"Actuator's endpoint {endpoint} answers with the values of settings, secrets among them",
                at=written.at,
                key=name,
                expected="never",
            )
