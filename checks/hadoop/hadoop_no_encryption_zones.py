"""HDFS cannot encrypt what it stores.

## Why it matters
Encryption zones keep files unreadable on the DataNodes' disks, in their backups and for who works there. They need a
key management server; without `hadoop.security.key.provider.path` no zone can be made.

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

## Bad: empty
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
  <property><name>hadoop.security.key.provider.path</name><value></value></property>
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
  <property><name>hadoop.security.key.provider.path</name><value>kms://https@kms.clinic.example:9600/kms</value></property>
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
</configuration>
```

## Good: by its old name
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
  <property><name>dfs.encryption.key.provider.uri</name><value>kms://https@kms.clinic.example:9600/kms</value></property>
</configuration>
```

## Fix
Run the KMS, name it, and make a zone for the folders with records:
```xml
<property>
  <name>hadoop.security.key.provider.path</name>
  <value>kms://https@kms.clinic.example:9600/kms</value>
</property>
```
```sh
hadoop key create records && hdfs crypto -createZone -keyName records -path /records
```
Disks that are encrypted below HDFS are an answer too; set this finding aside then.

## References
- Hadoop 3.3 manual, Transparent Encryption in HDFS: https://hadoop.apache.org/docs/r3.3.6/hadoop-project-dist/hadoop-hdfs/TransparentEncryption.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Confidence, Control, Diagnostic, check, fail, known
from auditor.technologies.hadoop import Hadoop


@check("hadoop-no-encryption-zones", severity=MEDIUM, control=Control.ENCRYPTION_AT_REST, cwe=311)
def hadoop_no_encryption_zones(hadoop: Hadoop) -> Iterator[Diagnostic]:
    name = "hadoop.security.key.provider.path"
    if hadoop.hdfs is not None and hadoop.runs("namenode") and not known(hadoop.hdfs.text(name)):
        yield fail(
            "HDFS knows no key management server, so nothing that it stores is in an encryption zone",
            at=hadoop.hdfs.where(name),
            confidence=Confidence.MEDIUM,
            expected=f"{name} with the address of a KMS",
        )
