"""HBase's web pages are served without TLS.

## Why it matters
The pages of master and region servers show tables, keys of regions and configurations, over plain HTTP by default.

## Bad: the default
```xml conf/hbase-site.xml
<configuration>
  <property><name>hbase.rootdir</name><value>hdfs://namenode.clinic.example:8020/hbase</value></property>
  <property><name>hbase.security.authentication</name><value>kerberos</value></property>
</configuration>
```

## Bad
```xml conf/hbase-site.xml
<configuration>
  <property><name>hbase.rootdir</name><value>hdfs://namenode.clinic.example:8020/hbase</value></property>
  <property><name>hbase.security.authentication</name><value>kerberos</value></property>
  <property><name>hbase.ssl.enabled</name><value>false</value></property>  # <-
</configuration>
```

## Good
```xml conf/hbase-site.xml
<configuration>
  <property><name>hbase.rootdir</name><value>hdfs://namenode.clinic.example:8020/hbase</value></property>
  <property><name>hbase.security.authentication</name><value>kerberos</value></property>
  <property><name>hbase.ssl.enabled</name><value>true</value></property>
</configuration>
```

## Good: no pages at all
```xml conf/hbase-site.xml
<configuration>
  <property><name>hbase.rootdir</name><value>hdfs://namenode.clinic.example:8020/hbase</value></property>
  <property><name>hbase.security.authentication</name><value>kerberos</value></property>
  <property><name>hbase.master.info.port</name><value>-1</value></property>
  <property><name>hbase.regionserver.info.port</name><value>-1</value></property>
</configuration>
```

## Fix
```xml
<property><name>hbase.ssl.enabled</name><value>true</value></property>
```
with the key store in `ssl-server.xml`.

## References
- HBase 2 Reference Guide, Securing Apache HBase: https://hbase.apache.org/book.html#security
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.hadoop import HBase


@check("hbase-web-in-clear", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def hbase_web_in_clear(hbase: HBase) -> Iterator[Diagnostic]:
    ports = {known(hbase.text("hbase.master.info.port")), known(hbase.text("hbase.regionserver.info.port"))}
    if ports != {"-1"} and not known(hbase.flag("hbase.ssl.enabled")):
        yield fail(
            f"The web pages of HBase are served over plain HTTP; {hbase.exposure.reason}",
            at=hbase.where("hbase.ssl.enabled"),
            severity=hbase.exposure.scale(MEDIUM),
            expected="hbase.ssl.enabled true",
        )
