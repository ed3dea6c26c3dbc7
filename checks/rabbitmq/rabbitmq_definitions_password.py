"""RabbitMQ's definitions create a user with a password that everybody knows or guesses.

## Why it matters
Definitions are imported at the start: the user exists on every new node, with the rights that the file gives it.

## Bad
```json definitions.json
{
  "rabbit_version": "3.13.0",
  "users": [
    {"name": "guest", "password": "guest", "tags": "administrator"}
  ],
  "permissions": [
    {"user": "guest", "vhost": "/", "configure": ".*", "write": ".*", "read": ".*"}
  ]
}
```

## Bad: the password is the name
```json definitions.json
{
  "rabbit_version": "3.13.0",
  "users": [
    {"name": "records", "password": "records", "tags": ""}
  ]
}
```

## Good
```json definitions.json
{
  "rabbit_version": "3.13.0",
  "users": [
    {"name": "records", "password_hash": "c2FtcGxlLW9ubHk=", "hashing_algorithm": "rabbit_password_hashing_sha256",
     "tags": ""}
  ]
}
```

## Good: a user without a password, who comes with a certificate
```json definitions.json
{
  "rabbit_version": "3.13.0",
  "users": [
    {"name": "records", "password_hash": "", "tags": ""}
  ]
}
```

## Fix
Export a hash of a long random password, and keep the file out of the repository:
```text
rabbitmqctl hash_password
```

## References
- RabbitMQ 4.1 documentation, Schema Definition Export and Import: https://www.rabbitmq.com/docs/definitions
- RabbitMQ 4.1 documentation, Credentials and Passwords: https://www.rabbitmq.com/docs/passwords
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail
from auditor.technologies.rabbitmq import RabbitDefinitions


@check("rabbitmq-definitions-password", severity=HIGH, control=Control.DEFAULT_CREDENTIAL, cwe=1392)
def rabbitmq_definitions_password(definitions: RabbitDefinitions) -> Iterator[Diagnostic]:
    for user in definitions.users:
        if user.has_name_as_password:
            yield fail(
                f"The password of the user {user.name} is its name",
                at=user.at,
                key=user.name,
                expected="password_hash of a long random password",
            )
