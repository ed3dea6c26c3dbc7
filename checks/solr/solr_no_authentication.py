"""Solr lets clients in without a password.

## Why it matters
Solr asks for a log-in only where security.json names an authentication plugin, and no release ships with one. Without it
whoever reaches the port searches every record, deletes indexes and changes the configuration, which runs code.

## Bad: a container on its image's defaults
```yaml compose.yaml
services:
  search:
    image: solr:9.9  # <-
    command: solr-precreate patients
    ports: ["8983:8983"]
```

## Bad: permissions, but nobody is asked who he is
```json security.json
{
  "authorization": {
    "class": "solr.RuleBasedAuthorizationPlugin",
    "permissions": [{"name": "all", "role": "admin"}]
  }
}
```

## Bad: the file is not where the server looks
```yaml compose.yaml
services:
  search:
    image: solr:9.9  # <-
    volumes:
      - ./security.json:/opt/solr/server/solr/security.json
```
```json security.json
{
  "authentication": {
    "class": "solr.BasicAuthPlugin",
    "credentials": {"records": "c2FtcGxlLW9ubHktaGFzaC1zYW1wbGUtb25seS1oYXM= c2FtcGxlLW9ubHktc2FsdA=="}
  }
}
```

## Bad: certificates are wanted, not needed
```yaml compose.yaml
services:
  search:
    image: solr:8.11  # <-
    environment:
      SOLR_SSL_KEY_STORE: /var/solr/tls/server.p12
      SOLR_SSL_WANT_CLIENT_AUTH: "true"
```

## Good
```yaml compose.yaml
services:
  search:
    image: solr:9.9
    volumes:
      - ./security.json:/var/solr/data/security.json
```
```json security.json
{
  "authentication": {
    "class": "solr.BasicAuthPlugin",
    "credentials": {"records": "c2FtcGxlLW9ubHktaGFzaC1zYW1wbGUtb25seS1oYXM= c2FtcGxlLW9ubHktc2FsdA=="}
  }
}
```

## Good: only clients with a certificate get a connection
```yaml compose.yaml
services:
  search:
    image: solr:8.11
    environment:
      SOLR_SSL_KEY_STORE: /var/solr/tls/server.p12
      SOLR_SSL_NEED_CLIENT_AUTH: "true"
```

## Good: the image's own switch
```yaml compose.yaml
services:
  search:
    image: bitnami/solr:9
    environment:
      SOLR_ENABLE_AUTHENTICATION: "yes"
      SOLR_ADMIN_PASSWORD_FILE: /run/secrets/solr
```

## Fix
Put a security.json into SOLR_HOME (`/var/solr/data` in the image), or with SolrCloud into ZooKeeper:

```json
{"authentication": {"class": "solr.BasicAuthPlugin", "blockUnknown": true, "credentials": {"operator": "<hash> <salt>"}}}
```

## References
- Solr Reference Guide 9.9, "Configuring Authentication and Authorization": https://solr.apache.org/guide/solr/9_9/deployment-guide/authentication-and-authorization-plugins.html
- Solr Reference Guide 9.9, "Enabling SSL" (client authentication): https://solr.apache.org/guide/solr/9_9/deployment-guide/enabling-ssl.html
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Confidence, Control, Diagnostic, check, fail, known
from auditor.technologies.solr import Solr


@check("solr-no-authentication", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=306)
def solr_no_authentication(solr: Solr) -> Iterator[Diagnostic]:
    if known(solr.authenticates) or (not solr.incomplete and known(solr.needs_certificate)):
        return
    why = "no security.json is in its folder" if solr.security is None else "security.json names no authentication"
    yield fail(
        f"Solr answers everybody without a log-in: {why}; {solr.exposure.reason}",
        severity=solr.exposure.scale(CRITICAL),
        confidence=Confidence.MEDIUM if solr.is_derived else None,
        expected="a security.json with an authentication plugin",
    )
