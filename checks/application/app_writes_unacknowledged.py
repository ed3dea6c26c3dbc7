"""An application does not wait for MongoDB to take its writes.

## Why it matters
With `w=0` the driver sends a write and goes on. A refused one (no right, a validation rule, a full disk, a primary that
has just gone) raises no error, so that a record is gone and nobody knows.

## Bad
```text .env
MONGODB_URI=mongodb+srv://records.clinic.example/emr?retryWrites=true&w=0  # <-
```

## Bad: in a container
```yaml compose.yaml
services:
  portal:
    image: registry.example/portal:1.4
    environment:
      APP_DB: "mongodb://db1,db2/emr?tls=true&W=0&replicaSet=rs0"  # <-
```

## Good
```text .env
MONGODB_URI=mongodb+srv://records.clinic.example/emr?retryWrites=true&w=majority
```

## Good: the default of the server
```text .env
MONGODB_URI=mongodb+srv://records.clinic.example/emr?tls=true
```

## Good: an option of something else
```text .env
MAP_URL=https://maps.clinic.example/tile?w=0
```

## Fix
Wait for the majority of the members, which is what MongoDB 5.0 and later do by default:
```text
MONGODB_URI=mongodb+srv://records.clinic.example/emr?w=majority
```

## References
- MongoDB 8.0 manual, Write Concern (w: 0): https://www.mongodb.com/docs/manual/reference/write-concern/
"""

from collections.abc import Iterator

from auditor.api import HIGH, ApplicationSettings, Control, Diagnostic, check, fail


@check("app-writes-unacknowledged", severity=HIGH, control=Control.DURABILITY, also=(Control.INTEGRITY,))
def app_writes_unacknowledged(settings: ApplicationSettings) -> Iterator[Diagnostic]:
    for entry in settings.entries:
        url = entry.url
        if url is not None and url.scheme in {"mongodb", "mongodb+srv"} and url.options.get("w") == "0":
            yield fail(
                f"{entry.name} has the application go on before MongoDB has taken a write (w=0)",
                at=entry.at,
                severity=settings.scale(HIGH),
                key=entry.name,
                expected="w=majority",
            )
