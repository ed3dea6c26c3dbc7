"""HDFS keeps a single copy of new files.

## Why it matters
With `dfs.replication` 1 the blocks of a file lie on one disk each: when a disk or node fails, files are gone. The
default is 3.

## Bad
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
  <property><name>dfs.replication</name><value>1</value></property>  # <-
</configuration>
```

## Good: the default
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

## Good: in a file that HDFS loads before its own defaults, so without effect
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>dfs.replication</name><value>1</value></property>
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
</configuration>
```

## Fix
```xml
<property><name>dfs.replication</name><value>3</value></property>
```

## References
- Hadoop 3.3 manual, hdfs-default.xml: https://hadoop.apache.org/docs/r3.3.6/hadoop-project-dist/hadoop-hdfs/hdfs-default.xml
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.hadoop import Hadoop


@check("hadoop-few-replicas", severity=MEDIUM, control=Control.AVAILABILITY, also=(Control.DURABILITY,))
def hadoop_few_replicas(hadoop: Hadoop) -> Iterator[Diagnostic]:
    if hadoop.hdfs is not None and hadoop.runs("namenode") and known(hadoop.hdfs.text("dfs.replication")) == "1":
        yield fail(
            "A new file of HDFS has one copy of each block",
            at=hadoop.hdfs.where("dfs.replication"),
            expected="dfs.replication 3",
        )
