"""Solr passes over a permission of security.json.

## Why it matters
An entry without a role, a predefined permission with a path, method or parameters, and since 9.5 one of your own without
a path are logged as an error at the start and left out. What they were meant to close is open to every user.

## Bad: a predefined permission takes no method
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
      {"name": "security-edit", "method": "POST", "role": "admin"},  # <-
      {"name": "all", "role": "admin"}
    ],
    "user-role": {"records": "clinic"}
  }
}
```

## Bad: no role
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
      {"name": "read", "collection": "patients"},  # <-
      {"name": "all", "role": "admin"}
    ],
    "user-role": {"records": "clinic"}
  }
}
```

## Bad: a name that is not predefined, without a path
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
    "blockUnknown": true,
    "credentials": {"records": "c2FtcGxlLW9ubHktaGFzaC1zYW1wbGUtb25seS1oYXM= c2FtcGxlLW9ubHktc2FsdA=="}
  },
  "authorization": {
    "class": "solr.RuleBasedAuthorizationPlugin",
    "permissions": [
      {"name": "patients", "collection": "patients", "role": "clinic"},  # <-
      {"name": "all", "role": "admin"}
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
      {"name": "patients", "collection": "patients", "path": "/select", "method": "POST", "role": "clinic"},
      {"name": "security-edit", "role": "admin"},
      {"name": "all", "role": "admin"}
    ],
    "user-role": {"records": "clinic"}
  }
}
```

## Fix
Leave `path`, `method` and `params` to permissions with names of your own, and give every entry a role:

```json
{"name": "patients-search", "collection": "patients", "path": "/select", "role": "clinic"}
```

## References
- Solr Reference Guide 9.9, "Rule-Based Authorization Plugins", Permissions: https://solr.apache.org/guide/solr/9_9/deployment-guide/rule-based-authorization-plugin.html
- SOLR-16907 (9.5: permissions without a path): https://issues.apache.org/jira/browse/SOLR-16907
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.solr import Solr


@check(
    "solr-permission-skipped",
    severity=MEDIUM,
    control=Control.CONFIGURATION_HYGIENE,
    also=(Control.AUTHORIZATION,),
    cwe=863,
)
def solr_permission_skipped(solr: Solr) -> Iterator[Diagnostic]:
    security = known(solr.secured)
    rules = known(security.rules) if security is not None else None
    for permission in rules.permissions if rules is not None else ():
        fault = permission.fault
        if not fault and permission.pathless and rules is not None and known(rules.skips_pathless):
            fault = "its name is not predefined and it has no path"
        if fault:
            yield fail(
                f"Solr leaves out the permission {permission.name or 'without a name'}: {fault}",
                at=permission.at,
                key=permission.name,
                expected="a role, and a path only under a name of your own",
            )
