"""Hadoop accepts TLS 1.0 or 1.1.

## Why it matters
`hadoop.ssl.enabled.protocols` lists what clients may choose for the web pages, the shuffle and the KMS. TLS 1.0 and
1.1 can be attacked and have been withdrawn; the default of Hadoop 3.3 is TLS 1.2 alone.

## Bad
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
  <property><name>hadoop.ssl.enabled.protocols</name><value>TLSv1,TLSv1.1,TLSv1.2</value></property>  # <-
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
  <property><name>hadoop.ssl.enabled.protocols</name><value>TLSv1.2, TLSv1.3</value></property>
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
</configuration>
```

## Good: final, so a later file adds nothing
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
  <property><name>hadoop.ssl.enabled.protocols</name><value>TLSv1.2</value><final>true</final></property>
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
  <property><name>hadoop.ssl.enabled.protocols</name><value>TLSv1</value></property>
</configuration>
```

## Fix
```xml
<property><name>hadoop.ssl.enabled.protocols</name><value>TLSv1.2,TLSv1.3</value></property>
```

## References
- Hadoop 3.3 manual, core-default.xml: https://hadoop.apache.org/docs/r3.3.6/hadoop-project-dist/hadoop-common/core-default.xml
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.hadoop import Hadoop

_OLD = frozenset({"SSLV2HELLO", "SSLV3", "TLSV1", "TLSV1.0", "TLSV1.1"})


@check("hadoop-old-tls", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=327)
def hadoop_old_tls(hadoop: Hadoop) -> Iterator[Diagnostic]:
    name = "hadoop.ssl.enabled.protocols"
    for scope in hadoop.deciding[:1]:
        old = [word for word in known(scope.words(name)) if word.upper() in _OLD]
        if old:
            yield fail(
                f"Hadoop accepts {' and '.join(old)}",
                at=scope.where(name),
                severity=hadoop.exposure.scale(MEDIUM),
                expected=f"{name} TLSv1.2,TLSv1.3",
            )
