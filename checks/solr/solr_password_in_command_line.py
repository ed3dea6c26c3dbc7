r"""A password stands on Solr's command line.

## Why it matters
What SOLR_OPTS and SOLR_AUTHENTICATION_OPTS hold becomes an argument of Java: every account of the host reads it with `ps`,
and it ends up in crash reports and monitoring. It does not help that the variable itself comes from a secret store.

## Bad
```text solr.in.sh
SOLR_JETTY_HOST="127.0.0.1"
SOLR_AUTH_TYPE="basic"
SOLR_AUTHENTICATION_OPTS="-Dbasicauth=solr:sample-only-Kq7Vt2Zx" # <-
```

## Bad: the digest for ZooKeeper, brought in by another variable
```text solr.in.sh
SOLR_JETTY_HOST="127.0.0.1"
ZK_HOST="zk1.clinic.example:2181/solr"
SOLR_ZK_CREDS_AND_ACLS="-DzkACLProvider=org.apache.solr.common.cloud.DigestZkACLProvider \
  -DzkDigestUsername=solr -DzkDigestPassword=sample-only-Kq7Vt2Zx" # <-
SOLR_OPTS="$SOLR_OPTS $SOLR_ZK_CREDS_AND_ACLS"
```

## Bad: on the command line of a unit
```ini etc/systemd/system/solr.service
[Service]
User=solr
ExecStart=/opt/solr/bin/solr start -f -a "-Djavax.net.ssl.trustStorePassword=sample-only-Kq7Vt2Zx"  # <-
```

## Good: in files
```text solr.in.sh
SOLR_JETTY_HOST="127.0.0.1"
SOLR_AUTH_TYPE="basic"
SOLR_AUTHENTICATION_OPTS="-Dsolr.httpclient.config=/etc/solr/client.properties"
SOLR_OPTS="$SOLR_OPTS -DzkDigestCredentialsFile=/etc/solr/zookeeper.properties"
```

## Good: Solr hands this variable on in the environment
```text solr.in.sh
SOLR_JETTY_HOST="127.0.0.1"
SOLR_SSL_KEY_STORE=etc/server.p12
SOLR_SSL_KEY_STORE_PASSWORD=$STORE_PASSWORD
```

## Fix
Keep the values in files that only Solr's account reads:

```text
SOLR_AUTHENTICATION_OPTS="-Dsolr.httpclient.config=/etc/solr/client.properties"
SOLR_OPTS="$SOLR_OPTS -DzkDigestCredentialsFile=/etc/solr/zookeeper.properties"
```

## References
- Solr Reference Guide 9.9, "Basic Authentication Plugin", Using Basic Auth with SolrJ: https://solr.apache.org/guide/solr/9_9/deployment-guide/basic-authentication-plugin.html
- Solr Reference Guide 9.9, "ZooKeeper Access Control" (zkDigestCredentialsFile): https://solr.apache.org/guide/solr/9_9/deployment-guide/zookeeper-access-control.html
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.solr import Solr


@check("solr-password-in-command-line", severity=MEDIUM, control=Control.PLAINTEXT_SECRET, cwe=214)
def solr_password_in_command_line(solr: Solr) -> Iterator[Diagnostic]:
    for name in solr.passwords_as_arguments:
        yield fail(
            f"{name} is an argument of Java, which every account of the host can read",
            at=solr.where(name),
            key=name,
            expected="a file that only Solr's account reads",
        )
