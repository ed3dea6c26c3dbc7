"""Solr takes tokens that never expire.

## Why it matters
With `requireExp` false a JSON Web Token without an expiry is good for ever: one that leaks in a log or a browser opens the
index until the key of the identity provider is changed.

## Bad
```json security.json
{
  "authentication": {
    "class": "solr.JWTAuthPlugin",
    "blockUnknown": true,
    "requireExp": false,  # <-
    "wellKnownUrl": "https://login.clinic.example/.well-known/openid-configuration"
  }
}
```

## Good
```json security.json
{
  "authentication": {
    "class": "solr.JWTAuthPlugin",
    "blockUnknown": true,
    "wellKnownUrl": "https://login.clinic.example/.well-known/openid-configuration"
  }
}
```

## Fix
Leave `requireExp` out, since true is the default, and let the provider issue short-lived tokens.

```json
{"authentication": {"class": "solr.JWTAuthPlugin", "requireExp": true}}
```

## References
- Solr Reference Guide 9.9, "JWT Authentication Plugin" (requireExp): https://solr.apache.org/guide/solr/9_9/deployment-guide/jwt-authentication-plugin.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.solr import Solr


@check("solr-tokens-without-expiry", severity=MEDIUM, control=Control.SESSION_MANAGEMENT, cwe=613)
def solr_tokens_without_expiry(solr: Solr) -> Iterator[Diagnostic]:
    security = known(solr.secured)
    for at in known(security.eternal_tokens) if security is not None else ():
        yield fail("Solr takes tokens without an expiry", at=at, expected="no requireExp, or true")
