"""Members of a MySQL or MariaDB cluster talk to each other without TLS.

## Why it matters
Every change, and to a new member the whole data set, crosses the network in clear text. Galera and Group Replication use
plain TCP until they are told otherwise, even where clients use TLS.

## Bad: Galera
```text my.cnf
[galera]
bind-address = 10.20.0.5
wsrep_on = ON
wsrep_cluster_address = gcomm://10.20.0.5,10.20.0.6  # <-
```

## Bad: Group Replication
```text my.cnf
[mysqld-8.4]
bind-address = 10.20.0.5
plugin-load-add = group_replication.so
loose-group_replication_group_name = "5e5e5e5e-5e5e-5e5e-5e5e-5e5e5e5e5e5e"  # <-
```

## Good: Galera with certificates
```text my.cnf
[galera]
bind-address = 10.20.0.5
wsrep_on = ON
wsrep_cluster_address = gcomm://10.20.0.5,10.20.0.6
wsrep_provider_options = "socket.ssl_key=/etc/mysql/tls/server.key;socket.ssl_cert=/etc/mysql/tls/server.crt"
```

## Good: Group Replication with TLS
```text my.cnf
[mysqld-8.4]
bind-address = 10.20.0.5
plugin-load-add = group_replication.so
loose-group_replication_group_name = "5e5e5e5e-5e5e-5e5e-5e5e-5e5e5e5e5e5e"
loose-group_replication_ssl_mode = VERIFY_CA
```

## Good: a cluster that is switched off
```text my.cnf
[galera]
bind-address = 10.20.0.5
wsrep_on = OFF
wsrep_cluster_address = gcomm://10.20.0.5,10.20.0.6
```

## Fix
Give the members certificates:
```text my.cnf
[galera]
wsrep_provider_options = "socket.ssl_key=/etc/mysql/tls/server.key;socket.ssl_cert=/etc/mysql/tls/server.crt"
```

and for Group Replication `group_replication_ssl_mode = VERIFY_CA`.

## References
- MariaDB documentation, Securing Communications in Galera Cluster: https://mariadb.com/kb/en/securing-communications-in-galera-cluster/
- MySQL 8.4 manual, 20.6.2 Securing Group Communication Connections with Secure Socket Layer (SSL): https://dev.mysql.com/doc/refman/8.4/en/group-replication-secure-socket-layer-support-ssl.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.mysql import Mysql


@check("mysql-replication-in-clear", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def mysql_replication_in_clear(mysql: Mysql) -> Iterator[Diagnostic]:
    if mysql.has("wsrep_on") and known(mysql.on("wsrep_on")):
        options = known(mysql.text("wsrep_provider_options")).replace(" ", "").lower()
        if not any(
            word in options for word in ("socket.ssl_cert=", "socket.ssl_key=", "socket.ssl=yes", "socket.ssl=true")
        ):
            yield fail(
                f"{mysql.label} copies its data to other members of the Galera cluster without TLS",
                at=mysql.place("wsrep_provider_options", "wsrep_cluster_address", "wsrep_on"),
                severity=mysql.exposure.scale(HIGH),
                key="galera",
                expected="wsrep_provider_options with socket.ssl_key and socket.ssl_cert",
            )
    grouped = mysql.has("group_replication_group_name") and known(mysql.text("group_replication_group_name"))
    if grouped and known(mysql.text("group_replication_ssl_mode")).upper() == "DISABLED":
        yield fail(
            f"{mysql.label} copies its data to other members of the group without TLS",
            at=mysql.place("group_replication_ssl_mode", "group_replication_group_name"),
            severity=mysql.exposure.scale(HIGH),
            key="group replication",
            expected="group_replication_ssl_mode = VERIFY_CA",
        )
