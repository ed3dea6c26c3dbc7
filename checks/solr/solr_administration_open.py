"""Every user of Solr may administer cores and configurations.

## Why it matters
The configuration of a core names classes and scripts that Solr runs, and the same interfaces delete cores and collections.
Unless a permission keeps them for a role, a user that is meant to search takes over the server.

## Bad: only some permissions
```json security.json
{
  "authentication": {
    "class": "solr.BasicAuthPlugin",
    "blockUnknown": true,
    "credentials": {"records": "c2FtcGxlLW9ubHktaGFzaC1zYW1wbGUtb25seS1oYXM= c2FtcGxlLW9ubHktc2FsdA=="}
  },
  "authorization": {  # <-
    "class": "solr.RuleBasedAuthorizationPlugin",
    "permissions": [
      {"name": "security-edit", "role": "admin"},
      {"name": "read", "role": "clinic"},
      {"name": "update", "role": "clinic"}
    ],
    "user-role": {"records": "clinic"}
  }
}
```

## Bad: a permission that Solr passes over
```json security.json
{
  "authentication": {
    "class": "solr.BasicAuthPlugin",
    "blockUnknown": true,
    "credentials": {"records": "c2FtcGxlLW9ubHktaGFzaC1zYW1wbGUtb25seS1oYXM= c2FtcGxlLW9ubHktc2FsdA=="}
  },
  "authorization": {
    "class": "solr.RuleBasedAuthorizationPlugin",
    "permissions": [
      {"name": "security-edit", "role": "admin"},
      {"name": "all", "method": "POST", "role": "admin"}
    ],
    "user-role": {"records": "clinic"}
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
    "permissions": [
      {"name": "read", "role": "clinic"},
      {"name": "update", "role": "clinic"},
      {"name": "all", "role": "admin"}
    ],
    "user-role": {"records": "clinic"}
  }
}
```

## Good: each by its name
```json security.json
{
  "authentication": {
    "class": "solr.BasicAuthPlugin",
    "blockUnknown": true,
    "credentials": {"records": "c2FtcGxlLW9ubHktaGFzaC1zYW1wbGUtb25seS1oYXM= c2FtcGxlLW9ubHktc2FsdA=="}
  },
  "authorization": {
    "class": "solr.RuleBasedAuthorizationPlugin",
    "permissions": [
      {"name": "collection-admin-edit", "role": "admin"},
      {"name": "core-admin-edit", "role": "admin"},
      {"name": "config-edit", "role": "admin"},
      {"name": "schema-edit", "role": "admin"}
    ],
    "user-role": {"records": "clinic"}
  }
}
```

## Fix
```json
{"permissions": [{"name": "read", "role": "clinic"}, {"name": "all", "role": "admin"}]}
```

## References
- Solr Reference Guide 9.9, "Rule-Based Authorization Plugins": https://solr.apache.org/guide/solr/9_9/deployment-guide/rule-based-authorization-plugin.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check
from auditor.technologies.solr import ADMINISTRATION, Solr

from ._common import for_every_user


@check(
    "solr-administration-open", severity=HIGH, control=Control.AUTHORIZATION, also=(Control.CODE_EXECUTION,), cwe=862
)
def solr_administration_open(solr: Solr) -> Iterator[Diagnostic]:
    yield from for_every_user(solr, ADMINISTRATION, HIGH, '{"name": "all", "role": "admin"} as the last permission')
