"""Actuator tells everybody how the application's parts are.

## Why it matters
The details of `health` name the database, its product and version, disks and other servers, and the errors they gave:
what somebody needs to prepare an attack.

## Bad
```text application.properties
management.endpoint.health.show-details=always  # <-
```

## Good
```text application.properties
management.endpoint.health.show-details=when-authorized
```

## Fix
Show details to administrators only:
```text
management.endpoint.health.show-details=when-authorized
management.endpoint.health.roles=admin
```

## References
- Spring Boot 3.5 reference, Actuator, Endpoints, Health Information: https://docs.spring.io/spring-boot/3.5/reference/actuator/endpoints.html#actuator.endpoints.health
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.spring import SpringSettings, endpoints_over_http

_NAME = "management.endpoint.health.show-details"


@check("spring-health-detail", severity=LOW, control=Control.INFORMATION_DISCLOSURE, cwe=497)
def spring_health_detail(spring: SpringSettings) -> Iterator[Diagnostic]:
    written = spring.explicit(_NAME)
    if written is None or known(spring.value(_NAME, "never")) != "always":
        return
    if spring.undecided is not None or "health" in known(endpoints_over_http(spring)):
        yield fail(
            f"{_NAME} is always, so that everybody reads which servers the application uses",
            at=written.at,
            key=_NAME,
            expected="when-authorized",
        )
