"""Pages of any site may read what Hadoop answers.

## Why it matters
With cross-origin requests on and `*` for the origins, which is the default, a page that a member of staff opens can
read Hadoop's web pages and REST interfaces from his browser, inside the network.

## Bad: the default of the origins
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.http.cross-origin.enabled</name><value>true</value></property>  # <-
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
</configuration>
```

## Bad
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.http.cross-origin.enabled</name><value>true</value></property>
  <property><name>hadoop.http.cross-origin.allowed-origins</name><value>https://hue.clinic.example, *</value></property>  # <-
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
  <property><name>hadoop.http.cross-origin.enabled</name><value>true</value></property>
  <property><name>hadoop.http.cross-origin.allowed-origins</name><value>https://hue.clinic.example</value></property>
</configuration>
```
```xml conf/hdfs-site.xml
<configuration>
  <property><name>dfs.namenode.name.dir</name><value>/srv/hdfs/name</value></property>
</configuration>
```

## Good: not switched on
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.http.cross-origin.allowed-origins</name><value>*</value></property>
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
  <name>hadoop.http.cross-origin.allowed-origins</name>
  <value>https://hue.clinic.example</value>
</property>
```

## References
- Hadoop 3.3 manual, Authentication for Hadoop HTTP web-consoles (CORS): https://hadoop.apache.org/docs/r3.3.6/hadoop-project-dist/hadoop-common/HttpAuthentication.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.hadoop import Hadoop

_CORS = "hadoop.http.cross-origin"


@check("hadoop-cors-any-origin", severity=MEDIUM, control=Control.INFORMATION_DISCLOSURE, cwe=942)
def hadoop_cors_any_origin(hadoop: Hadoop) -> Iterator[Diagnostic]:
    for scope in hadoop.deciding[:1]:
        origins = f"{_CORS}.allowed-origins"
        if known(scope.flag(f"{_CORS}.enabled")) and "*" in known(scope.words(origins)):
            yield fail(
                "Pages of every site may read the answers of Hadoop's web interfaces",
                at=scope.where(origins if scope.is_explicit(origins) else f"{_CORS}.enabled"),
                expected=f"{origins} with the sites that need it",
            )
