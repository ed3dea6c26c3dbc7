"""HttpFS serves clients of other hosts without TLS.

## Why it matters
Whole files and delegation tokens cross the network in clear text.

## Bad: the default
```xml conf/httpfs-site.xml
<configuration>
  <property><name>httpfs.proxyuser.hue.hosts</name><value>10.20.0.5</value></property>
</configuration>
```

## Bad
```xml conf/httpfs-site.xml
<configuration>
  <property><name>httpfs.proxyuser.hue.hosts</name><value>10.20.0.5</value></property>
  <property><name>httpfs.ssl.enabled</name><value>false</value></property>  # <-
</configuration>
```

## Good
```xml conf/httpfs-site.xml
<configuration>
  <property><name>httpfs.proxyuser.hue.hosts</name><value>10.20.0.5</value></property>
  <property><name>httpfs.ssl.enabled</name><value>true</value></property>
</configuration>
```

## Good: only the proxy on the same host reaches it
```xml conf/httpfs-site.xml
<configuration>
  <property><name>httpfs.proxyuser.hue.hosts</name><value>10.20.0.5</value></property>
  <property><name>httpfs.http.hostname</name><value>localhost</value></property>
</configuration>
```

## Fix
```xml
<property><name>httpfs.ssl.enabled</name><value>true</value></property>
```

## References
- Hadoop 3.3 manual, Hadoop HDFS over HTTP (HttpFS): https://hadoop.apache.org/docs/r3.3.6/hadoop-hdfs-httpfs/index.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.hadoop import HttpFs


@check("hadoop-httpfs-no-tls", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def hadoop_httpfs_no_tls(httpfs: HttpFs) -> Iterator[Diagnostic]:
    if not httpfs.exposure.is_loopback and not known(httpfs.flag("httpfs.ssl.enabled")):
        yield fail(
            f"HttpFS serves files over plain HTTP; {httpfs.exposure.reason}",
            at=httpfs.where("httpfs.ssl.enabled"),
            severity=httpfs.exposure.scale(HIGH),
            expected="httpfs.ssl.enabled true",
        )
