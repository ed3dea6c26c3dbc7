"""The remote administration of Cassandra sends passwords without TLS.

## Why it matters
JMX opened to other hosts asks for the password of somebody who may do everything to the server. Without TLS that
password crosses the network readable.

## Bad
```text cassandra-env.sh
if [ "x$LOCAL_JMX" = "x" ]; then
    LOCAL_JMX=no
fi
JMX_PORT="7199"
if [ "$LOCAL_JMX" = "yes" ]; then
  JVM_OPTS="$JVM_OPTS -Dcassandra.jmx.local.port=$JMX_PORT"
  JVM_OPTS="$JVM_OPTS -Dcom.sun.management.jmxremote.authenticate=false"
else
  JVM_OPTS="$JVM_OPTS -Dcassandra.jmx.remote.port=$JMX_PORT"
  JVM_OPTS="$JVM_OPTS -Dcom.sun.management.jmxremote.authenticate=true"
fi
```

## Bad: a variable opens it
```yaml compose.yaml
services:
  db:
    image: cassandra:5.0
    environment:
      LOCAL_JMX: "no"  # <-
```

## Good
```text cassandra-env.sh
if [ "x$LOCAL_JMX" = "x" ]; then
    LOCAL_JMX=no
  JVM_OPTS="$JVM_OPTS -Dcom.sun.management.jmxremote.ssl=true"
fi
JMX_PORT="7199"
if [ "$LOCAL_JMX" = "yes" ]; then
  JVM_OPTS="$JVM_OPTS -Dcassandra.jmx.local.port=$JMX_PORT"
  JVM_OPTS="$JVM_OPTS -Dcom.sun.management.jmxremote.authenticate=false"
else
  JVM_OPTS="$JVM_OPTS -Dcassandra.jmx.remote.port=$JMX_PORT"
  JVM_OPTS="$JVM_OPTS -Dcom.sun.management.jmxremote.authenticate=true"
  JVM_OPTS="$JVM_OPTS -Dcom.sun.management.jmxremote.ssl=true"
fi
```

## Good: on loopback only
```yaml compose.yaml
services:
  db:
    image: cassandra:5.0
    environment:
      LOCAL_JMX: "yes"
```

## Fix
Use TLS.

```text
JVM_OPTS="$JVM_OPTS -Dcom.sun.management.jmxremote.ssl=true"
JVM_OPTS="$JVM_OPTS -Djavax.net.ssl.keyStore=/etc/cassandra/jmx.p12"
```

## References
- Cassandra documentation 5.0, "Security", JMX with SSL: https://cassandra.apache.org/doc/5.0/cassandra/managing/operating/security.html#jmx-with-ssl
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.cassandra import Cassandra


@check("cassandra-jmx-in-clear", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def cassandra_jmx_in_clear(server: Cassandra) -> Iterator[Diagnostic]:
    if known(server.jmx.remote) and known(server.jmx.authenticated) and not known(server.jmx.encrypted):
        yield fail(
            f"The remote administration of Cassandra (JMX) sends passwords without TLS; {server.jmx_exposure.reason}",
            at=server.jmx.at or server.at,
            severity=server.jmx_exposure.scale(MEDIUM),
            expected="jmxremote.ssl=true",
        )
