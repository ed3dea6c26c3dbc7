"""Solr serves clients of other hosts without TLS.

## Why it matters
Basic authentication sends the password with every request, and what a search finds comes back as text: everybody on the
path reads both, and changes them.

## Bad: a container on its image's defaults
```yaml compose.yaml
services:
  search:
    image: solr:9.9  # <-
    ports: ["8983:8983"]
```

## Bad: switched off in spite of a key store
```text solr.in.sh
SOLR_JETTY_HOST="10.20.0.5"
SOLR_SSL_ENABLED=false # <-
SOLR_SSL_KEY_STORE=etc/server.p12
```

## Bad: the script overrides the container's variable
```yaml compose.yaml
services:
  search:
    image: solr:9.9
    environment:
      SOLR_SSL_ENABLED: "true"
    volumes:
      - ./solr.in.sh:/etc/default/solr.in.sh
    ports: ["8983:8983"]
```
```text solr.in.sh
SOLR_SSL_ENABLED="" # <-
```

## Good
```text solr.in.sh
SOLR_JETTY_HOST="10.20.0.5"
SOLR_SSL_KEY_STORE=etc/server.p12
```

## Good: reachable from the same host only
```text solr.in.sh
SOLR_JETTY_HOST="127.0.0.1"
```

## Fix
```text
SOLR_SSL_ENABLED=true
SOLR_SSL_KEY_STORE=/var/solr/tls/server.p12
```

## References
- Solr Reference Guide 9.9, "Enabling SSL": https://solr.apache.org/guide/solr/9_9/deployment-guide/enabling-ssl.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.solr import Solr


@check("solr-no-tls", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def solr_no_tls(solr: Solr) -> Iterator[Diagnostic]:
    if not solr.in_container:
        known(solr.address)  # since 9.0 a node that is told nothing is reached from its own host only
    if not solr.exposure.is_loopback and not known(solr.tls):
        yield fail(
            f"Solr serves clients without TLS; {solr.exposure.in_clear.reason}",
            at=solr.where(solr.tls_setting),
            severity=solr.exposure.in_clear.scale(HIGH),
            expected="SOLR_SSL_ENABLED=true with a key store",
        )
