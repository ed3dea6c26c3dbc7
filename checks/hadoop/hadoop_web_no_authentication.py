"""Hadoop's web pages ask nobody who is there.

## Why it matters
By default the filter of the web pages takes every visitor for the user `dr.who`, and the type `simple` takes the name
in the address for granted. Logs, metrics and configurations are open to everybody, and so is YARN's REST interface,
which starts programs. The filter `AuthenticationFilterInitializer` with the type `kerberos` closes them; HDFS needs
both.

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

## Bad: the filter takes any name
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
  <property><name>hadoop.http.filter.initializers</name><value>org.apache.hadoop.security.AuthenticationFilterInitializer</value></property>
  <property><name>hadoop.http.authentication.type</name><value>simple</value></property>  # <-
  <property><name>hadoop.http.authentication.simple.anonymous.allowed</name><value>false</value></property>
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
</configuration>
```

## Bad: the type without the filter
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
  <property><name>hadoop.http.authentication.type</name><value>kerberos</value></property>
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
  <property><name>hadoop.http.filter.initializers</name><value>org.apache.hadoop.security.AuthenticationFilterInitializer</value></property>
  <property><name>hadoop.http.authentication.type</name><value>kerberos</value></property>
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
</configuration>
```

## Good: among other filters
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
  <property><name>hadoop.http.filter.initializers</name><value>org.apache.hadoop.security.HttpCrossOriginFilterInitializer, org.apache.hadoop.security.AuthenticationFilterInitializer</value></property>
  <property><name>hadoop.http.authentication.type</name><value>kerberos</value></property>
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
  <name>hadoop.http.filter.initializers</name>
  <value>org.apache.hadoop.security.AuthenticationFilterInitializer</value>
</property>
<property><name>hadoop.http.authentication.type</name><value>kerberos</value></property>
<property><name>hadoop.http.authentication.simple.anonymous.allowed</name><value>false</value></property>
```

## References
- Hadoop 3.3 manual, Authentication for Hadoop HTTP web-consoles: https://hadoop.apache.org/docs/r3.3.6/hadoop-project-dist/hadoop-common/HttpAuthentication.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.hadoop import Hadoop, Purpose, asks_who


@check("hadoop-web-no-authentication", severity=HIGH, control=Control.AUTHENTICATION, cwe=306)
def hadoop_web_no_authentication(hadoop: Hadoop) -> Iterator[Diagnostic]:
    kind, anonymous = "hadoop.http.authentication.type", "hadoop.http.authentication.simple.anonymous.allowed"
    reach = hadoop.reaches[Purpose.WEB]
    for scope in hadoop.deciding:
        if known(scope.text(kind)).lower() == "simple":
            lets_in = known(scope.flag(anonymous))
            reason = "let everybody in" if lets_in else "take the name in the address for granted"
            at = scope.where(anonymous if lets_in and scope.is_explicit(anonymous) else kind)
        # The ResourceManager puts the filter in by itself where the list is the default.
        elif scope is hadoop.hdfs and not known(asks_who(scope)):
            reason, at = "have no filter that asks for a log-in", scope.where("hadoop.http.filter.initializers")
        else:
            continue
        yield fail(
            f"The web pages of {scope.title} {reason}; {reach.reason}",
            at=at,
            severity=reach.scale(HIGH),
            expected="AuthenticationFilterInitializer in hadoop.http.filter.initializers, with the type kerberos",
        )
        return
