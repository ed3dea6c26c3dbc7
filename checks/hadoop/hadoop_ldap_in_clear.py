"""Hadoop asks the directory for groups without TLS.

## Why it matters
The password with which Hadoop logs in to the directory crosses the network in clear text. Whoever stands in between
also answers in the directory's place, and puts himself into the group of administrators.

## Bad
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
  <property><name>hadoop.security.group.mapping</name><value>org.apache.hadoop.security.LdapGroupsMapping</value></property>
  <property><name>hadoop.security.group.mapping.ldap.url</name><value>ldap://ldap.clinic.example</value></property>  # <-
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
  <property><name>hadoop.security.group.mapping</name><value>org.apache.hadoop.security.LdapGroupsMapping</value></property>
  <property><name>hadoop.security.group.mapping.ldap.url</name><value>ldaps://ldap.clinic.example</value></property>
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
</configuration>
```

## Good: TLS is switched on apart
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
  <property><name>hadoop.security.group.mapping</name><value>org.apache.hadoop.security.LdapGroupsMapping</value></property>
  <property><name>hadoop.security.group.mapping.ldap.url</name><value>ldap://ldap.clinic.example</value></property>
  <property><name>hadoop.security.group.mapping.ldap.ssl</name><value>true</value></property>
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
</configuration>
```

## Good: another mapping is in use
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
  <property><name>hadoop.security.group.mapping.ldap.url</name><value>ldap://ldap.clinic.example</value></property>
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
  <name>hadoop.security.group.mapping.ldap.url</name>
  <value>ldaps://ldap.clinic.example</value>
</property>
```

## References
- Hadoop 3.3 manual, Hadoop Groups Mapping: https://hadoop.apache.org/docs/r3.3.6/hadoop-project-dist/hadoop-common/GroupsMapping.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.hadoop import Hadoop

_MAPPING = "hadoop.security.group.mapping"


@check("hadoop-ldap-in-clear", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def hadoop_ldap_in_clear(hadoop: Hadoop) -> Iterator[Diagnostic]:
    for scope in hadoop.deciding[:1]:
        if not known(scope.text(_MAPPING)).endswith(".LdapGroupsMapping") or known(scope.flag(f"{_MAPPING}.ldap.ssl")):
            continue
        in_clear = [url for url in known(scope.words(f"{_MAPPING}.ldap.url")) if url.lower().startswith("ldap://")]
        if in_clear and not all("//localhost" in url or "//127." in url for url in in_clear):
            yield fail(
                "Hadoop logs in to the directory over a connection without TLS",
                at=scope.where(f"{_MAPPING}.ldap.url"),
                expected="an ldaps:// address",
            )
