"""A role of OpenSearch is mapped to everybody.

## Why it matters
A wildcard as user, backend role or host gives the role to every request that is authenticated, and with anonymous
access to every request at all. For `all_access` that makes everybody an administrator. `own_index` is meant for
everybody: it covers an index of the user's own name.

## Bad: everybody is an administrator
```yaml opensearch-security/roles_mapping.yml
_meta:
  type: "rolesmapping"
  config_version: 2
all_access:  # <-
  users:
  - "*"
```

## Bad: every host
```yaml opensearch-security/roles_mapping.yml
_meta:
  type: "rolesmapping"
  config_version: 2
readall:  # <-
  hosts:
  - "*"
```

## Good
```yaml opensearch-security/roles_mapping.yml
_meta:
  type: "rolesmapping"
  config_version: 2
all_access:
  backend_roles:
  - "search-administrators"
```

## Good: an index of each user's own
```yaml opensearch-security/roles_mapping.yml
_meta:
  type: "rolesmapping"
  config_version: 2
own_index:
  users:
  - "*"
kibana_user:
  backend_roles:
  - "clinicians"
```

## Fix
Map roles to the backend roles of people and services.

```yaml
all_access:
  backend_roles:
  - "search-administrators"
```

## References
- OpenSearch documentation 2.x, "Modifying the YAML files": https://docs.opensearch.org/2.19/security/configuration/yaml/
- OpenSearch documentation 2.x, "Defining users and roles": https://docs.opensearch.org/2.19/security/access-control/users-roles/
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, HIGH, Control, Diagnostic, check, fail
from auditor.technologies.opensearch import RoleMappings

_ADMINISTRATORS = frozenset({"all_access", "security_manager", "security_rest_api_access"})


@check("opensearch-everybody-mapped", severity=CRITICAL, control=Control.AUTHORIZATION, cwe=269)
def opensearch_everybody_mapped(file: RoleMappings) -> Iterator[Diagnostic]:
    for mapping in file.mappings:
        kinds = {"user": mapping.users, "backend role": mapping.backend_roles, "host": mapping.hosts}
        wild = [kind for kind, names in kinds.items() if "*" in names]
        if wild and mapping.role != "own_index":
            yield fail(
                f"The role {mapping.role} is mapped to every {' and every '.join(wild)}",
                at=mapping.at,
                severity=CRITICAL if mapping.role in _ADMINISTRATORS else HIGH,
                key=mapping.role,
                expected="the users or backend roles that need it",
            )
