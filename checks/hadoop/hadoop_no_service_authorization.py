"""Hadoop does not check who may call its daemons.

## Why it matters
`hadoop-policy.xml` says which users and groups may submit jobs, register as a DataNode or refresh a daemon. It is
read only if `hadoop.security.authorization` is true, and the default is false: then every authenticated user, and
every machine that calls itself a DataNode, is let in.

## Bad: the default
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
</configuration>
```

## Bad
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
  <property><name>hadoop.security.authorization</name><value>false</value></property>  # <-
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
  <property><name>hadoop.security.authorization</name><value>TRUE</value></property>
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
</configuration>
```

## Fix
```xml
<property><name>hadoop.security.authorization</name><value>true</value></property>
```
and name users and groups in `hadoop-policy.xml`.

## References
- Hadoop 3.3 manual, Service Level Authorization Guide: https://hadoop.apache.org/docs/r3.3.6/hadoop-project-dist/hadoop-common/ServiceLevelAuth.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.hadoop import Hadoop


@check("hadoop-no-service-authorization", severity=MEDIUM, control=Control.AUTHORIZATION, cwe=862)
def hadoop_no_service_authorization(hadoop: Hadoop) -> Iterator[Diagnostic]:
    name = "hadoop.security.authorization"
    for scope in hadoop.deciding:
        if not known(scope.flag(name)):
            yield fail(
                f"{scope.title} does not ask hadoop-policy.xml who may call it",
                at=scope.where(name),
                severity=hadoop.exposure.scale(MEDIUM),
                expected=f"{name} true",
            )
            return
