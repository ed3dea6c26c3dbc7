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

## Fix
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
    "*CALLBACK_URI",
    "*CALLBACK_URL",
    "*DISCOVERY_URL",
    "*ISSUER",
    "*ISSUER_URI",
    "*ISSUER_URL",
    "*JWKS_URI",
    "*JWKS_URL",
    "*JWK_SET_URI",
    "*KEYCLOAK_URL",
    "*NEXTAUTH_URL",
    "*OAUTH_URL",
    "*OIDC_AUTHORITY",
    "*OIDC_URL",
    "*REDIRECT_URI",
    "*REDIRECT_URL",
    "*TOKEN_ENDPOINT",
    "*TOKEN_URI",
    "*TOKEN_URL",
    "*USERINFO_ENDPOINT",
    "*USERINFO_URL",
)


@check(
    "app-oauth-http", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, also=(Control.SESSION_MANAGEMENT,), cwe=319
)
def app_oauth_http(settings: ApplicationSettings) -> Iterator[Diagnostic]:
    for entry in settings.named("OAUTHLIB_INSECURE_TRANSPORT", "AUTHLIB_INSECURE_TRANSPORT"):
        if entry.value:
            message = f"the library's refusal of http is switched off: {entry.name}"
            yield fail(message, at=entry.at, severity=settings.scale(HIGH), key=entry.name, expected="not set")
    for entry in settings.named(*_ADDRESSES):
        url = entry.url
        if url is not None and url.scheme == "http" and url.hosts and not url.is_loopback:
            yield fail(
                f"sign-in data passes http://{url.host} in clear text: {entry.name}",
                at=entry.at,
                severity=settings.scale(MEDIUM if url.is_neighbour else HIGH),
                key=entry.name,
                expected="an https address",
            )
