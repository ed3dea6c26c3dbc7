"""An application runs in debug mode.

## Why it matters
Debug pages show source code, settings and the values at hand, which in a clinic are patients' data, to whoever provokes an
error. Some, such as Werkzeug's console, also run code that a visitor types.

## Bad
```text .env
APP_NAME=portal
DEBUG=true  # <-
```

## Bad: a production file selects the development mode
```text .env.production
NODE_ENV=development  # <-
```

## Bad: a container
```yaml compose.yaml
services:
  portal:
    image: clinic/portal:1.4
    environment:
      FLASK_DEBUG: "1"  # <-
```

## Good
```text .env
APP_NAME=portal
DEBUG=false
```

## Good: DEBUG as Node.js libraries use it, a filter of log messages
```text .env
DEBUG=portal:*
NODE_ENV=production
```

## Good: a development file may select the development mode
```text .env.development
NODE_ENV=development
```

## Fix
Switch debug mode off in production.
```text
DEBUG=false
NODE_ENV=production
```

## References
- Django 5.2, Settings, DEBUG: https://docs.djangoproject.com/en/5.2/ref/settings/#debug
- Flask 3.1, Debug mode: https://flask.palletsprojects.com/en/stable/debugging/
- OWASP Web Security Testing Guide, Testing for Improper Error Handling
"""

from collections.abc import Iterator

from auditor.api import HIGH, LOW, ApplicationSettings, Confidence, Control, Diagnostic, check, fail

_SWITCHES = (
    "DEBUG",
    "DEBUG_MODE",
    "*API_DEBUG",
    "*APP_DEBUG",
    "*BACKEND_DEBUG",
    "*DJANGO_DEBUG",
    "*FLASK_DEBUG",
    "*SYMFONY_DEBUG",
    "*WP_DEBUG",
)
_MODES = (
    "APP_ENV",
    "ASPNETCORE_ENVIRONMENT",
    "DJANGO_ENV",
    "DOTNET_ENVIRONMENT",
    "FLASK_ENV",
    "NODE_ENV",
    "RACK_ENV",
    "RAILS_ENV",
)


@check("app-debug", severity=HIGH, control=Control.INFORMATION_DISCLOSURE, cwe=489)
def app_debug(settings: ApplicationSettings) -> Iterator[Diagnostic]:
    is_work = settings.environment in {"development", "test"}
    for entry in settings.named(*_SWITCHES):
        if entry.is_true:
            severity = LOW if is_work else settings.scale(HIGH)
            # Scripts and tools use the bare name for more log messages, too.
            confidence = Confidence.MEDIUM if entry.name.upper() == "DEBUG" else None
            message = f"{entry.name} switches debug mode on"
            yield fail(message, at=entry.at, severity=severity, confidence=confidence, key=entry.name)
    if settings.environment != "production":
        return
    for entry in settings.named(*_MODES):
        if entry.value.lower() in {"development", "dev", "local", "debug"}:
            message = f"{entry.name} puts a production environment into development mode"
            yield fail(message, at=entry.at, severity=settings.scale(HIGH), key=entry.name, expected="production")
