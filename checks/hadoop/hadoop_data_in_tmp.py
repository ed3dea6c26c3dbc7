"""HDFS keeps its data in a folder for temporary files.

## Why it matters
Unless told otherwise, NameNode and DataNodes write below `hadoop.tmp.dir`, which is `/tmp/hadoop-USER`. Systems empty
it at a restart: without the NameNode's folder all files are lost, though their blocks are still there.

## Bad: the default
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.replication</name><value>3</value></property>
</configuration>
```

## Bad
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.tmp.dir</name><value>/tmp/hdfs</value></property>  # <-
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.datanode.data.dir</name><value>/srv/hdfs/data</value></property>
</configuration>
```

## Bad: by its old name
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.name.dir</name><value>file:///tmp/hdfs/name</value></property>  # <-
  <property><name>dfs.data.dir</name><value>/srv/hdfs/data</value></property>
</configuration>
```

## Good
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
  <property><name>dfs.datanode.data.dir</name><value>[SSD]file:///srv/hdfs/data</value></property>
</configuration>
```

## Good: below another folder
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.tmp.dir</name><value>/srv/hadoop-${user.name}</value></property>
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.replication</name><value>3</value></property>
</configuration>
```

## Good: a volume is mounted there
```yaml compose.yaml
services:
  namenode:
    image: apache/hadoop:3.3.6
    command: ["hdfs", "namenode"]
    environment:
      CORE-SITE.XML_fs.defaultFS: hdfs://namenode:8020
      HDFS-SITE.XML_dfs.namenode.name.dir: /tmp/hadoop-hadoop/dfs/name
    volumes: ["names:/tmp/hadoop-hadoop/dfs/name"]
volumes:
  names: {}
```

## Fix
```xml
<property><name>dfs.namenode.name.dir</name><value>/srv/hdfs1/name,/srv/hdfs2/name</value></property>
<property><name>dfs.datanode.data.dir</name><value>/srv/hdfs1/data,/srv/hdfs2/data</value></property>
```

## References
- Hadoop 3.3 manual, hdfs-default.xml: https://hadoop.apache.org/docs/r3.3.6/hadoop-project-dist/hadoop-hdfs/hdfs-default.xml
- Hadoop 3.3 manual, core-default.xml: https://hadoop.apache.org/docs/r3.3.6/hadoop-project-dist/hadoop-common/core-default.xml
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.hadoop import Hadoop, temporary_folder

_FOLDERS = (("namenode", "dfs.namenode.name.dir", "NameNode"), ("datanode", "dfs.datanode.data.dir", "DataNodes"))


@check("hadoop-data-in-tmp", severity=HIGH, control=Control.DURABILITY, also=(Control.BACKUP,), cwe=377)
def hadoop_data_in_tmp(hadoop: Hadoop) -> Iterator[Diagnostic]:
    for daemon, name, title in _FOLDERS:
        if hadoop.hdfs is None or daemon not in hadoop.daemons:
            continue
        folder = known(temporary_folder(hadoop.hdfs.text(name), hadoop.kept))
        if folder is not None:
            own = hadoop.hdfs.is_explicit(name)
            yield fail(
                f"The {title} keep{'s' if daemon == 'namenode' else ''} data in {folder}, which is emptied at a restart",
                at=hadoop.hdfs.where(name if own else "hadoop.tmp.dir"),
                expected=f"{name} on storage that is kept",
            )
            return
