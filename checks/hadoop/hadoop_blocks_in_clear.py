"""Blocks of files cross the network in clear text.

## Why it matters
What files hold goes between clients and DataNodes, and from one DataNode to the next, on a connection of its own that
`hadoop.rpc.protection` does not cover. It is encrypted only with `dfs.encrypt.data.transfer`, or with
`dfs.data.transfer.protection` where that offers nothing but `privacy`.

## Bad: the default
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

## Bad: protected calls do not protect blocks
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
  <property><name>hadoop.rpc.protection</name><value>privacy</value></property>
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
  <property><name>dfs.data.transfer.protection</name><value>authentication,privacy</value></property>  # <-
</configuration>
```

## Bad: in the wrong file, below the default of hdfs-default.xml
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
  <property><name>dfs.encrypt.data.transfer</name><value>true</value></property>
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
  <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
  <property><name>dfs.encrypt.data.transfer</name><value>true</value></property>
</configuration>
```

## Good: by SASL
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
  <property><name>dfs.data.transfer.protection</name><value>privacy</value></property>
</configuration>
```

## Fix
In `hdfs-site.xml` of NameNode and DataNodes:
```xml
<property><name>dfs.encrypt.data.transfer</name><value>true</value></property>
<property><name>dfs.encrypt.data.transfer.cipher.suites</name><value>AES/CTR/NoPadding</value></property>
```

## References
- Hadoop 3.3 manual, Hadoop in Secure Mode: https://hadoop.apache.org/docs/r3.3.6/hadoop-project-dist/hadoop-common/SecureMode.html (section Data confidentiality)
- Hadoop 3.3 manual, hdfs-default.xml: https://hadoop.apache.org/docs/r3.3.6/hadoop-project-dist/hadoop-hdfs/hdfs-default.xml
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.hadoop import Hadoop, Purpose


@check("hadoop-blocks-in-clear", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def hadoop_blocks_in_clear(hadoop: Hadoop) -> Iterator[Diagnostic]:
    if hadoop.hdfs is None or not hadoop.runs("datanode") or known(hadoop.hdfs.flag("dfs.encrypt.data.transfer")):
        return
    name = "dfs.data.transfer.protection"
    offered = {word.lower() for word in known(hadoop.hdfs.words(name))}
    if offered != {"privacy"} or not known(hadoop.hdfs.uses_kerberos):
        reach = hadoop.reaches[Purpose.DATA]
        yield fail(
            f"DataNodes send and take blocks of files unencrypted; {reach.reason}",
            at=hadoop.hdfs.where(name if offered else "dfs.encrypt.data.transfer"),
            severity=reach.scale(HIGH),
            expected="dfs.encrypt.data.transfer true",
        )
