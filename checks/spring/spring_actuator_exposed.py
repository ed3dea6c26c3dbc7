"""Actuator's endpoints with internals answer over HTTP.

## Why it matters
`env` and `configprops` list the settings, `heapdump` and `threaddump` what the application holds in memory, which is
patients' data and session tokens, `httpexchanges` the last requests; `loggers` and `shutdown` change how it runs. Nothing
but the application's own security rules stands before them.

## Bad
```yaml src/main/resources/application.yml
spring:
  application:
    name: portal
management:
  endpoints:
    web:
      exposure:
        include: "*"  # <-
```

## Bad: a container's variable
```yaml compose.yaml
services:
  portal:
    image: clinic/portal:1.4
    environment:
      MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE: health,env  # <-
```

## Good
```yaml src/main/resources/application.yml
spring:
  application:
    name: portal
management:
  endpoints:
    web:
      exposure:
        include: health,info,prometheus
```

## Good: the container overrides the file
```text src/main/resources/application.properties
spring.application.name=portal
management.endpoints.web.exposure.include=*
```
```text Dockerfile
FROM eclipse-temurin:21
COPY target/portal.jar /portal.jar
ENV MANAGEMENT_ENDPOINTS_WEB_EXPOSURE_INCLUDE=health
CMD ["java", "-jar", "/portal.jar"]
```

## Good: the production profile takes it back
```text src/main/resources/application.properties
spring.application.name=portal
management.endpoints.web.exposure.include=*
```
```text src/main/resources/application-prod.properties
management.endpoints.web.exposure.include=health
spring.application.name=portal
```

## Good: on the host's loopback address only
```text application.properties
management.endpoints.web.exposure.include=*
management.server.port=9001
management.server.address=127.0.0.1
```

## Fix
Expose health alone, and what monitoring reads:
```text
management.endpoints.web.exposure.include=health,prometheus
```

## References
- Spring Boot 3.5 reference, Actuator, Endpoints, Exposing Endpoints: https://docs.spring.io/spring-boot/3.5/reference/actuator/endpoints.html#actuator.endpoints.exposing
"""

from collections.abc import Iterator

from auditor.api import HIGH, Confidence, Control, Diagnostic, check, fail, known
from auditor.technologies.spring import SpringSettings, endpoints_over_http

_INTERNAL = frozenset(
    {
        "configprops", "env", "heapdump", "httpexchanges", "httptrace", "jolokia", "logfile", "loggers", "sessions",
        "shutdown", "threaddump",
    }
)  # fmt: skip
_INCLUDE = "management.endpoints.web.exposure.include"


@check("spring-actuator-exposed", severity=HIGH, control=Control.INFORMATION_DISCLOSURE, cwe=497)
def spring_actuator_exposed(spring: SpringSettings) -> Iterator[Diagnostic]:
    written = spring.explicit(_INCLUDE)
    if written is None:
        return
    found = sorted(known(endpoints_over_http(spring)) & _INTERNAL)
    if found:
        shown = ", ".join(found[:4]) + (" and more" if len(found) > 4 else "")
        # The application's own security rules may still ask who is there.
        yield fail(
            f"Actuator answers over HTTP with {shown}",
            at=written.at,
            confidence=Confidence.MEDIUM,
            key=_INCLUDE,
            expected="health",
        )
