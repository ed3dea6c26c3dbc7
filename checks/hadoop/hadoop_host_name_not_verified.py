"""Hadoop accepts a certificate made out for another host.

## Why it matters
`hadoop.ssl.hostname.verifier` says how daemons and clients compare a certificate with the host that they wanted. With
`ALLOW_ALL` they do not: whoever has any certificate of the same authority stands in for the KMS or for another node.

## Bad
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
  <property><name>hadoop.ssl.hostname.verifier</name><value>ALLOW_ALL</value></property>  # <-
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
</configuration>
```

## Good: the default
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

## Good
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
  <property><name>hadoop.ssl.hostname.verifier</name><value>STRICT</value></property>
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
</configuration>
```

## Fix
```xml
<property><name>hadoop.ssl.hostname.verifier</name><value>DEFAULT</value></property>
```

## References
- Hadoop 3.3 manual, core-default.xml: https://hadoop.apache.org/docs/r3.3.6/hadoop-project-dist/hadoop-common/core-default.xml
- Hadoop 3.3 manual, Encrypted Shuffle: https://hadoop.apache.org/docs/r3.3.6/hadoop-mapreduce-client/hadoop-mapreduce-client-core/EncryptedShuffle.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.hadoop import Hadoop


@check("hadoop-host-name-not-verified", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=297)
def hadoop_host_name_not_verified(hadoop: Hadoop) -> Iterator[Diagnostic]:
    name = "hadoop.ssl.hostname.verifier"
    for scope in hadoop.deciding[:1]:
        if known(scope.text(name)).upper() == "ALLOW_ALL":
            yield fail(
                "Certificates are accepted for whatever host they are made out",
                at=scope.where(name),
                expected=f"{name} DEFAULT",
            )
