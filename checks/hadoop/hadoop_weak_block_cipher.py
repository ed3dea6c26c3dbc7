"""Blocks of files are encrypted with 3DES or RC4.

## Why it matters
With `dfs.encrypt.data.transfer` alone, data is encrypted with what `dfs.encrypt.data.transfer.algorithm` says: 3DES
by default or RC4, both broken or close to it, and slow. AES is used only if the cipher suite is named.

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
  <property><name>dfs.encrypt.data.transfer</name><value>true</value></property>  # <-
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
  <property><name>dfs.encrypt.data.transfer</name><value>true</value></property>
  <property><name>dfs.encrypt.data.transfer.algorithm</name><value>rc4</value></property>  # <-
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
  <property><name>dfs.encrypt.data.transfer.cipher.suites</name><value>AES/CTR/NoPadding</value></property>
</configuration>
```

## Good: the algorithm is not used then
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
  <property><name>dfs.encrypt.data.transfer.algorithm</name><value>3des</value></property>
  <property><name>dfs.encrypt.data.transfer.cipher.suites</name><value>AES/CTR/NoPadding</value></property>
</configuration>
```

## Fix
```xml
<property><name>dfs.encrypt.data.transfer.cipher.suites</name><value>AES/CTR/NoPadding</value></property>
```

## References
- Hadoop 3.3 manual, hdfs-default.xml: https://hadoop.apache.org/docs/r3.3.6/hadoop-project-dist/hadoop-hdfs/hdfs-default.xml
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.hadoop import Hadoop


@check("hadoop-weak-block-cipher", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=327)
def hadoop_weak_block_cipher(hadoop: Hadoop) -> Iterator[Diagnostic]:
    encrypt, algorithm = "dfs.encrypt.data.transfer", "dfs.encrypt.data.transfer.algorithm"
    if hadoop.hdfs is None or not hadoop.runs("datanode") or not known(hadoop.hdfs.flag(encrypt)):
        return
    if not known(hadoop.hdfs.text("dfs.encrypt.data.transfer.cipher.suites")):
        named = known(hadoop.hdfs.text(algorithm))
        yield fail(
            f"Blocks of files are encrypted with {'RC4' if named.lower() == 'rc4' else '3DES'}",
            at=hadoop.hdfs.where(algorithm if named else encrypt),
            expected="dfs.encrypt.data.transfer.cipher.suites AES/CTR/NoPadding",
        )
