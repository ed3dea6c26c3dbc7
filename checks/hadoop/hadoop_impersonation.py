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

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.hadoop import Hadoop

_PREFIX = "hadoop.proxyuser."


@check("hadoop-impersonation", severity=HIGH, control=Control.AUTHORIZATION, cwe=266)
def hadoop_impersonation(hadoop: Hadoop) -> Iterator[Diagnostic]:
    for scope in hadoop.deciding[:1]:
        names = sorted(name for name in scope.names(_PREFIX) if name.endswith(".hosts"))
        for name in names:
            user = name.removeprefix(_PREFIX).removesuffix(".hosts")
            if "*" not in known(scope.words(name)):
                continue
            whom = {*known(scope.words(f"{_PREFIX}{user}.groups")), *known(scope.words(f"{_PREFIX}{user}.users"))}
            if whom:
                anybody = "*" in whom
                yield fail(
                    f"The user {user} may act as {'anybody' if anybody else 'the named users'} from every host",
                    at=scope.where(name),
                    key=user,
                    severity=hadoop.exposure.scale(HIGH if anybody else MEDIUM),
                    expected=f"{name} with the addresses of the service",
                )
