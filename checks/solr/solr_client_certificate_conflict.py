"""Solr both needs and merely wants certificates of clients.

## Why it matters
The two settings exclude each other, and Jetty picks one. If it is the weaker one, clients without a certificate get a
connection although the configuration says that they do not.

## Bad
```text solr.in.sh
SOLR_JETTY_HOST="10.20.0.5"
SOLR_SSL_KEY_STORE=etc/server.p12
SOLR_SSL_NEED_CLIENT_AUTH=true
SOLR_SSL_WANT_CLIENT_AUTH=true # <-
```

## Good
```text solr.in.sh
SOLR_JETTY_HOST="10.20.0.5"
SOLR_SSL_KEY_STORE=etc/server.p12
SOLR_SSL_NEED_CLIENT_AUTH=true
SOLR_SSL_WANT_CLIENT_AUTH=false
```

## Fix
```text
SOLR_SSL_NEED_CLIENT_AUTH=true
SOLR_SSL_WANT_CLIENT_AUTH=false
```

## References
- Solr Reference Guide 9.9, "Enabling SSL", Client Authentication Settings: https://solr.apache.org/guide/solr/9_9/deployment-guide/enabling-ssl.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.solr import Solr


@check(
    "solr-client-certificate-conflict",
    severity=MEDIUM,
    control=Control.CONFIGURATION_HYGIENE,
    also=(Control.AUTHENTICATION,),
    cwe=295,
)
def solr_client_certificate_conflict(solr: Solr) -> Iterator[Diagnostic]:
    if known(solr.needs_certificate) and known(solr.is_on("SOLR_SSL_WANT_CLIENT_AUTH")):
        yield fail(
            "SOLR_SSL_NEED_CLIENT_AUTH and SOLR_SSL_WANT_CLIENT_AUTH are both true, and Jetty picks one of them",
            at=solr.where("SOLR_SSL_WANT_CLIENT_AUTH"),
            expected="SOLR_SSL_NEED_CLIENT_AUTH=true alone",
        )
