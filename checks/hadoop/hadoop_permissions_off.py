"""HDFS does not check permissions of files.

## Why it matters
With `dfs.permissions.enabled` false every user may read, change and delete every file, whatever its owner and mode.
The old name `dfs.permissions` still switches them off.

## Bad
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
  <property><name>dfs.permissions.enabled</name><value>false</value></property>  # <-
</configuration>
```

## Bad: by its old name
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
  <property><name>dfs.permissions</name><value> false </value></property>  # <-
</configuration>
```

## Bad: by the image's variable
```yaml compose.yaml
services:
  namenode:
    image: bde2020/hadoop-namenode:2.0.0-hadoop3.2.1-java8
    environment:
      HDFS_CONF_dfs_permissions_enabled: "false"  # <-
```

## Good: the default
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

## Good: a value that is neither true nor false is the default
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
  <property><name>dfs.permissions.enabled</name><value>no</value></property>
</configuration>
```

## Good: the old name before the new one
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
  <property><name>dfs.permissions</name><value>false</value></property>
  <property><name>dfs.permissions.enabled</name><value>true</value></property>
</configuration>
```

## Fix
```xml
<property><name>dfs.permissions.enabled</name><value>true</value></property>
```

## References
- Hadoop 3.3 manual, HDFS Permissions Guide: https://hadoop.apache.org/docs/r3.3.6/hadoop-project-dist/hadoop-hdfs/HdfsPermissionsGuide.html
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail, known
from auditor.technologies.hadoop import Hadoop


@check("hadoop-permissions-off", severity=CRITICAL, control=Control.AUTHORIZATION, cwe=862)
def hadoop_permissions_off(hadoop: Hadoop) -> Iterator[Diagnostic]:
    name = "dfs.permissions.enabled"
    if hadoop.hdfs is not None and hadoop.runs("namenode") and not known(hadoop.hdfs.flag(name)):
        yield fail(
            f"Every user may read, change and delete every file of HDFS; {hadoop.exposure.reason}",
            at=hadoop.hdfs.where(name),
            severity=hadoop.exposure.scale(CRITICAL),
            expected=f"{name} true",
        )
