"""The application takes new code from developers over HTTP.

## Why it matters
With a remote secret, Spring Boot's developer tools replace classes of the running application for everybody who knows the
secret: code execution behind one password in a header.

## Bad
```text application.properties
spring.application.name=portal
spring.devtools.remote.secret=not-a-real-secret  # <-
```

## Good
```text application.properties
spring.application.name=portal
spring.devtools.restart.enabled=false
```

## Fix
Remove the secret, and leave the developer tools out of the jar.
```text
spring.devtools.restart.enabled=false
```

## References
- Spring Boot 3.5 reference, Developer Tools, Remote Applications ("should never be enabled in a production deployment"): https://docs.spring.io/spring-boot/3.5/reference/using/devtools.html#using.devtools.remote-applications
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail
from auditor.technologies.spring import SpringSettings

_NAME = "spring.devtools.remote.secret"


@check("spring-devtools-remote", severity=HIGH, control=Control.CODE_EXECUTION, cwe=489)
def spring_devtools_remote(spring: SpringSettings) -> Iterator[Diagnostic]:
    written = spring.explicit(_NAME)
    # Whatever the secret is: that there is one switches remote access on.
    if written is not None and written.value != "":
        yield fail(
            f"{_NAME} is set, so that who knows it replaces the code of the running application",
            at=written.at,
            key=_NAME,
            expected="not set",
        )
