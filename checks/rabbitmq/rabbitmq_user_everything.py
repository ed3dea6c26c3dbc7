"""A user of RabbitMQ that is no administrator may do everything in a virtual host.

## Why it matters
`.*` for configure, write and read lets an application read and delete the queues of all the others. A stolen password of
the least important service then opens every message.

## Bad
```json definitions.json
{
  "rabbit_version": "4.1.0",
  "users": [
    {"name": "intake", "password_hash": "c2FtcGxlLW9ubHk=", "tags": []},
    {"name": "billing", "password_hash": "c2FtcGxlLW9ubHkh", "tags": []}
  ],
  "permissions": [
    {"user": "intake", "vhost": "/", "configure": ".*", "write": ".*", "read": ".*"},
    {"user": "billing", "vhost": "/", "configure": "^billing", "write": "^billing", "read": "^billing"}
  ]
}
```

## Good
```json definitions.json
{
  "rabbit_version": "4.1.0",
  "users": [
    {"name": "intake", "password_hash": "c2FtcGxlLW9ubHk=", "tags": []},
    {"name": "billing", "password_hash": "c2FtcGxlLW9ubHkh", "tags": []}
  ],
  "permissions": [
    {"user": "intake", "vhost": "/", "configure": "^intake", "write": "^intake", "read": ".*"},
    {"user": "billing", "vhost": "/", "configure": "^billing", "write": "^billing", "read": "^billing"}
  ]
}
```

## Good: an administrator, and an application alone in its virtual host
```json definitions.json
{
  "rabbit_version": "4.1.0",
  "users": [
    {"name": "operator", "password_hash": "c2FtcGxlLW9ubHk=", "tags": ["administrator"]},
    {"name": "billing", "password_hash": "c2FtcGxlLW9ubHkh", "tags": []}
  ],
  "permissions": [
    {"user": "operator", "vhost": "billing", "configure": ".*", "write": ".*", "read": ".*"},
    {"user": "billing", "vhost": "billing", "configure": ".*", "write": ".*", "read": ".*"}
  ]
}
```

## Fix
Give each service its own virtual host, or names of its own:
```text
rabbitmqctl set_permissions -p / intake "^intake" "^intake" "^intake"
```

## References
- RabbitMQ 4.1 documentation, Access Control, "How Permissions Work": https://www.rabbitmq.com/docs/access-control
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.rabbitmq import RabbitDefinitions


@check("rabbitmq-user-everything", severity=MEDIUM, control=Control.AUTHORIZATION, cwe=250)
def rabbitmq_user_everything(definitions: RabbitDefinitions) -> Iterator[Diagnostic]:
    for permission in definitions.permissions:
        user = definitions.user(permission.user)
        others = {
            other.user
            for other in definitions.permissions
            if other.vhost == permission.vhost and not definitions.is_administrator(other.user)
        } - {permission.user}
        if permission.is_everything and user is not None and not definitions.is_administrator(user.name) and others:
            yield fail(
                f"The user {user.name} may configure, write and read everything in the virtual host {permission.vhost}, "
                f"which {len(others)} other user{'s' if len(others) > 1 else ''} share",
                at=permission.at,
                key=f"{user.name}@{permission.vhost}",
                expected="a regular expression of the names that it uses",
            )
