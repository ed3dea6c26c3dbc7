"""Every user of Solr is its administrator.

## Why it matters
Without an authorization plugin whoever logs in may do everything: read every collection, delete indexes, add users, and
change the configuration, which runs code. A program that only searches needs none of it.

## Bad
```json security.json
{
  "authentication": {
    "class": "solr.BasicAuthPlugin",
    "blockUnknown": true,
    "credentials": {"records": "c2FtcGxlLW9ubHktaGFzaC1zYW1wbGUtb25seS1oYXM= c2FtcGxlLW9ubHktc2FsdA=="}
  }
}
```

## Good
```json security.json
{
  "authentication": {
    "class": "solr.BasicAuthPlugin",
    "blockUnknown": true,
    "credentials": {"records": "c2FtcGxlLW9ubHktaGFzaC1zYW1wbGUtb25seS1oYXM= c2FtcGxlLW9ubHktc2FsdA=="}
  },
  "authorization": {
    "class": "solr.RuleBasedAuthorizationPlugin",
    "permissions": [{"name": "read", "role": "clinic"}, {"name": "all", "role": "admin"}],
    "user-role": {"records": "clinic"}
  }
}
```

## Fix
Name who may do what, with `all` as the last entry:

```json
{
  "authorization": {
    "class": "solr.RuleBasedAuthorizationPlugin",
    "permissions": [{"name": "read", "role": "clinic"}, {"name": "all", "role": "admin"}],
    "user-role": {"portal": "clinic", "operator": "admin"}
  }
}
```

## References
- Solr Reference Guide 9.9, "Rule-Based Authorization Plugins": https://solr.apache.org/guide/solr/9_9/deployment-guide/rule-based-authorization-plugin.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.solr import Solr


@check("solr-no-authorization", severity=HIGH, control=Control.AUTHORIZATION, cwe=862)
def solr_no_authorization(solr: Solr) -> Iterator[Diagnostic]:
    security = known(solr.secured)
    if security is not None and known(security.block("authorization")) is None:
        yield fail(
            "Whoever logs in to Solr may do everything, since security.json has no authorization",
            at=security.where("authentication"),
            severity=solr.exposure.scale(HIGH),
            expected="an authorization block with a permission `all` for administrators",
        )
