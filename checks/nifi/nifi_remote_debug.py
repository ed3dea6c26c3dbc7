"""Anybody who reaches NiFi's debug port runs programs as NiFi.

## Why it matters
Java's debug port asks for no password, and lets its client call any code: it reads every record and every decrypted
password, and starts programs of its own. The distribution's line is a comment. An address without a host is
loopback only from Java 9 on.

## Bad
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
```
```text bootstrap.conf
java=java
lib.dir=./lib
conf.dir=./conf
java.arg.2=-Xms1g
java.arg.debug=-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=*:8000 # <-
```

## Bad: the variable of an image with Java 8
```yaml compose.yaml
services:
  nifi:
    image: apache/nifi:1.15.3
    ports: ["8443:8443", "8000:8000"]
    environment:
      NIFI_JVM_DEBUGGER: "yes" # <-
```

## Good
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
```
```text bootstrap.conf
java=java
lib.dir=./lib
conf.dir=./conf
java.arg.2=-Xms1g
#java.arg.debug=-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=*:8000
```

## Good: loopback
```text nifi.properties
nifi.web.https.host=nifi.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
```
```text bootstrap.conf
java=java
lib.dir=./lib
conf.dir=./conf
java.arg.2=-Xms1g
java.arg.debug=-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=localhost:8000
```

## Good: the variable of an image with a newer Java
```yaml compose.yaml
services:
  nifi:
    image: apache/nifi:2.4.0
    ports: ["8443:8443"]
    environment:
      NIFI_JVM_DEBUGGER: "yes"
```

## Fix
Take the line out, or bind it to the loopback address for as long as it is needed:

```text
#java.arg.debug=-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=localhost:8000
```

## References
- System Administrator's Guide, NiFi 2.11: https://nifi.apache.org/docs/nifi-docs/html/administration-guide.html, "Bootstrap Properties"
- JDK 9 release notes, JDK-8041435: https://www.oracle.com/java/technologies/javase/9-notes.html
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail, known
from auditor.technologies.nifi import NiFi


@check("nifi-remote-debug", severity=CRITICAL, control=Control.CODE_EXECUTION, also=(Control.AUTHENTICATION,), cwe=489)
def nifi_remote_debug(nifi: NiFi) -> Iterator[Diagnostic]:
    debugger = known(nifi.debugger)
    if debugger is not None and known(debugger.is_remote):
        yield fail(
            f"Java's debug port {debugger.port} lets everybody run code as NiFi; {debugger.exposure.reason}",
            at=debugger.at,
            severity=debugger.exposure.scale(CRITICAL),
            expected="no -agentlib:jdwp",
        )
