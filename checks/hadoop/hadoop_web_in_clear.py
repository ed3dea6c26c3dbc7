"""Hadoop's web pages and REST interfaces are served without TLS.

## Why it matters
The NameNode's port 9870 and the DataNodes' 9864 serve WebHDFS: whole files, and delegation tokens in the address. The
pages of YARN and of the history server show logs and configurations of jobs. All of them are plain HTTP by default,
and `HTTP_AND_HTTPS` leaves that port open. YARN knows no such value and serves plain HTTP with it.

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

## Bad: also with TLS
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
  <property><name>dfs.http.policy</name><value>HTTP_AND_HTTPS</value></property>  # <-
</configuration>
```

## Bad: YARN
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
  <property><name>dfs.http.policy</name><value>HTTPS_ONLY</value></property>
</configuration>
```
```xml conf/yarn-site.xml
<configuration>
  <property><name>yarn.nodemanager.aux-services</name><value>mapreduce_shuffle</value></property>
  <property><name>yarn.http.policy</name><value>HTTP_ONLY</value></property>  # <-
</configuration>
```

## Bad: YARN, where nothing is known of HDFS
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
</configuration>
```
```xml conf/yarn-site.xml
<configuration>
  <property><name>yarn.nodemanager.local-dirs</name><value>/srv/yarn</value></property>
  <property><name>yarn.http.policy</name><value>HTTP_ONLY</value></property>  # <-
</configuration>
```

## Good
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.security.authentication</name><value>kerberos</value></property>
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
  <property><name>dfs.http.policy</name><value>HTTPS_ONLY</value></property>
</configuration>
```

## Good: the variable is read by YARN's files only
```yaml compose.yaml
services:
  resourcemanager:
    image: apache/hadoop:3.3.6
    command: ["yarn", "resourcemanager"]
    environment:
      CORE-SITE.XML_fs.defaultFS: hdfs://namenode:8020
      YARN-SITE.XML_yarn.http.policy: HTTPS_ONLY
```

## Fix
```xml
<property><name>dfs.http.policy</name><value>HTTPS_ONLY</value></property>
```
`yarn.http.policy` in `yarn-site.xml` and `mapreduce.jobhistory.http.policy` in `mapred-site.xml` likewise, with the key
store named in `ssl-server.xml`.

## References
- Hadoop 3.3 manual, hdfs-default.xml: https://hadoop.apache.org/docs/r3.3.6/hadoop-project-dist/hadoop-hdfs/hdfs-default.xml
- Hadoop 3.3 manual, yarn-default.xml: https://hadoop.apache.org/docs/r3.3.6/hadoop-yarn/hadoop-yarn-common/yarn-default.xml
- Hadoop 3.3 manual, mapred-default.xml: https://hadoop.apache.org/docs/r3.3.6/hadoop-mapreduce-client/hadoop-mapreduce-client-core/mapred-default.xml
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.hadoop import Hadoop, Purpose


@check("hadoop-web-in-clear", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def hadoop_web_in_clear(hadoop: Hadoop) -> Iterator[Diagnostic]:
    reach = hadoop.reaches[Purpose.WEB]
    policies = (
        (hadoop.hdfs, "dfs.http.policy", "WebHDFS and the pages of HDFS"),
        (hadoop.yarn, "yarn.http.policy", "The pages and the REST interface of YARN"),
        (hadoop.mapred, "mapreduce.jobhistory.http.policy", "The pages of the history server"),
    )
    for scope, name, pages in policies:
        policy = scope.text(name) if scope is not None else "HTTPS_ONLY"
        if isinstance(policy, Unknown):
            yield not_evaluated(policy.reason)
        elif scope is not None and policy.upper() != "HTTPS_ONLY":
            yield fail(
                f"{pages} are served over plain HTTP; {reach.reason}",
                at=scope.where(name),
                severity=reach.scale(HIGH),
                key=name,
                expected=f"{name} HTTPS_ONLY",
            )
