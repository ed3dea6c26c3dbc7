"""InnoDB does not protect its pages against damage.

## Why it matters
A page that was half written when the power failed cannot be repaired without the doublewrite buffer: the table is damaged,
perhaps unnoticed for weeks, and for ever without checksums. Both MySQL and MariaDB have both on by default.

## Bad
```text my.cnf
[mysqld]
bind-address = 127.0.0.1
skip-innodb-doublewrite  # <-
```

## Bad
```text my.cnf
[mariadb]
bind-address = 127.0.0.1
innodb_doublewrite = 0  # <-
```

## Good
```text my.cnf
[mysqld]
bind-address = 127.0.0.1
innodb_doublewrite = ON
```

## Good: two negations
```text my.cnf
[mariadb]
bind-address = 127.0.0.1
skip-innodb-doublewrite = 0
```

## Bad: no checksums
```text my.cnf
[mysqld-8.0]
bind-address = 127.0.0.1
innodb_checksum_algorithm = none  # <-
```

## Fix
Delete the line, unless the file system writes whole pages itself (ZFS).

## References
- MySQL 8.4 manual, 17.6.4 Doublewrite Buffer: https://dev.mysql.com/doc/refman/8.4/en/innodb-doublewrite-buffer.html
- MariaDB documentation, InnoDB Doublewrite Buffer: https://mariadb.com/kb/en/innodb-doublewrite-buffer/
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.mysql import Mysql


@check("mysql-pages-not-protected", severity=HIGH, control=Control.INTEGRITY)
def mysql_pages_not_protected(mysql: Mysql) -> Iterator[Diagnostic]:
    algorithm = known(mysql.text("innodb_checksum_algorithm")) if mysql.is_set("innodb_checksum_algorithm") else ""
    if algorithm.lower() in {"none", "strict_none"}:
        yield fail(
            f"{mysql.label} does not notice damaged pages: innodb_checksum_algorithm is none",
            at=mysql.where("innodb_checksum_algorithm"),
            key="innodb_checksum_algorithm",
            expected="innodb_checksum_algorithm = crc32",
        )
    if not known(mysql.on("innodb_doublewrite")):
        yield fail(
            f"{mysql.label} cannot repair pages that are half written in a crash: innodb_doublewrite is off",
            at=mysql.where("innodb_doublewrite"),
            key="innodb_doublewrite",
            expected="innodb_doublewrite = ON",
        )
