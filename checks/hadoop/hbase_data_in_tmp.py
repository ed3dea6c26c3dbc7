"""HBase keeps its tables in a folder for temporary files.

## Why it matters
Unless `hbase.rootdir` says otherwise, HBase writes below `hbase.tmp.dir`, which is `/tmp/hbase-USER`. Systems empty
it at a restart.

## Bad: the default
```xml conf/hbase-site.xml
<configuration>
  <property><name>hbase.cluster.distributed</name><value>false</value></property>
</configuration>
```

## Bad
```xml conf/hbase-site.xml
<configuration>
  <property><name>hbase.security.authentication</name><value>kerberos</value></property>
  <property><name>hbase.rootdir</name><value>file:///tmp/hbase</value></property>  # <-
</configuration>
```

## Good
```xml conf/hbase-site.xml
<configuration>
  <property><name>hbase.security.authentication</name><value>kerberos</value></property>
  <property><name>hbase.rootdir</name><value>hdfs://namenode.clinic.example:8020/hbase</value></property>
</configuration>
```

## Good: below a folder that is kept
```xml conf/hbase-site.xml
<configuration>
  <property><name>hbase.security.authentication</name><value>kerberos</value></property>
  <property><name>hbase.tmp.dir</name><value>/srv/hbase-${user.name}</value></property>
</configuration>
```

## Fix
```xml
<property><name>hbase.rootdir</name><value>hdfs://namenode.clinic.example:8020/hbase</value></property>
```

## References
- HBase 2 Reference Guide, Default Configuration: https://hbase.apache.org/book.html#hbase_default_configurations
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.hadoop import HBase, temporary_folder


@check("hbase-data-in-tmp", severity=HIGH, control=Control.DURABILITY, also=(Control.BACKUP,), cwe=377)
def hbase_data_in_tmp(hbase: HBase) -> Iterator[Diagnostic]:
    folder = known(temporary_folder(hbase.text("hbase.rootdir"), hbase.kept))
    if folder is not None:
        name = "hbase.rootdir" if hbase.scope.is_explicit("hbase.rootdir") else "hbase.tmp.dir"
        yield fail(
            f"HBase keeps its tables in {folder}, which is emptied at a restart",
            at=hbase.where(name),
            expected="hbase.rootdir in HDFS or on storage that is kept",
        )
