"""DataNodes hand out blocks without asking for a token.

## Why it matters
The NameNode decides who may read a file, the DataNodes hold what stands in it. Without block access tokens a DataNode
gives every client that knows or guesses a block's number its content, past all permissions. A NameNode of Hadoop 3
with Kerberos does not start without them.

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
  <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
  <property><name>dfs.block.access.token.enable</name><value>false</value></property>  # <-
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
  <property><name>dfs.block.access.token.enable</name><value>true</value></property>
</configuration>
```

## Good: final, so that a later file does not change it
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
  <property><name>dfs.block.access.token.enable</name><value>true</value><final>true</final></property>
  <property><name>dfs.block.access.token.enable</name><value>false</value></property>
</configuration>
```

## Fix
```xml
<property><name>dfs.block.access.token.enable</name><value>true</value></property>
```

## References
- Hadoop 3.3 manual, Hadoop in Secure Mode: https://hadoop.apache.org/docs/r3.3.6/hadoop-project-dist/hadoop-common/SecureMode.html
- Hadoop 3.3 manual, hdfs-default.xml: https://hadoop.apache.org/docs/r3.3.6/hadoop-project-dist/hadoop-hdfs/hdfs-default.xml
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.hadoop import Hadoop, Purpose


@check("hadoop-block-tokens-off", severity=HIGH, control=Control.AUTHORIZATION, cwe=862)
def hadoop_block_tokens_off(hadoop: Hadoop) -> Iterator[Diagnostic]:
    name = "dfs.block.access.token.enable"
    if hadoop.hdfs is not None and hadoop.runs("datanode") and not known(hadoop.hdfs.flag(name)):
        reach = hadoop.reaches[Purpose.DATA]
        yield fail(
            f"DataNodes give every client the blocks that it asks for; {reach.reason}",
            at=hadoop.hdfs.where(name),
            severity=reach.scale(HIGH),
            expected=f"{name} true",
        )
