"""A sign-in is sent through an unencrypted address.

## Why it matters
The authorization code, the token or the keys that prove an identity pass the address of a callback, an issuer or a token
endpoint. Over http everybody on the path can take them, or answer in the identity provider's place.

## Bad
```text .env
OAUTH_REDIRECT_URI=http://portal.clinic.example/callback  # <-
```

## Bad: the library's own guard is off; any text turns it off, `0` too
```text .env
OAUTHLIB_INSECURE_TRANSPORT=0  # <-
```

## Good
```text .env
OAUTH_REDIRECT_URI=https://portal.clinic.example/callback
```

## Good: a callback to the user's own machine
```text .env
OAUTH_REDIRECT_URI=http://127.0.0.1:8400/callback
```

## Good: no sign-in
```text .env
ETCD_DISCOVERY_URL=http://discovery.clinic.example:2379
BILLING_CALLBACK_URL=http://billing.clinic.example/done
```

## Fix
Use https addresses for every step of the sign-in.
```text
OAUTH_REDIRECT_URI=https://portal.clinic.example/callback
OIDC_ISSUER=https://login.clinic.example/realms/clinic
```

## References
- RFC 9700, Best Current Practice for OAuth 2.0 Security, section 2.6 (TLS on every endpoint)
- RFC 8252, section 8.3, Loopback Redirect Considerations
- OAuthlib 3.3, OAUTHLIB_INSECURE_TRANSPORT: https://oauthlib.readthedocs.io/en/latest/oauth2/security.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, ApplicationSettings, Control, Diagnostic, check, fail

_ADDRESSES = (
    "*AUTHORIZATION_ENDPOINT",
    "*AUTHORIZATION_URL",
    "*JWKS_URI",
    "*JWKS_URL",
    "*JWK_SET_URI",
    "*KEYCLOAK_URL",
    "*NEXTAUTH_URL",
    "*OAUTH_URL",
    "*OIDC_AUTHORITY",
    "*OIDC_URL",
    "*REDIRECT_URI",
    "*TOKEN_ENDPOINT",
    "*USERINFO_ENDPOINT",
    "*USERINFO_URL",
)
_WITH_A_WORD = (
    "*CALLBACK_URI",
    "*CALLBACK_URL",
    "*DISCOVERY_URL",
    "*ISSUER",
    "*ISSUER_URI",
    "*ISSUER_URL",
    "*REDIRECT_URL",
    "*TOKEN_URI",
    "*TOKEN_URL",
)
"""Names that mean a sign-in only beside a word that says so (etcd has a discovery URL, a webhook a callback)."""
_SIGN_IN = frozenset(
    ["AUTH", "AUTH0", "AZURE", "COGNITO", "GITHUB", "GOOGLE", "IDP", "KEYCLOAK", "LOGIN", "OAUTH", "OAUTH2", "OIDC"]
)


@check(
    "app-oauth-http", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, also=(Control.SESSION_MANAGEMENT,), cwe=319
)
def app_oauth_http(settings: ApplicationSettings) -> Iterator[Diagnostic]:
    for entry in settings.named("OAUTHLIB_INSECURE_TRANSPORT", "AUTHLIB_INSECURE_TRANSPORT"):
        if entry.value:
            message = f"{entry.name} switches the library's refusal of http off"
            yield fail(message, at=entry.at, severity=settings.scale(HIGH), key=entry.name, expected="not set")
    addresses = list(settings.named(*_ADDRESSES))
    addresses += [entry for entry in settings.named(*_WITH_A_WORD) if _SIGN_IN & set(entry.key.split("_"))]
    for entry in addresses:
        url = entry.url
        if url is not None and url.scheme == "http" and url.hosts and not url.is_loopback:
            yield fail(
                f"{entry.name} sends sign-in data through http://{url.host} without TLS",
                at=entry.at,
                severity=settings.scale(MEDIUM if url.is_neighbour else HIGH),
                key=entry.name,
                expected="an https address",
            )
