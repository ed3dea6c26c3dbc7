"""A realm of Keycloak accepts the passwords that everybody uses.

## Why it matters
Attackers try the most common passwords first, and many of them are long enough and hold all kinds of characters. Only a
list of them keeps them out.

## Bad
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "passwordPolicy": "length(12) and digits(1)" // <-
}
```

## Good
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "passwordPolicy": "length(12) and passwordBlacklist(common.txt)"
}
```

## Fix
Put a list into `data/password-blacklists` of the server and name it in the rules:

```json
"passwordPolicy": "length(12) and passwordBlacklist(common.txt)"
```

## References
- Keycloak 26, Server Administration Guide, Password policies (Password Blacklist): https://www.keycloak.org/docs/26.0.0/server_admin/#_password-policies
- NIST SP 800-63B, 5.1.1.2: https://pages.nist.gov/800-63-3/sp800-63b.html#memsecretver
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.keycloak import KeycloakRealm


@check("keycloak-common-passwords", severity=LOW, control=Control.PASSWORD_POLICY, cwe=521)
def keycloak_common_passwords(realm: KeycloakRealm) -> Iterator[Diagnostic]:
    if "passwordBlacklist" not in known(realm.policies):
        yield fail(
            f"The realm {realm.name} has no list of passwords that it refuses",
            at=realm.where("passwordPolicy"),
            key=realm.name,
            expected="passwordBlacklist(common.txt)",
        )
