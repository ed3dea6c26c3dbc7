"""Files deleted from HDFS are gone at once.

## Why it matters
`fs.trash.interval` is for how many minutes a deleted file can be fetched back. With 0, the default, a mistaken or
malicious `hdfs dfs -rm -r` cannot be undone.

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
  <property><name>fs.trash.interval</name><value>0</value></property>  # <-
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
  <property><name>fs.trash.interval</name><value>1440</value></property>
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
</configuration>
```

## Fix
Keep deleted files for a day:
```xml
<property><name>fs.trash.interval</name><value>1440</value></property>
```

## References
- Hadoop 3.3 manual, core-default.xml: https://hadoop.apache.org/docs/r3.3.6/hadoop-project-dist/hadoop-common/core-default.xml
"""

from collections.abc import Iterator

from auditor.api import LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.hadoop import Hadoop


@check("hadoop-no-trash", severity=LOW, control=Control.BACKUP)
def hadoop_no_trash(hadoop: Hadoop) -> Iterator[Diagnostic]:
    if hadoop.hdfs is not None and hadoop.runs("namenode") and known(hadoop.hdfs.text("fs.trash.interval")) == "0":
        yield fail(
            "Files deleted from HDFS cannot be fetched back",
            at=hadoop.hdfs.where("fs.trash.interval"),
            expected="fs.trash.interval 1440",
        )
