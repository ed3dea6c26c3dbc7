"""MySQL or MariaDB accepts weak passwords of its accounts.

## Why it matters
Without a plugin that looks at them, `abc` is a good password to MariaDB. With `strict_password_validation` off, a hash that
nobody can judge is taken as a new password. MySQL's `validate_password` with the policy LOW looks at the length only.

## Bad: MariaDB without a plugin
```text my.cnf
[mariadb]  # <-
bind-address = 127.0.0.1
```

## Bad: hashes are taken unseen
```text my.cnf
[mariadb]
bind-address = 127.0.0.1
plugin_load_add = simple_password_check
strict_password_validation = OFF  # <-
```

## Bad: only the length counts
```text my.cnf
[mysqld-8.4]
bind-address = 127.0.0.1
validate_password.policy = LOW  # <-
```

## Bad: short ones
```text my.cnf
[mysqld-8.0]
bind-address = 127.0.0.1
loose-validate_password.length = 6  # <-
```

## Good
```text my.cnf
[mariadb]
bind-address = 127.0.0.1
plugin_load_add = simple_password_check
```

## Good: another plugin that does it
```text my.cnf
[mariadb]
bind-address = 127.0.0.1
plugin_load_add = server_audit;cracklib_password_check
```

## Good: the default policy
```text my.cnf
[mysqld-8.4]
bind-address = 127.0.0.1
loose-validate_password.length = 14
```

## Fix
```text my.cnf
[mariadb]
plugin_load_add = simple_password_check
simple_password_check_minimal_length = 12
```

and in MySQL `INSTALL COMPONENT 'file://component_validate_password'`.

## References
- MariaDB documentation, Simple Password Check Plugin: https://mariadb.com/kb/en/simple-password-check-plugin/
- MySQL 8.4 manual, 8.4.3 The Password Validation Component: https://dev.mysql.com/doc/refman/8.4/en/validate-password.html
"""

from collections.abc import Iterator

from auditor.api import LOW, MEDIUM, Confidence, Control, Diagnostic, check, fail, known
from auditor.technologies.mysql import Mysql

_SHORTEST = 8
"""Characters; the least that NIST SP 800-63B allows for a password that a person chooses."""


@check("mysql-weak-password-rules", severity=MEDIUM, control=Control.PASSWORD_POLICY, cwe=521)
def mysql_weak_password_rules(mysql: Mysql) -> Iterator[Diagnostic]:
    policy = known(mysql.text("validate_password_policy")) if mysql.is_set("validate_password_policy") else ""
    if policy.upper() in {"LOW", "0"}:
        yield fail(
            f"{mysql.label} looks at the length of new passwords only",
            at=mysql.where("validate_password_policy"),
            key="validate_password_policy",
            expected="validate_password.policy = MEDIUM",
        )
    if mysql.is_set("validate_password_length") and known(mysql.number("validate_password_length")) < _SHORTEST:
        yield fail(
            f"{mysql.label} accepts passwords of {mysql.number('validate_password_length')} characters",
            at=mysql.where("validate_password_length"),
            key="validate_password_length",
            expected="validate_password.length = 12",
        )
    if mysql.product != "mariadb":
        return
    if not known(mysql.on("strict_password_validation")):
        yield fail(
            f"{mysql.label} takes hashes for new passwords without looking at the password",
            at=mysql.where("strict_password_validation"),
            key="strict_password_validation",
            expected="strict_password_validation = ON",
        )
    if not known(mysql.loads) & {"simple_password_check", "cracklib_password_check"}:
        yield fail(
            f"{mysql.label} accepts any password: its configuration loads no plugin that looks at them",
            severity=LOW,
            confidence=Confidence.MEDIUM,  # INSTALL SONAME in the database does not show in files
            key="plugin",
            expected="plugin_load_add = simple_password_check",
        )
