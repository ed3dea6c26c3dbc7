"""RabbitMQ keeps a user's password as an MD5 hash.

## Why it matters
Definitions are exported, mailed and kept in backups. A salted MD5 hash is tried billions of times a second on one
graphics card, so that most passwords are found.

## Bad
```json definitions.json
{
  "rabbit_version": "3.13.0",
  "users": [
    {"name": "records", "password_hash": "c2FtcGxlLW9ubHk=", "hashing_algorithm": "rabbit_password_hashing_md5",
     "tags": ""}
  ]
}
```

## Good
```json definitions.json
{
  "rabbit_version": "3.13.0",
  "users": [
    {"name": "records", "password_hash": "c2FtcGxlLW9ubHk=", "hashing_algorithm": "rabbit_password_hashing_sha512",
     "tags": ""}
  ]
}
```

## Fix
Set the module in rabbitmq.conf and give the user a new password:
```text
password_hashing_module = rabbit_password_hashing_sha512
```

## References
- RabbitMQ 4.1 documentation, Credentials and Passwords, "Configure Algorithm to Use": https://www.rabbitmq.com/docs/passwords
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.rabbitmq import RabbitDefinitions


@check("rabbitmq-password-hash", severity=MEDIUM, control=Control.PASSWORD_POLICY, cwe=916)
def rabbitmq_password_hash(definitions: RabbitDefinitions) -> Iterator[Diagnostic]:
    for user in definitions.users:
        if user.hashing.endswith("_md5"):
            yield fail(
                f"The password of the user {user.name} is kept as an MD5 hash",
                at=user.at,
                key=user.name,
                expected="hashing_algorithm rabbit_password_hashing_sha512",
            )
