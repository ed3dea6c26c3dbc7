"""Error pages show what went wrong inside the application.

## Why it matters
A stack trace names classes, libraries and statements; the message of an exception often quotes the data at hand, which in
a clinic is a patient's. `on_param` shows it to everybody who adds `?trace=true`.

## Bad
```text application.properties
server.error.include-stacktrace=always  # <-
```

## Bad: to who asks for it
```yaml application.yml
server:
  error:
    include-stacktrace: on_param  # <-
```

## Bad: a message that quotes data
```text application.properties
server.error.include-message=always  # <-
```

## Good
```text application.properties
server.error.include-stacktrace=never
server.error.include-message=never
```

## Fix
Leave the defaults in force:
```text
server.error.include-stacktrace=never
server.error.include-message=never
```

## References
- Spring Boot 3.5, Common Application Properties, server.error.* (default never): https://docs.spring.io/spring-boot/3.5/appendix/application-properties/index.html
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.spring import SpringSettings

_SHOWING = frozenset({"always", "on_param", "on-param", "on_trace_param", "on-trace-param", "true"})
_DETAILS = (
    ("server.error.include-stacktrace", "the stack trace", MEDIUM),
    ("server.error.include-message", "the exception's message", LOW),
    ("server.error.include-exception", "the exception's class", LOW),
)


@check("spring-error-detail", severity=MEDIUM, control=Control.INFORMATION_DISCLOSURE, cwe=209)
def spring_error_detail(spring: SpringSettings) -> Iterator[Diagnostic]:
    for name, what, severity in _DETAILS:
        written = spring.explicit(name)
        if written is not None and known(spring.value(name, "never")) in _SHOWING:
            yield fail(f"Error pages show {what}", at=written.at, severity=severity, key=name, expected="never")
