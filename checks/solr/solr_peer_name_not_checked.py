"""Solr does not check whom it speaks to over TLS.

## Why it matters
With SOLR_SSL_CHECK_PEER_NAME false a node takes any certificate that the trust store accepts for any other node: a machine
with one of them passes for a replica, and gets records and inter-node credentials.

## Bad
```text solr.in.sh
SOLR_JETTY_HOST="10.20.0.5"
SOLR_SSL_KEY_STORE=etc/server.p12
SOLR_SSL_CHECK_PEER_NAME=false # <-
```

## Bad: by a property
```text solr.in.sh
SOLR_JETTY_HOST="10.20.0.5"
SOLR_SSL_KEY_STORE=etc/server.p12
SOLR_OPTS="$SOLR_OPTS -Dsolr.ssl.checkPeerName=false" # <-
```

## Bad: the image's default
```yaml compose.yaml
services:
  search:
    image: bitnami/solr:9.8  # <-
    environment:
      SOLR_SSL_ENABLED: "yes"
      SOLR_SSL_KEY_STORE: /bitnami/server.p12
```

## Good
```text solr.in.sh
SOLR_JETTY_HOST="10.20.0.5"
SOLR_SSL_KEY_STORE=etc/server.p12
SOLR_SSL_CHECK_PEER_NAME=true
```

## Good: there is no TLS to check anything of
```text solr.in.sh
SOLR_JETTY_HOST="127.0.0.1"
SOLR_SSL_CHECK_PEER_NAME=false
```

## Fix
Give each node a certificate with its own name, and leave the check on:

```text
SOLR_SSL_CHECK_PEER_NAME=true
```

## References
- Solr Reference Guide 9.9, "Enabling SSL": https://solr.apache.org/guide/solr/9_9/deployment-guide/enabling-ssl.html
- bitnami/containers, Solr 9, `solr-env.sh` (SOLR_SSL_CHECK_PEER_NAME)
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.solr import Solr


@check("solr-peer-name-not-checked", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=297)
def solr_peer_name_not_checked(solr: Solr) -> Iterator[Diagnostic]:
    if not known(solr.tls):
        return
    # SOLR_OPTS stands behind what the script makes of the variable, so the property wins.
    name = "-Dsolr.ssl.checkPeerName"
    if name not in solr.settings:
        name = "SOLR_SSL_CHECK_PEER_NAME"
    if known(solr.text(name)) == "false":
        yield fail(
            "Solr takes the certificate of any machine for that of another node",
            at=solr.where(name),
            severity=solr.exposure.scale(MEDIUM),
            expected="SOLR_SSL_CHECK_PEER_NAME=true",
        )
