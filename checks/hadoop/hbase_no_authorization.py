"""HBase lets every user read and change every table.

## Why it matters
Permissions of tables and columns are checked by a coprocessor, the `AccessController`, or the one of Apache Ranger.
It has to be loaded, and `hbase.security.authorization` has to be true; the default is neither.

## Bad: the default
```xml conf/hbase-site.xml
<configuration>
  <property><name>hbase.rootdir</name><value>hdfs://namenode.clinic.example:8020/hbase</value></property>
  <property><name>hbase.security.authentication</name><value>kerberos</value></property>
</configuration>
```

## Bad: switched on, but nothing is loaded that checks
```xml conf/hbase-site.xml
<configuration>
  <property><name>hbase.rootdir</name><value>hdfs://namenode.clinic.example:8020/hbase</value></property>
  <property><name>hbase.security.authentication</name><value>kerberos</value></property>
  <property><name>hbase.security.authorization</name><value>true</value></property>  # <-
</configuration>
```

## Bad: loaded, but switched off
```xml conf/hbase-site.xml
<configuration>
  <property><name>hbase.rootdir</name><value>hdfs://namenode.clinic.example:8020/hbase</value></property>
  <property><name>hbase.security.authentication</name><value>kerberos</value></property>
  <property><name>hbase.coprocessor.region.classes</name><value>org.apache.hadoop.hbase.security.token.TokenProvider,org.apache.hadoop.hbase.security.access.AccessController</value></property>
  <property><name>hbase.security.authorization</name><value>false</value></property>  # <-
</configuration>
```

## Good
```xml conf/hbase-site.xml
<configuration>
  <property><name>hbase.rootdir</name><value>hdfs://namenode.clinic.example:8020/hbase</value></property>
  <property><name>hbase.security.authentication</name><value>kerberos</value></property>
  <property><name>hbase.security.authorization</name><value>true</value></property>
  <property><name>hbase.coprocessor.region.classes</name><value>org.apache.hadoop.hbase.security.token.TokenProvider,org.apache.hadoop.hbase.security.access.AccessController</value></property>
</configuration>
```

## Fix
```xml
<property><name>hbase.security.authorization</name><value>true</value></property>
<property>
  <name>hbase.coprocessor.region.classes</name>
  <value>org.apache.hadoop.hbase.security.access.AccessController</value>
</property>
<property>
  <name>hbase.coprocessor.master.classes</name>
  <value>org.apache.hadoop.hbase.security.access.AccessController</value>
</property>
```

## References
- HBase 2 Reference Guide, Securing Apache HBase: https://hbase.apache.org/book.html#security
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.hadoop import HBase

_CHECKING = (".AccessController", ".RangerAuthorizationCoprocessor")


@check("hbase-no-authorization", severity=HIGH, control=Control.AUTHORIZATION, cwe=862)
def hbase_no_authorization(hbase: HBase) -> Iterator[Diagnostic]:
    name = "hbase.security.authorization"
    loaded = known(hbase.scope.words("hbase.coprocessor.region.classes"))
    checked = any(word.endswith(_CHECKING) for word in loaded)
    if not known(hbase.flag(name)) or not checked:
        reason = (
            "no coprocessor is loaded that checks permissions" if known(hbase.flag(name)) else f"{name} is not true"
        )
        yield fail(
            f"Every user may read and change every table: {reason}; {hbase.exposure.reason}",
            at=hbase.where(name),
            severity=hbase.exposure.scale(HIGH),
            expected=f"{name} true, with the AccessController in hbase.coprocessor.region.classes",
        )
