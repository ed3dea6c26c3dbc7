"""HDFS keeps no audit log.

## Why it matters
The NameNode can log every access with user, address, command and path. The start scripts give it
`-Dhdfs.audit.logger=INFO,NullAppender` unless `HDFS_AUDIT_LOGGER` says otherwise, and that option beats the line
`hdfs.audit.logger=` of `log4j.properties`. So the log goes nowhere by default, and nobody can tell who read a record.

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
</configuration>
```
```sh conf/hadoop-env.sh
export HADOOP_OS_TYPE=Linux
export HDFS_AUDIT_LOGGER=INFO,NullAppender  # <-
```
```text conf/log4j.properties
hdfs.audit.logger=INFO,NullAppender
log4j.logger.org.apache.hadoop.hdfs.server.namenode.FSNamesystem.audit=${hdfs.audit.logger}
```

## Bad: the option of the start script beats the line of the file
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
```sh conf/hadoop-env.sh
export HADOOP_OS_TYPE=Linux
```
```text conf/log4j.properties
hdfs.audit.logger=INFO,RFAAUDIT
log4j.logger.org.apache.hadoop.hdfs.server.namenode.FSNamesystem.audit=${hdfs.audit.logger}  # <-
```

## Bad: an image on its defaults
```yaml compose.yaml
services:
  namenode:
    image: apache/hadoop:3.3.6  # <-
    command: ["hdfs", "namenode"]
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
```sh conf/hadoop-env.sh
export HADOOP_OS_TYPE=Linux
export HDFS_AUDIT_LOGGER=INFO,RFAAUDIT
```
```text conf/log4j.properties
hdfs.audit.logger=INFO,NullAppender
log4j.logger.org.apache.hadoop.hdfs.server.namenode.FSNamesystem.audit=${hdfs.audit.logger}
```

## Good: the logger itself names the appender
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
```text conf/log4j.properties
log4j.logger.org.apache.hadoop.hdfs.server.namenode.FSNamesystem.audit=INFO,RFAAUDIT
```

## Good: by the container's variable
```yaml compose.yaml
services:
  namenode:
    image: apache/hadoop:3.3.6
    command: ["hdfs", "namenode"]
    environment:
      CORE-SITE.XML_fs.defaultFS: hdfs://namenode:8020
      HDFS_AUDIT_LOGGER: INFO,RFAAUDIT
```

## Fix
In `hadoop-env.sh`:
```sh
export HDFS_AUDIT_LOGGER=INFO,RFAAUDIT
```
and send `hdfs-audit.log` to another host.

## References
- Hadoop 3.3, hadoop-env.sh (HDFS_AUDIT_LOGGER), hdfs-config.sh and log4j.properties (hdfs audit logging)
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.hadoop import Hadoop


@check("hadoop-audit-log-off", severity=HIGH, control=Control.AUDIT_LOGGING, cwe=778)
def hadoop_audit_log_off(hadoop: Hadoop) -> Iterator[Diagnostic]:
    if hadoop.audit is not None and known(hadoop.audit.is_off):
        yield fail(
            "The NameNode records nowhere who reads and changes files",
            at=hadoop.audit.at,
            expected="HDFS_AUDIT_LOGGER=INFO,RFAAUDIT",
        )
