"""Programs of all users run as the user of the NodeManager.

## Why it matters
In a cluster with Kerberos every job should run as the user who submitted it. The `DefaultContainerExecutor`, the
default, runs all of them as the NodeManager's own user: one job reads the files, tokens and results of the others on
the same node.

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
  <property><name>yarn.nodemanager.container-executor.class</name><value>org.apache.hadoop.yarn.server.nodemanager.DefaultContainerExecutor</value></property>  # <-
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
  <property><name>yarn.nodemanager.container-executor.class</name><value>org.apache.hadoop.yarn.server.nodemanager.LinuxContainerExecutor</value></property>
</configuration>
```

## Fix
```xml
<property>
  <name>yarn.nodemanager.container-executor.class</name>
  <value>org.apache.hadoop.yarn.server.nodemanager.LinuxContainerExecutor</value>
</property>
```

## References
- Hadoop 3.3 manual, YARN Secure Containers: https://hadoop.apache.org/docs/r3.3.6/hadoop-yarn/hadoop-yarn-site/SecureContainer.html
- Hadoop 3.3 manual, Hadoop in Secure Mode: https://hadoop.apache.org/docs/r3.3.6/hadoop-project-dist/hadoop-common/SecureMode.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.hadoop import Hadoop


@check("hadoop-jobs-run-as-node-manager", severity=MEDIUM, control=Control.PRIVILEGE, cwe=250)
def hadoop_jobs_run_as_node_manager(hadoop: Hadoop) -> Iterator[Diagnostic]:
    name = "yarn.nodemanager.container-executor.class"
    if hadoop.yarn is None or not hadoop.runs("nodemanager") or not known(hadoop.yarn.uses_kerberos):
        return  # without Kerberos nobody is who he says anyway
    if known(hadoop.yarn.text(name)).endswith(".DefaultContainerExecutor"):
        yield fail(
            "Jobs of all users run as the user of the NodeManager",
            at=hadoop.yarn.where(name),
            expected=f"{name} with the LinuxContainerExecutor",
        )
