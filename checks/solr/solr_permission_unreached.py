"""A permission of Solr is never asked.

## Why it matters
Of the permissions for a request Solr takes the first that fits, and `all` fits everything. Entries behind it do not count:
what they close is open to the roles of `all`, or the people they let in are refused.

## Bad
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
      {"name": "all", "role": ["admin", "clinic"]},
      {"name": "security-edit", "role": "admin"}  # <-
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
      {"name": "security-edit", "role": "admin"},
      {"name": "all", "role": ["admin", "clinic"]}
    ],
    "user-role": {"records": "clinic"}
  }
}
```

## Good: what names a collection or a path is asked before `all` wherever it stands
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
      {"name": "all", "role": "admin"},
      {"name": "read", "collection": "patients", "role": "clinic"},
      {"name": "probe", "collection": null, "path": "/admin/info/health", "role": null}
    ],
    "user-role": {"records": "clinic"}
  }
}
```

## Fix
Move `all` to the end of the list.

## References
- Solr Reference Guide 9.9, "Rule-Based Authorization Plugins", Permission Ordering and Resolution: https://solr.apache.org/guide/solr/9_9/deployment-guide/rule-based-authorization-plugin.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Related, check, fail, known
from auditor.technologies.solr import Solr


@check(
    "solr-permission-unreached",
    severity=MEDIUM,
    control=Control.CONFIGURATION_HYGIENE,
    also=(Control.AUTHORIZATION,),
    cwe=863,
)
def solr_permission_unreached(solr: Solr) -> Iterator[Diagnostic]:
    security = known(solr.secured)
    rules = known(security.rules) if security is not None else None
    for permission, earlier in rules.unreached() if rules is not None else ():
        yield fail(
            f"The permission {permission.name or 'without a name'} is never asked: `all` stands before it",
            at=permission.at,
            key=permission.name,
            related=(Related(earlier.at, "the permission that answers instead"),),
            expected="`all` as the last permission",
        )
