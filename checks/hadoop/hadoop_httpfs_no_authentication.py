"""HttpFS takes every client for the user whom it names.

## Why it matters
HttpFS serves all of HDFS over HTTP. With the type `simple`, the default, the `user.name` in the address is taken for
granted, even where HDFS itself asks for Kerberos: HttpFS acts for the client then.

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
  <property><name>httpfs.authentication.type</name><value>simple</value></property>  # <-
</configuration>
```

## Good
```xml conf/httpfs-site.xml
<configuration>
  <property><name>httpfs.proxyuser.hue.hosts</name><value>10.20.0.5</value></property>
  <property><name>httpfs.authentication.type</name><value>kerberos</value></property>
</configuration>
```

## Good: a later property counts
```xml conf/httpfs-site.xml
<configuration>
  <property><name>httpfs.proxyuser.hue.hosts</name><value>10.20.0.5</value></property>
  <property><name>httpfs.authentication.type</name><value>simple</value></property>
  <property><name>httpfs.authentication.type</name><value>kerberos</value></property>
</configuration>
```

## Fix
```xml
<property><name>httpfs.authentication.type</name><value>kerberos</value></property>
```

## References
- Hadoop 3.3 manual, Hadoop HDFS over HTTP (HttpFS): https://hadoop.apache.org/docs/r3.3.6/hadoop-hdfs-httpfs/index.html
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail, known, not_evaluated
from auditor.technologies.hadoop import HttpFs


@check("hadoop-httpfs-no-authentication", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=306)
def hadoop_httpfs_no_authentication(httpfs: HttpFs) -> Iterator[Diagnostic]:
    own, common = "httpfs.authentication.type", "hadoop.http.authentication.type"
    method = known(httpfs.text(own))
    if not method and httpfs.scope.is_explicit(common) and known(httpfs.text(common)).lower() != "simple":
        yield not_evaluated(f"only newer releases of HttpFS read {common}")
    elif method.lower() in {"", "simple"}:
        yield fail(
            f"Whoever reaches HttpFS may call himself any user of HDFS; {httpfs.exposure.reason}",
            at=httpfs.where(own),
            severity=httpfs.exposure.scale(CRITICAL),
            expected=f"{own} kerberos",
        )
