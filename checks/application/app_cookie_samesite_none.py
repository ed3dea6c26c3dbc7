"""A session cookie is sent with other sites' requests and without Secure.

## Why it matters
With SameSite=None another site's page can send requests in the name of a signed-in clinician. Applications that run inside
another one's frame need it, but only together with Secure; browsers drop the cookie otherwise or send it in clear text.

## Bad
```text .env
SESSION_COOKIE_SAMESITE=None  # <-
```

## Good
```text .env
SESSION_COOKIE_SAMESITE=Lax
```

## Good: embedded in another application, over https only
```text .env
SESSION_COOKIE_SAMESITE=None
SESSION_COOKIE_SECURE=True
```

## Fix
Set SameSite to Lax and Secure to true.
```text
SESSION_COOKIE_SAMESITE=Lax
SESSION_COOKIE_SECURE=True
```

## References
- Django 5.2, Settings, SESSION_COOKIE_SAMESITE: https://docs.djangoproject.com/en/5.2/ref/settings/#session-cookie-samesite
- RFC 6265bis (draft), section 4.1.2.7, The SameSite Attribute
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, ApplicationSettings, Control, Diagnostic, check, fail, not_evaluated


@check("app-cookie-samesite-none", severity=MEDIUM, control=Control.SESSION_MANAGEMENT, cwe=1275)
def app_cookie_samesite_none(settings: ApplicationSettings) -> Iterator[Diagnostic]:
    for entry in settings.named("*COOKIE_SAMESITE", "*COOKIE_SAME_SITE"):
        if entry.value.lower() != "none":
            continue
        secure = entry.key.removesuffix("SAMESITE").removesuffix("SAME_SITE") + "SECURE"
        if reason := settings.unknown(secure):
            yield not_evaluated(reason)
        elif not any(other.is_true for other in settings.named(secure)):
            yield fail(
                f"{entry.name} is None without {secure}, so that the cookie goes along with requests from any site",
                at=entry.at,
                severity=settings.scale(MEDIUM),
                key=entry.name,
                expected="Lax or Strict",
            )
