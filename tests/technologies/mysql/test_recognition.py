"""Which files are option files of MySQL and MariaDB, and which only look like them."""

import pytest

from auditor.technologies.mysql import MYSQL

CNF = "[mysqld]\nbind-address = 127.0.0.1\ndatadir = /var/lib/mysql\n"


@pytest.mark.parametrize(
    ("path", "text", "strength"),
    [
        ("my.cnf", CNF, 3),
        ("docker/my.ini", CNF, 3),
        ("home/.my.cnf", "[client]\nuser = app\npassword = sample\n", 3),
        ("mariadb.conf.d/50-server.cnf", CNF, 3),
        ("etc/mysql/conf.d/tuning.cnf", "[server]\nmax_connections = 50\n", 3),
        ("templates/my.cnf.j2", "[mysqld]\nport = {{ mysql_port }}\n", 3),
        ("mysql-slow.cnf", "[mysqld]\nslow_query_log\n", 3),
        ("my.cnf", "!includedir /etc/mysql/conf.d/\n", 3),
        ("my.cnf", "", 2),
        ("database.cnf", CNF, 2),
        ("server.conf", "[mariadb-10.11]\ninnodb_flush_log_at_trx_commit = 1\n", 2),
        ("primary.cnf", "[mysqld]\nskip-grant-tables\n", 2),
        ("replica.cnf", "[mysqld]\nsuper-read-only\n", 2),
        ("server.conf", "[mysqld]\ninnodb-flush-log-at-trx-commit = 2\n", 2),
        ("data/mysqld-auto.cnf", '{ "Version": 1, "mysql_server": {} }', 3),
        ("openssl.cnf", "[ req ]\ndistinguished_name = dn\n[ server ]\nextendedKeyUsage = serverAuth\n", None),
        ("tls/server.cnf", "[server]\nbasicConstraints = CA:FALSE\n[client]\nkeyUsage = digitalSignature\n", None),
        ("hosts.ini", "[mysqld]\ndb1 ansible_host=10.0.0.1\n", None),
        ("php.ini", "[MySQL]\nmysql.allow_local_infile = On\n", None),
        ("supervisord.conf", "[program:mysqld]\ncommand = mysqld_safe\nuser = mysql\n", None),
        ("jail.conf", "[mysqld-auth]\nport = 3306\n", None),
        ("playbook.yml", "- hosts: mysql\n", None),
        ("mysql.yaml", CNF, None),
    ],
)
def test_recognition(path: str, text: str, strength: int | None) -> None:
    found = MYSQL.recognise(path.rpartition("/")[2].lower(), path, text)
    if path == "my.cnf" and text.startswith("!"):
        assert found is not None
    else:
        assert (found.strength if found else None) == strength
