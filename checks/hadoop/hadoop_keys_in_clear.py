"""Keys of encryption zones cross the network in clear text.

## Why it matters
NameNode and clients fetch keys from the address in `hadoop.security.key.provider.path`. With `kms://http@` they do so
over plain HTTP, and whoever listens can decrypt the files of the zones.

## Bad
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
  <property><name>hadoop.security.key.provider.path</name><value>kms://http@kms.clinic.example:9600/kms</value></property>  # <-
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
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
  <property><name>dfs.encryption.key.provider.uri</name><value>kms://http@kms.clinic.example:9600/kms</value></property>  # <-
</configuration>
```

## Good
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
  <property><name>hadoop.security.key.provider.path</name><value>kms://https@kms.clinic.example:9600/kms</value></property>
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
</configuration>
```

## Good: on the same host
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
  <property><name>hadoop.security.key.provider.path</name><value>kms://http@localhost:9600/kms</value></property>
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
</configuration>
```

## Fix
```xml
<property>
  <name>hadoop.security.key.provider.path</name>
  <value>kms://https@kms.clinic.example:9600/kms</value>
</property>
```

## References
- Hadoop 3.3 manual, Hadoop Key Management Server: https://hadoop.apache.org/docs/r3.3.6/hadoop-kms/index.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.hadoop import Hadoop


@check("hadoop-keys-in-clear", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def hadoop_keys_in_clear(hadoop: Hadoop) -> Iterator[Diagnostic]:
    name = "hadoop.security.key.provider.path"
    if hadoop.hdfs is None or not hadoop.runs("namenode"):
        return
    _, plain, rest = known(hadoop.hdfs.text(name)).partition("kms://http@")
    if plain and not rest.startswith(("localhost:", "localhost/", "127.")):
        yield fail(
            "Keys are fetched from the KMS over plain HTTP",
            at=hadoop.hdfs.where(name),
            expected="a kms://https@ address",
        )
