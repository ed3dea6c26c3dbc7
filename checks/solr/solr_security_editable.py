"""Every user of Solr may change users and permissions.

## Why it matters
The API at `/admin/authentication` and `/admin/authorization` adds users and rewrites the permissions. Unless a permission
keeps it for a role, any user, such as the one of a web application, makes himself administrator.

## Bad: no permission speaks of it
```json security.json
{
  "authentication": {
    "class": "solr.BasicAuthPlugin",
    "blockUnknown": true,
    "credentials": {"records": "c2FtcGxlLW9ubHktaGFzaC1zYW1wbGUtb25seS1oYXM= c2FtcGxlLW9ubHktc2FsdA=="}
  },
  "authorization": {  # <-
    "class": "solr.RuleBasedAuthorizationPlugin",
    "permissions": [{"name": "update", "role": "clinic"}],
    "user-role": {"records": "clinic"}
  }
}
```

## Bad: a name that Solr does not know is a permission of its own
```json security.json
{
  "authentication": {
    "class": "solr.BasicAuthPlugin",
    "blockUnknown": true,
    "credentials": {"records": "c2FtcGxlLW9ubHktaGFzaC1zYW1wbGUtb25seS1oYXM= c2FtcGxlLW9ubHktc2FsdA=="}
  },
  "authorization": {
    "class": "solr.RuleBasedAuthorizationPlugin",
    "permissions": [{"name": "security_edit", "path": "/admin/authorization", "role": "admin"}],
    "user-role": {"records": "clinic"}
  }
}
```

## Bad: `*` stands for every role
```json security.json
{
  "authentication": {
    "class": "solr.BasicAuthPlugin",
    "blockUnknown": true,
    "credentials": {"records": "c2FtcGxlLW9ubHktaGFzaC1zYW1wbGUtb25seS1oYXM= c2FtcGxlLW9ubHktc2FsdA=="}
  },
  "authorization": {
    "class": "solr.RuleBasedAuthorizationPlugin",
    "permissions": [{"name": "security-edit", "role": "*"}, {"name": "all", "role": "admin"}],
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
    "permissions": [{"name": "update", "role": "clinic"}, {"name": "security-edit", "role": "admin"}],
    "user-role": {"records": "clinic"}
  }
}
```

## Good: `all` covers it
```json security.json
{
  "authentication": {
    "class": "solr.BasicAuthPlugin",
    "blockUnknown": true,
    "credentials": {"records": "c2FtcGxlLW9ubHktaGFzaC1zYW1wbGUtb25seS1oYXM= c2FtcGxlLW9ubHktc2FsdA=="}
  },
  "authorization": {
    "class": "solr.RuleBasedAuthorizationPlugin",
    "permissions": [{"name": "read", "role": "*"}, {"name": "all", "role": "admin"}],
    "user-role": {"records": "clinic"}
  }
}
```

## Fix
```json
{"permissions": [{"name": "security-edit", "role": "admin"}, {"name": "all", "role": "admin"}]}
```

## References
- Solr Reference Guide 9.9, "Rule-Based Authorization Plugins", Permission Ordering and Resolution: https://solr.apache.org/guide/solr/9_9/deployment-guide/rule-based-authorization-plugin.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check
from auditor.technologies.solr import SECURITY, Solr

from ._common import for_every_user


@check("solr-security-editable", severity=HIGH, control=Control.AUTHORIZATION, cwe=269)
def solr_security_editable(solr: Solr) -> Iterator[Diagnostic]:
    yield from for_every_user(solr, SECURITY[:1], HIGH, '{"name": "security-edit", "role": "admin"}')
