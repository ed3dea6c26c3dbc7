"""YARN lets every user manage every application.

## Why it matters
Queues and applications have access lists, but YARN reads them only if `yarn.acl.enable` is true, and the default is
false. Every user may then end the applications of others and read their logs, in which records of patients turn up.

## Bad: the default
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
</configuration>
```
```xml conf/yarn-site.xml
<configuration>
  <property><name>yarn.nodemanager.aux-services</name><value>mapreduce_shuffle</value></property>
</configuration>
```

## Bad
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
</configuration>
```
```xml conf/yarn-site.xml
<configuration>
  <property><name>yarn.nodemanager.aux-services</name><value>mapreduce_shuffle</value></property>
  <property><name>yarn.acl.enable</name><value>false</value></property>  # <-
</configuration>
```

## Good
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
</configuration>
```
```xml conf/yarn-site.xml
<configuration>
  <property><name>yarn.nodemanager.aux-services</name><value>mapreduce_shuffle</value></property>
  <property><name>yarn.acl.enable</name><value>true</value></property>
  <property><name>yarn.admin.acl</name><value>yarn hadoop-admins</value></property>
</configuration>
```

## Fix
```xml
<property><name>yarn.acl.enable</name><value>true</value></property>
<property><name>yarn.admin.acl</name><value>yarn hadoop-admins</value></property>
```

## References
- Hadoop 3.3 manual, yarn-default.xml: https://hadoop.apache.org/docs/r3.3.6/hadoop-yarn/hadoop-yarn-common/yarn-default.xml
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.hadoop import Hadoop


@check("hadoop-yarn-acl-off", severity=HIGH, control=Control.AUTHORIZATION, cwe=862)
def hadoop_yarn_acl_off(hadoop: Hadoop) -> Iterator[Diagnostic]:
    name = "yarn.acl.enable"
    if hadoop.yarn is not None and hadoop.runs("resourcemanager") and not known(hadoop.yarn.flag(name)):
        yield fail(
            f"Every user may end and read the applications of others; {hadoop.exposure.reason}",
            at=hadoop.yarn.where(name),
            severity=hadoop.exposure.scale(HIGH),
            expected=f"{name} true",
        )
