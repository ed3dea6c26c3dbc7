"""Solr opens remote JMX without a password.

## Why it matters
ENABLE_REMOTE_JMX_OPTS starts Java's management interface without authentication and without TLS. Whoever reaches its port
(18983) loads code into the server. The solr.in.sh of 8.1.1 and 8.2.0 switches it on (CVE-2019-12409).

## Bad
```text solr.in.sh
SOLR_JETTY_HOST="127.0.0.1"
ENABLE_REMOTE_JMX_OPTS="true" # <-
```

## Bad: the image's default
```yaml compose.yaml
services:
  search:
    image: solr:8.2.0  # <-
    ports: ["8983:8983", "18983:18983"]
```

## Bad: by properties
```text solr.in.sh
SOLR_JETTY_HOST="127.0.0.1"
SOLR_OPTS="$SOLR_OPTS -Dcom.sun.management.jmxremote.port=9010 -Dcom.sun.management.jmxremote.authenticate=false" # <-
```

## Good
```text solr.in.sh
SOLR_JETTY_HOST="127.0.0.1"
ENABLE_REMOTE_JMX_OPTS="false"
```

## Good: the script that is mounted takes it back
```yaml compose.yaml
services:
  search:
    image: solr:8.2.0
    volumes:
      - ./solr.in.sh:/etc/default/solr.in.sh
```
```text solr.in.sh
ENABLE_REMOTE_JMX_OPTS="false"
```

## Fix
```text
ENABLE_REMOTE_JMX_OPTS="false"
```

## References
- Solr Reference Guide 9.9, "JMX with Solr": https://solr.apache.org/guide/solr/9_9/deployment-guide/jmx-with-solr.html
- GHSA-2289-pqfq-6wx7 (8.1.1 and 8.2.0): https://github.com/advisories/GHSA-2289-pqfq-6wx7
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail, known
from auditor.technologies.solr import Solr

_PORT = "com.sun.management.jmxremote.port"
_ASKS = "com.sun.management.jmxremote.authenticate"


@check("solr-remote-jmx", severity=CRITICAL, control=Control.CODE_EXECUTION, also=(Control.AUTHENTICATION,), cwe=306)
def solr_remote_jmx(solr: Solr) -> Iterator[Diagnostic]:
    switched_on = known(solr.is_on("ENABLE_REMOTE_JMX_OPTS"))
    if switched_on or (known(solr.option(_PORT)) and known(solr.option(_ASKS)) == "false"):
        yield fail(
            f"Solr opens Java's management interface without a password; {solr.jmx_exposure.reason}",
            at=solr.where("ENABLE_REMOTE_JMX_OPTS" if switched_on else f"-D{_ASKS}"),
            severity=solr.jmx_exposure.scale(CRITICAL),
            expected='ENABLE_REMOTE_JMX_OPTS="false"',
        )
