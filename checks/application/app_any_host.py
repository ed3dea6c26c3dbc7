"""An application believes any host name or any proxy.

## Why it matters
A request's Host header ends up in links that the application mails out, such as a password reset, and the address that a
proxy reports ends up in the audit trail. `*` lets every client choose both.

## Bad
```text .env
ALLOWED_HOSTS=*  # <-
```

## Bad: any client may say that it is a proxy
```text .env
FORWARDED_ALLOW_IPS="*"  # <-
```

## Good
```text .env
ALLOWED_HOSTS=portal.clinic.example,localhost
FORWARDED_ALLOW_IPS=10.20.0.2
```

## Good: the sub-domains of one's own
```text .env
ALLOWED_HOSTS=*.clinic.example
```

## Fix
Name the hosts and proxies in use:
```text
ALLOWED_HOSTS=portal.clinic.example
```

## References
- Django 5.2, Settings, ALLOWED_HOSTS: https://docs.djangoproject.com/en/5.2/ref/settings/#allowed-hosts
- Uvicorn, Settings, --forwarded-allow-ips: https://www.uvicorn.org/settings/#http
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, ApplicationSettings, Control, Diagnostic, check, fail


@check("app-any-host", severity=MEDIUM, control=Control.SESSION_MANAGEMENT, also=(Control.AUDIT_LOGGING,), cwe=348)
def app_any_host(settings: ApplicationSettings) -> Iterator[Diagnostic]:
    for entry in settings.named("*ALLOWED_HOSTS", "*TRUSTED_HOSTS", "*FORWARDED_ALLOW_IPS", "*TRUSTED_PROXIES"):
        if "*" in entry.items:
            what = "host name" if entry.key.endswith("HOSTS") else "proxy"
            yield fail(
                f"{entry.name} is *, so that any {what} is believed",
                at=entry.at,
                severity=settings.scale(MEDIUM),
                key=entry.name,
                expected="the names or addresses in use",
            )
