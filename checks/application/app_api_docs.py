"""An application describes its interface to everybody.

## Why it matters
A page that lists every path, parameter and type, or answers questions about the schema, spares an attacker the search for
the one that was left open.

## Bad
```text .env
SWAGGER_ENABLED=true  # <-
```

## Bad: GraphQL
```text .env
GRAPHQL_INTROSPECTION=on  # <-
```

## Good
```text .env
SWAGGER_ENABLED=false
```

## Good: on a developer's machine
```text .env
NODE_ENV=development
SWAGGER_ENABLED=true
```

## Fix
Leave the description out where patients' data is:
```text
SWAGGER_ENABLED=false
```

## References
- OWASP REST Security Cheat Sheet, Management endpoints
- OWASP GraphQL Cheat Sheet, Introspection + GraphiQL
"""

from collections.abc import Iterator

from auditor.api import LOW, ApplicationSettings, Control, Diagnostic, check, fail

_NAMES = tuple(
    pattern
    for word in (
        "API_DOCS",
        "GRAPHIQL",
        "GRAPHQL_INTROSPECTION",
        "GRAPHQL_PLAYGROUND",
        "OPENAPI_DOCS",
        "SWAGGER",
        "SWAGGER_UI",
    )
    for pattern in (f"*{word}_ENABLED", f"*ENABLE_{word}", f"*{word}")
)


@check("app-api-docs", severity=LOW, control=Control.INFORMATION_DISCLOSURE, cwe=497)
def app_api_docs(settings: ApplicationSettings) -> Iterator[Diagnostic]:
    if settings.is_template or settings.technology == "spring" or settings.environment in {"development", "test"}:
        return  # Spring's own check knows its properties
    for entry in settings.named(*_NAMES):
        if entry.is_true:
            message = f"{entry.name} describes the interface to everybody"
            yield fail(message, at=entry.at, key=entry.name, expected="off")
