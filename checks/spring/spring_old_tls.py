"""The application accepts TLS versions that are broken.

## Why it matters
TLS 1.0 and 1.1 protect with methods that can be broken, and were withdrawn in 2021. Whoever sits between a browser and the
application can make both use the oldest version that they share.

## Bad
```text application.properties
server.ssl.enabled-protocols=TLSv1,TLSv1.1,TLSv1.2  # <-
```

## Good
```text application.properties
server.ssl.enabled-protocols=TLSv1.2,TLSv1.3
```

## Fix
Accept TLS 1.2 and 1.3 only:
```text
server.ssl.enabled-protocols=TLSv1.2,TLSv1.3
```

## References
- Spring Boot 3.5, Common Application Properties, server.ssl.enabled-protocols: https://docs.spring.io/spring-boot/3.5/appendix/application-properties/index.html
- RFC 8996, Deprecating TLS 1.0 and TLS 1.1
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.spring import SpringSettings

_NAME = "server.ssl.enabled-protocols"
_OLD = frozenset({"sslv2hello", "sslv3", "tlsv1", "tlsv1.1"})


@check("spring-old-tls", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=326)
def spring_old_tls(spring: SpringSettings) -> Iterator[Diagnostic]:
    written = spring.explicit(_NAME)
    if written is None:
        return
    old = sorted(known(spring.words(_NAME)) & _OLD)
    if old:
        yield fail(f"{_NAME} accepts {', '.join(old)}", at=written.at, key=_NAME, expected="TLSv1.2,TLSv1.3")
