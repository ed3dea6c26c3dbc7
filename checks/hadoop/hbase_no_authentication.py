"""HBase takes every client for the user whom it names.

## Why it matters
With the method `simple`, the default, a client says which user it is and nobody checks. Whoever reaches the master
and the region servers reads and changes every table.

## Bad: the default
```xml conf/hbase-site.xml
<configuration>
  <property><name>hbase.rootdir</name><value>hdfs://namenode.clinic.example:8020/hbase</value></property>
</configuration>
```

## Bad
```xml conf/hbase-site.xml
<configuration>
  <property><name>hbase.rootdir</name><value>hdfs://namenode.clinic.example:8020/hbase</value></property>
  <property><name>hbase.security.authentication</name><value>simple</value></property>  # <-
</configuration>
```

## Good
```xml conf/hbase-site.xml
<configuration>
  <property><name>hbase.rootdir</name><value>hdfs://namenode.clinic.example:8020/hbase</value></property>
  <property><name>hbase.security.authentication</name><value>kerberos</value></property>
</configuration>
```

## Good: included
```xml conf/hbase-site.xml
<configuration xmlns:xi="http://www.w3.org/2001/XInclude">
  <property><name>hbase.rootdir</name><value>hdfs://namenode.clinic.example:8020/hbase</value></property>
  <xi:include href="security-site.xml"/>
</configuration>
```
```xml conf/security-site.xml
<configuration>
  <property><name>hbase.security.authentication</name><value>kerberos</value></property>
</configuration>
```

## Fix
```xml
<property><name>hbase.security.authentication</name><value>kerberos</value></property>
<property><name>hbase.security.authorization</name><value>true</value></property>
```

## References
- HBase 2 Reference Guide, Securing Apache HBase: https://hbase.apache.org/book.html#security
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail, known
from auditor.technologies.hadoop import HBase


@check("hbase-no-authentication", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=306)
def hbase_no_authentication(hbase: HBase) -> Iterator[Diagnostic]:
    name = "hbase.security.authentication"
    if known(hbase.text(name)).lower() != "kerberos":
        yield fail(
            f"Whoever reaches HBase may call himself any user; {hbase.exposure.reason}",
            at=hbase.where(name),
            severity=hbase.exposure.scale(CRITICAL),
            expected=f"{name} kerberos",
        )
