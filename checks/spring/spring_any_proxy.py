r"""The application believes every client that it is a proxy.

## Why it matters
The address, scheme and host that a proxy reports end up in the audit trail, in rules by address and in links that are
mailed out. If every client counts as a proxy, every client chooses them.

## Bad
```text application.properties
server.forward-headers-strategy=native
server.tomcat.remoteip.internal-proxies=.*  # <-
```

## Good
```text application.properties
server.forward-headers-strategy=native
server.tomcat.remoteip.internal-proxies=10\\.20\\.0\\.2
```

## Fix
Name the proxy's address:
```text
server.tomcat.remoteip.internal-proxies=10\\.20\\.0\\.2
```

## References
- Spring Boot 3.5 how-to, Running Behind a Front-end Proxy Server ("You can trust all proxies by setting the internal-proxies to empty (but do not do so in production)"): https://docs.spring.io/spring-boot/3.5/how-to/webserver.html#howto.webserver.use-behind-a-proxy-server
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.spring import SpringSettings

_NAME = "server.tomcat.remoteip.internal-proxies"


@check("spring-any-proxy", severity=MEDIUM, control=Control.AUDIT_LOGGING, cwe=348)
def spring_any_proxy(spring: SpringSettings) -> Iterator[Diagnostic]:
    written = spring.explicit(_NAME)
    if written is not None and known(spring.value(_NAME, "")) in {"", ".*", ".+"}:
        yield fail(f"{_NAME} takes every client for a proxy", at=written.at, key=_NAME, expected="the proxy's address")
