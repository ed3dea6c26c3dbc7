"""The remote administration of Cassandra asks for no password.

## Why it matters
JMX stops the server, changes every setting at run time, dumps tables and loads code. It answers on loopback only by
default; opened to other hosts without a password it gives whoever reaches port 7199 the server, and usually its host.

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
  JVM_OPTS="$JVM_OPTS -Dcom.sun.management.jmxremote.authenticate=false"  # <-
fi
```

## Bad: variables of a container
```yaml compose.yaml
services:
  db:
    image: cassandra:5.0
    environment:
      LOCAL_JMX: "no"
      JVM_EXTRA_OPTS: "-Dcom.sun.management.jmxremote.authenticate=false"  # <-
    ports: ["7199:7199"]
```

## Good: as it comes, with a variable that opens it: a password is asked for
```yaml compose.yaml
services:
  db:
    image: cassandra:5.0
    environment:
      LOCAL_JMX: "no"
```

## Good: without a password, but on loopback only
```text cassandra-env.sh
if [ "x$LOCAL_JMX" = "x" ]; then
    LOCAL_JMX=yes
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

## Good: opened with a password
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

## Fix
Ask for a password and use TLS, or leave it on loopback.

```text
LOCAL_JMX=no
JVM_OPTS="$JVM_OPTS -Dcom.sun.management.jmxremote.authenticate=true"
JVM_OPTS="$JVM_OPTS -Dcom.sun.management.jmxremote.ssl=true"
```

## References
- Cassandra documentation 5.0, "Security", JMX access: https://cassandra.apache.org/doc/5.0/cassandra/managing/operating/security.html#jmx-access
- conf/cassandra-env.sh of Cassandra 4.1: https://github.com/apache/cassandra/blob/cassandra-4.1/conf/cassandra-env.sh
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail, known
from auditor.technologies.cassandra import Cassandra


@check("cassandra-jmx-open", severity=CRITICAL, control=Control.AUTHENTICATION, also=(Control.CODE_EXECUTION,), cwe=306)
def cassandra_jmx_open(server: Cassandra) -> Iterator[Diagnostic]:
    if known(server.jmx.remote) and not known(server.jmx.authenticated):
        yield fail(
            f"The remote administration of Cassandra (JMX) asks for no password; {server.jmx_exposure.reason}",
            at=server.jmx.at or server.at,
            severity=server.jmx_exposure.scale(CRITICAL),
            expected="jmxremote.authenticate=true, or LOCAL_JMX=yes",
        )
