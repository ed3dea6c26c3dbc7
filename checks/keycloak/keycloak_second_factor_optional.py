"""A password alone opens a Keycloak realm.

## Why it matters
A password that was guessed, phished or used elsewhere opens every application of the realm. Keycloak asks for a
one-time code or a security key only those users who have set one up, and nobody has to, unless the realm says so.

## Bad: the default
```json realm-export.json
{
  "realm": "clinic", // <-
  "enabled": true,
  "sslRequired": "external"
}
```

## Bad: a step that is switched off
```json realm-export.json
{
  "realm": "clinic", // <-
  "enabled": true,
  "browserFlow": "with code",
  "authenticationFlows": [
    {
      "alias": "with code",
      "topLevel": true,
      "authenticationExecutions": [
        {"authenticator": "auth-cookie", "requirement": "ALTERNATIVE"},
        {"flowAlias": "forms", "requirement": "ALTERNATIVE"}
      ]
    },
    {
      "alias": "forms",
      "topLevel": false,
      "authenticationExecutions": [
        {"authenticator": "auth-username-password-form", "requirement": "REQUIRED"},
        {"authenticator": "auth-otp-form", "requirement": "DISABLED"}
      ]
    }
  ]
}
```

## Good: everybody sets one up
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "sslRequired": "external",
  "requiredActions": [
    {"alias": "CONFIGURE_TOTP", "providerId": "CONFIGURE_TOTP", "enabled": true, "defaultAction": true}
  ]
}
```

## Good: every log-in asks for a code
```json realm-export.json
{
  "realm": "clinic",
  "enabled": true,
  "browserFlow": "with code",
  "authenticationFlows": [
    {
      "alias": "with code",
      "topLevel": true,
      "authenticationExecutions": [
        {"authenticator": "auth-cookie", "requirement": "ALTERNATIVE"},
        {"flowAlias": "forms", "requirement": "ALTERNATIVE"}
      ]
    },
    {
      "alias": "forms",
      "topLevel": false,
      "authenticationExecutions": [
        {"authenticator": "auth-username-password-form", "requirement": "REQUIRED"},
        {"authenticator": "auth-otp-form", "requirement": "REQUIRED"}
      ]
    }
  ]
}
```

## Fix
Make setting up a code (or a security key, `webauthn-register`) a default action for new users:

```json
"requiredActions": [
  {"alias": "CONFIGURE_TOTP", "providerId": "CONFIGURE_TOTP", "enabled": true, "defaultAction": true}
]
```

## References
- Keycloak 26, Server Administration Guide, Authentication flows, One-Time Password and WebAuthn: https://www.keycloak.org/docs/26.0.0/server_admin/#_authentication-flows
- 45 CFR 164.312(d), person or entity authentication
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.keycloak import KeycloakRealm


@check("keycloak-second-factor-optional", severity=MEDIUM, control=Control.PASSWORD_POLICY, cwe=308)
def keycloak_second_factor_optional(realm: KeycloakRealm) -> Iterator[Diagnostic]:
    if not known(realm.second_factor):
        yield fail(
            f"Nobody in the realm {realm.name} has to use a second factor",
            key=realm.name,
            expected='a required action CONFIGURE_TOTP or webauthn-register with "defaultAction": true',
        )
