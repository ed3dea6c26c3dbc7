"""Hadoop's key management server serves clients of other hosts without TLS.

## Why it matters
Clients fetch the keys of files from the KMS. Without TLS, the default, everybody on the way reads them.

## Bad: the default
```xml conf/kms-site.xml
<configuration>
  <property><name>hadoop.kms.key.provider.uri</name><value>jceks://file@/srv/kms/kms.jceks</value></property>
  <property><name>hadoop.kms.authentication.type</name><value>kerberos</value></property>
</configuration>
```

## Bad
```xml conf/kms-site.xml
<configuration>
  <property><name>hadoop.kms.key.provider.uri</name><value>jceks://file@/srv/kms/kms.jceks</value></property>
  <property><name>hadoop.kms.authentication.type</name><value>kerberos</value></property>
  <property><name>hadoop.kms.ssl.enabled</name><value>false</value></property>  # <-
</configuration>
```

## Good
```xml conf/kms-site.xml
<configuration>
  <property><name>hadoop.kms.key.provider.uri</name><value>jceks://file@/srv/kms/kms.jceks</value></property>
  <property><name>hadoop.kms.authentication.type</name><value>kerberos</value></property>
  <property><name>hadoop.kms.ssl.enabled</name><value>true</value></property>
</configuration>
```

## Good: only the proxy on the same host reaches it
```xml conf/kms-site.xml
<configuration>
  <property><name>hadoop.kms.key.provider.uri</name><value>jceks://file@/srv/kms/kms.jceks</value></property>
  <property><name>hadoop.kms.authentication.type</name><value>kerberos</value></property>
  <property><name>hadoop.kms.http.host</name><value>127.0.0.1</value></property>
</configuration>
```

## Fix
```xml
<property><name>hadoop.kms.ssl.enabled</name><value>true</value></property>
```
with the key store in `ssl-server.xml`.

## References
- Hadoop 3.3 manual, Hadoop Key Management Server: https://hadoop.apache.org/docs/r3.3.6/hadoop-kms/index.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.hadoop import Kms


@check("hadoop-kms-no-tls", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def hadoop_kms_no_tls(kms: Kms) -> Iterator[Diagnostic]:
    if not kms.exposure.is_loopback and not known(kms.flag("hadoop.kms.ssl.enabled")):
        yield fail(
            f"The KMS hands out keys over plain HTTP; {kms.exposure.reason}",
            at=kms.where("hadoop.kms.ssl.enabled"),
            severity=kms.exposure.scale(HIGH),
            expected="hadoop.kms.ssl.enabled true",
        )
