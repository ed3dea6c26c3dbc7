"""A service may act as any user of Hadoop.

## Why it matters
`hadoop.proxyuser.NAME` lets the user NAME act as others: from which hosts, and as members of which groups or as which
users. With `*` for both, a stolen or made-up log-in of that service is the log-in of everybody, administrators
included, from anywhere in the network.

## Bad
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
  <property><name>hadoop.proxyuser.hue.hosts</name><value>*</value></property>  # <-
  <property><name>hadoop.proxyuser.hue.groups</name><value>*</value></property>
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
</configuration>
```

## Bad: as any user
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
  <property><name>hadoop.proxyuser.hive.users</name><value>*</value></property>
  <property><name>hadoop.proxyuser.hive.hosts</name><value>*</value></property>  # <-
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
</configuration>
```

## Bad: one group, but from anywhere
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
  <property><name>hadoop.proxyuser.hive.groups</name><value>analysts</value></property>
  <property><name>hadoop.proxyuser.hive.hosts</name><value>*</value></property>  # <-
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
</configuration>
```

## Bad: several users are one finding
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
  <property><name>hadoop.proxyuser.hue.hosts</name><value>*</value></property>
  <property><name>hadoop.proxyuser.hue.groups</name><value>*</value></property>
  <property><name>hadoop.proxyuser.hive.hosts</name><value>*</value></property>  # <-
  <property><name>hadoop.proxyuser.hive.groups</name><value>*</value></property>
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
</configuration>
```

## Good
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
  <property><name>hadoop.proxyuser.hue.hosts</name><value>10.20.0.5</value></property>
  <property><name>hadoop.proxyuser.hue.groups</name><value>analysts</value></property>
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
</configuration>
```

## Good: neither groups nor users, so it may act as nobody
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
  <property><name>hadoop.proxyuser.hue.hosts</name><value>*</value></property>
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
</configuration>
```

## Fix
```xml
<property><name>hadoop.proxyuser.hue.hosts</name><value>10.20.0.5</value></property>
<property><name>hadoop.proxyuser.hue.groups</name><value>analysts</value></property>
```

## References
- Hadoop 3.3 manual, Proxy user: https://hadoop.apache.org/docs/r3.3.6/hadoop-project-dist/hadoop-common/Superusers.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, Related, check, fail, known
from auditor.technologies.hadoop import Hadoop

_PREFIX = "hadoop.proxyuser."


@check("hadoop-impersonation", severity=HIGH, control=Control.AUTHORIZATION, cwe=266)
def hadoop_impersonation(hadoop: Hadoop) -> Iterator[Diagnostic]:
    for scope in hadoop.deciding[:1]:
        found: dict[bool, list[str]] = {}
        for name in sorted(name for name in scope.names(_PREFIX) if name.endswith(".hosts")):
            user = _user(name)
            if "*" not in known(scope.words(name)):
                continue
            whom = {*known(scope.words(f"{_PREFIX}{user}.groups")), *known(scope.words(f"{_PREFIX}{user}.users"))}
            if whom:
                found.setdefault("*" in whom, []).append(name)
        # Without Kerberos everybody may call himself any user anyway, which hadoop-no-authentication reports.
        without = 0 if scope.uses_kerberos is True else 1
        for anybody, names in found.items():
            users = [_user(name) for name in names]
            yield fail(
                f"{_listed(users)} may act as {'anybody' if anybody else 'the named users'} from every host",
                at=scope.where(names[0]),
                key=" ".join(users),
                severity=hadoop.exposure.scale((HIGH if anybody else MEDIUM).lowered(without)),
                related=tuple(Related(scope.where(name), _user(name)) for name in names[1:]),
                expected=f"{names[0]} with the addresses of the service",
            )


def _user(name: str) -> str:
    return name.removeprefix(_PREFIX).removesuffix(".hosts")


def _listed(users: list[str]) -> str:
    if len(users) == 1:
        return f"The user {users[0]}"
    if len(users) <= 4:
        return f"The users {', '.join(users[:-1])} and {users[-1]}"
    return f"The users {', '.join(users[:3])} and {len(users) - 3} more"
