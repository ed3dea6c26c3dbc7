"""Hadoop's key management server takes every client for the user whom it names.

## Why it matters
The KMS holds the keys of all encryption zones. With the type `simple`, the default, the name in the request is taken
for granted: whoever reaches the port has files decrypted that he may not read, and deletes keys, and with them the
data.

## Bad: the default
```xml conf/kms-site.xml
<configuration>
  <property><name>hadoop.kms.key.provider.uri</name><value>jceks://file@/srv/kms/kms.jceks</value></property>
</configuration>
```

## Bad
```xml conf/kms-site.xml
<configuration>
  <property><name>hadoop.kms.key.provider.uri</name><value>jceks://file@/srv/kms/kms.jceks</value></property>
  <property><name>hadoop.kms.authentication.type</name><value>simple</value></property>  # <-
</configuration>
```

## Good
```xml conf/kms-site.xml
<configuration>
  <property><name>hadoop.kms.key.provider.uri</name><value>jceks://file@/srv/kms/kms.jceks</value></property>
  <property><name>hadoop.kms.authentication.type</name><value>kerberos</value></property>
</configuration>
```

## Good: the cluster's own method stands beside it
```xml conf/core-site.xml
<configuration>
  <property><name>fs.defaultFS</name><value>hdfs://namenode.clinic.example:8020</value></property>
  <property><name>hadoop.security.authentication</name><value>simple</value></property>
</configuration>
```
```xml conf/kms-site.xml
<configuration>
  <property><name>hadoop.kms.key.provider.uri</name><value>jceks://file@/srv/kms/kms.jceks</value></property>
  <property><name>hadoop.kms.authentication.type</name><value>kerberos</value></property>
</configuration>
```

## Fix
```xml
<property><name>hadoop.kms.authentication.type</name><value>kerberos</value></property>
```

## References
- Hadoop 3.3 manual, Hadoop Key Management Server: https://hadoop.apache.org/docs/r3.3.6/hadoop-kms/index.html
"""

from collections.abc import Iterator

from auditor.api import CRITICAL, Control, Diagnostic, check, fail, known
from auditor.technologies.hadoop import Kms


@check("hadoop-kms-no-authentication", severity=CRITICAL, control=Control.AUTHENTICATION, cwe=306)
def hadoop_kms_no_authentication(kms: Kms) -> Iterator[Diagnostic]:
    name = "hadoop.kms.authentication.type"
    if known(kms.text(name)).lower() == "simple":
        yield fail(
            f"Whoever reaches the KMS may call himself any user; {kms.exposure.reason}",
            at=kms.where(name),
            severity=kms.exposure.scale(CRITICAL),
            expected=f"{name} kerberos",
        )
