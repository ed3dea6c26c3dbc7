"""Calls to Hadoop's daemons cross the network in clear text.

## Why it matters
`hadoop.rpc.protection` lists what a client may choose: `authentication` encrypts nothing, `integrity` only signs, and
only `privacy` encrypts. As long as one of the others stands in the list, a client may take it. Without Kerberos the
property does nothing at all. Calls carry file names, delegation tokens and job configurations.

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

## Bad: a client may choose
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
  <property><name>hadoop.rpc.protection</name><value>privacy,authentication</value></property>  # <-
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
</configuration>
```

## Bad: without effect, since Kerberos is off
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.rpc.protection</name><value>privacy</value></property>  # <-
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
  <property><name>hadoop.rpc.protection</name><value> Privacy </value></property>
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
</configuration>
```

## Fix
```xml
<property><name>hadoop.rpc.protection</name><value>privacy</value></property>
```

## References
- Hadoop 3.3 manual, Hadoop in Secure Mode: https://hadoop.apache.org/docs/r3.3.6/hadoop-project-dist/hadoop-common/SecureMode.html (section Data confidentiality)
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.hadoop import Hadoop, Purpose


@check("hadoop-calls-in-clear", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def hadoop_calls_in_clear(hadoop: Hadoop) -> Iterator[Diagnostic]:
    name = "hadoop.rpc.protection"
    reach = hadoop.reaches[Purpose.RPC]
    for scope in hadoop.deciding:
        weaker = [word for word in known(scope.words(name)) if word.lower() != "privacy"]
        secure = known(scope.uses_kerberos)
        if weaker or not secure:
            reason = (
                f"it offers {weaker[0]}, which encrypts nothing" if secure else "nothing is encrypted without Kerberos"
            )
            yield fail(
                f"Calls to {scope.title} cross the network in clear text: {reason}; {reach.reason}",
                at=scope.where(name),
                severity=reach.scale(HIGH),
                expected=f"{name} privacy, with Kerberos",
            )
            return
