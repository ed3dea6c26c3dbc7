"""Every user is an administrator of YARN.

## Why it matters
`yarn.admin.acl` names who may change queues, take nodes out and end any application. Its default is `*`, everybody,
so access lists that are switched on with `yarn.acl.enable` alone keep nobody out.

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
  <property><name>yarn.acl.enable</name><value>true</value></property>
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
  <property><name>yarn.acl.enable</name><value>true</value></property>
  <property><name>yarn.admin.acl</name><value>* </value></property>  # <-
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

## Good: a blank stands for nobody
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
  <property><name>yarn.admin.acl</name><value> </value></property>
</configuration>
```

## Fix
```xml
<property><name>yarn.admin.acl</name><value>yarn hadoop-admins</value></property>
```

## References
- Hadoop 3.3 manual, yarn-default.xml: https://hadoop.apache.org/docs/r3.3.6/hadoop-yarn/hadoop-yarn-common/yarn-default.xml
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.hadoop import Hadoop


@check("hadoop-yarn-admin-everybody", severity=HIGH, control=Control.AUTHORIZATION, cwe=862)
def hadoop_yarn_admin_everybody(hadoop: Hadoop) -> Iterator[Diagnostic]:
    if hadoop.yarn is None or not hadoop.runs("resourcemanager") or not known(hadoop.yarn.flag("yarn.acl.enable")):
        return
    if "*" in known(hadoop.yarn.text("yarn.admin.acl")):
        yield fail(
            f"Every user is an administrator of YARN; {hadoop.exposure.reason}",
            at=hadoop.yarn.where("yarn.admin.acl"),
            severity=hadoop.exposure.scale(HIGH),
            expected="yarn.admin.acl with the users and groups who administer the cluster",
        )
