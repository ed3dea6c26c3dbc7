"""Every user of Solr may read or change all records.

## Why it matters
What no permission speaks of is open to whoever logs in: the account of a monitoring program reads patients, and that of a
search page deletes them.

## Bad
```json security.json
{
  "authentication": {
    "class": "solr.BasicAuthPlugin",
    "blockUnknown": true,
    "credentials": {"records": "c2FtcGxlLW9ubHktaGFzaC1zYW1wbGUtb25seS1oYXM= c2FtcGxlLW9ubHktc2FsdA=="}
  },
  "authorization": {  # <-
    "class": "solr.RuleBasedAuthorizationPlugin",
    "permissions": [{"name": "security-edit", "role": "admin"}],
    "user-role": {"records": "clinic"}
  }
}
```

## Bad: only one of the ways to read is kept
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
      {"name": "search", "path": "/select", "role": "clinic"},
      {"name": "update", "role": "clinic"}
    ],
    "user-role": {"records": "clinic"}
  }
}
```

## Bad: an empty list of roles is everybody
```json security.json
{
  "authentication": {
    "class": "solr.BasicAuthPlugin",
    "blockUnknown": true,
    "credentials": {"records": "c2FtcGxlLW9ubHktaGFzaC1zYW1wbGUtb25seS1oYXM= c2FtcGxlLW9ubHktc2FsdA=="}
  },
  "authorization": {
    "class": "solr.RuleBasedAuthorizationPlugin",
    "permissions": [{"name": "read", "role": []}, {"name": "all", "role": "admin"}],
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
      {"name": "update", "role": "import"},
      {"name": "security-edit", "role": "admin"}
    ],
    "user-role": {"records": "clinic"}
  }
}
```

## Good: one collection has its own rule, the last entry the rest
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
      {"name": "read", "collection": "patients", "role": "clinic"},
      {"name": "all", "role": "admin"}
    ],
    "user-role": {"records": "clinic"}
  }
}
```

## Fix
```json
{"permissions": [{"name": "read", "role": "clinic"}, {"name": "update", "role": "import"}, {"name": "all", "role": "admin"}]}
```

## References
- Solr Reference Guide 9.9, "Rule-Based Authorization Plugins", Permission Ordering and Resolution: https://solr.apache.org/guide/solr/9_9/deployment-guide/rule-based-authorization-plugin.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check
from auditor.technologies.solr import RECORDS, Solr

from ._common import for_every_user


@check("solr-records-open", severity=MEDIUM, control=Control.AUTHORIZATION, cwe=862)
def solr_records_open(solr: Solr) -> Iterator[Diagnostic]:
    yield from for_every_user(solr, RECORDS, MEDIUM, "permissions `read` and `update` with the roles that need them")
