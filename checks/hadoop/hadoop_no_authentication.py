"""Hadoop takes every client for the user whom it names.

## Why it matters
With the method `simple`, the default, a client says which user it is and nobody checks. Whoever reaches the NameNode
calls himself `hdfs` and reads, changes and deletes every file; whoever reaches the ResourceManager runs programs on
all nodes. Permissions and ACLs mean nothing then.

## Bad: the default
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
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
  <property><name>hadoop.security.authentication</name><value>simple</value></property>  # <-
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
</configuration>
```

## Bad: a final value in an earlier file is not changed by a later one
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.security.authentication</name><value>simple</value><final>true</final></property>  # <-
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
  <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
</configuration>
```

## Bad: the image's defaults
```yaml compose.yaml
services:
  namenode:
    image: apache/hadoop:3.3.6  # <-
    command: ["hdfs", "namenode"]
    ports: ["9870:9870"]
    environment:
      CORE-SITE.XML_fs.defaultFS: hdfs://namenode:8020
```

## Good
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

## Good: a later property counts
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.security.authentication</name><value>simple</value></property>
  <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
</configuration>
```

## Good: set by the image's variable
```yaml compose.yaml
services:
  namenode:
    image: bde2020/hadoop-namenode:2.0.0-hadoop3.2.1-java8
    ports: ["9870:9870"]
    environment:
      CORE_CONF_hadoop_security_authentication: kerberos
```

## Fix
Set up Kerberos for all daemons, and switch it on in `core-site.xml`:
```xml
<property><name>hadoop.security.authentication</name><value>kerberos</value></property>
<property><name>hadoop.security.authorization</name><value>true</value></property>
```

## References
- Hadoop 3.3 manual, Hadoop in Secure Mode: https://hadoop.apache.org/docs/r3.3.6/hadoop-project-dist/hadoop-common/SecureMode.html
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail, known
from auditor.technologies.hadoop import Hadoop, titles


@check("hadoop-no-authentication", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=306)
def hadoop_no_authentication(hadoop: Hadoop) -> Iterator[Diagnostic]:
    name = "hadoop.security.authentication"
    open_to_all = [scope for scope in hadoop.deciding if not known(scope.uses_kerberos)]
    if open_to_all:
        yield fail(
            f"Whoever reaches {titles(open_to_all)} may call himself any user; {hadoop.exposure.reason}",
            at=open_to_all[0].where(name),
            severity=hadoop.exposure.scale(CRITICAL),
            expected=f"{name} kerberos",
        )
