"""Solr listens on every address of its host.

## Why it matters
Every network that the host is in can reach the interface that searches, writes and administers. Since 9.0 Solr listens on
loopback unless it is told otherwise, before on everything.

## Bad
```text solr.in.sh
SOLR_JETTY_HOST="0.0.0.0" # <-
```

## Bad: the property wins over the variable
```text solr.in.sh
SOLR_JETTY_HOST="127.0.0.1"
SOLR_OPTS="$SOLR_OPTS -Dsolr.jetty.host=0.0.0.0" # <-
```

## Bad: the name since 10.0
```text solr.in.sh
SOLR_HOST_BIND="0.0.0.0" # <-
```

## Good
```text solr.in.sh
#SOLR_JETTY_HOST="0.0.0.0"
SOLR_JETTY_HOST="10.20.0.5"
```

## Good: a later line counts
```text solr.in.sh
SOLR_JETTY_HOST="0.0.0.0"
SOLR_JETTY_HOST="127.0.0.1"
```

## Fix
```text
SOLR_JETTY_HOST="10.20.0.5"
```

## References
- Solr Reference Guide 9.9, "Securing Solr", Network Configuration: https://solr.apache.org/guide/solr/9_9/deployment-guide/securing-solr.html
- Solr Reference Guide, "Major Changes in Solr 9" and "10" (defaults and names): https://solr.apache.org/guide/solr/10_0/upgrade-notes/major-changes-in-solr-10.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.solr import Solr


@check("solr-binds-all-interfaces", severity=HIGH, control=Control.NETWORK_EXPOSURE, cwe=1327)
def solr_binds_all_interfaces(solr: Solr) -> Iterator[Diagnostic]:
    if solr.in_container:  # a container has to listen on all of its own addresses; what matters is what is published
        return
    if known(solr.listens_everywhere):
        safe = solr.needs_certificate is True or (solr.authenticates is True and solr.tls is True)
        yield fail(
            "Solr listens on every address of its host",
            at=solr.address_at,
            severity=LOW if safe else HIGH,
            expected="SOLR_JETTY_HOST with the address that clients use",
        )
