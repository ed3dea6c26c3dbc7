"""Calls to HBase cross the network in clear text.

## Why it matters
`hbase.rpc.protection` lists what a client may choose. `authentication`, the default, encrypts nothing, `integrity`
only signs; only `privacy` encrypts, and only with Kerberos. Calls carry the rows of tables.

## Bad: the default
```xml conf/hbase-site.xml
<configuration>
  <property><name>hbase.rootdir</name><value>hdfs://namenode.clinic.example:8020/hbase</value></property>
  <property><name>hbase.security.authentication</name><value>kerberos</value></property>
</configuration>
```

## Bad: a client may choose
```xml conf/hbase-site.xml
<configuration>
  <property><name>hbase.rootdir</name><value>hdfs://namenode.clinic.example:8020/hbase</value></property>
  <property><name>hbase.security.authentication</name><value>kerberos</value></property>
  <property><name>hbase.rpc.protection</name><value>authentication,privacy</value></property>  # <-
</configuration>
```

## Bad: without effect, since Kerberos is off
```xml conf/hbase-site.xml
<configuration>
  <property><name>hbase.rootdir</name><value>hdfs://namenode.clinic.example:8020/hbase</value></property>
  <property><name>hbase.rpc.protection</name><value>privacy</value></property>  # <-
</configuration>
```

## Good
```xml conf/hbase-site.xml
<configuration>
  <property><name>hbase.rootdir</name><value>hdfs://namenode.clinic.example:8020/hbase</value></property>
  <property><name>hbase.security.authentication</name><value>kerberos</value></property>
  <property><name>hbase.rpc.protection</name><value>privacy</value></property>
</configuration>
```

## Fix
```xml
<property><name>hbase.rpc.protection</name><value>privacy</value></property>
```

## References
- HBase 2 Reference Guide, Securing Apache HBase: https://hbase.apache.org/book.html#security
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.hadoop import HBase


@check("hbase-calls-in-clear", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def hbase_calls_in_clear(hbase: HBase) -> Iterator[Diagnostic]:
    name = "hbase.rpc.protection"
    weaker = [word for word in known(hbase.scope.words(name)) if word.lower() != "privacy"]
    secure = known(hbase.text("hbase.security.authentication")).lower() == "kerberos"
    if weaker or not secure:
        reason = f"it offers {weaker[0]}, which encrypts nothing" if secure else "nothing is encrypted without Kerberos"
        yield fail(
            f"Rows of tables cross the network in clear text: {reason}; {hbase.exposure.reason}",
            at=hbase.where(name),
            severity=hbase.exposure.scale(HIGH),
            expected=f"{name} privacy, with Kerberos",
        )
