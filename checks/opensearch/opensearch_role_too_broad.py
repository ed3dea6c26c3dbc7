"""A role of OpenSearch may do everything with every index.

## Why it matters
A role with all actions on all indices reads and changes every record, whatever its holder needs. Such a role given to
an application means that whoever takes the application over takes all data.

## Bad
```yaml opensearch-security/roles.yml
_meta:
  type: "roles"
  config_version: 2
portal:  # <-
  cluster_permissions:
  - "cluster_composite_ops"
  index_permissions:
  - index_patterns:
    - "*"
    allowed_actions:
    - "indices_all"
```

## Bad: with a wildcard as action
```yaml opensearch-security/roles.yml
_meta:
  type: "roles"
  config_version: 2
portal:  # <-
  index_permissions:
  - index_patterns: ["*"]
    allowed_actions: ["*"]
```

## Good
```yaml opensearch-security/roles.yml
_meta:
  type: "roles"
  config_version: 2
portal:
  index_permissions:
  - index_patterns: ["appointments-*"]
    allowed_actions: ["crud"]
```

## Good: all indices, metadata only
```yaml opensearch-security/roles.yml
_meta:
  type: "roles"
  config_version: 2
monitoring:
  cluster_permissions: ["cluster_monitor"]
  index_permissions:
  - index_patterns: ["*"]
    allowed_actions: ["indices_monitor"]
```

## Fix
Name the indices and the actions.

```yaml
portal:
  index_permissions:
  - index_patterns: ["appointments-*"]
    allowed_actions: ["crud"]
```

## References
- OpenSearch documentation 2.x, "Permissions" and "Default action groups": https://docs.opensearch.org/2.19/security/access-control/default-action-groups/
- OpenSearch documentation 2.x, "Modifying the YAML files": https://docs.opensearch.org/2.19/security/configuration/yaml/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail
from auditor.technologies.opensearch import Roles

_EVERYTHING = frozenset({"*", "indices:*", "indices_all", "unlimited", "INDICES_ALL", "UNLIMITED"})


@check("opensearch-role-too-broad", severity=HIGH, control=Control.AUTHORIZATION, cwe=250)
def opensearch_role_too_broad(file: Roles) -> Iterator[Diagnostic]:
    for role in file.roles:
        if any(pattern == "*" and action in _EVERYTHING for pattern, action in role.indices):
            yield fail(
                f"The role {role.name} may do everything with every index",
                at=role.at,
                key=role.name,
                expected="index patterns and actions that the role needs",
            )
