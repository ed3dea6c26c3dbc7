r"""Solr leaves its entries in ZooKeeper to everybody.

## Why it matters
SolrCloud keeps security.json, configurations and cluster state in ZooKeeper. By default it gives everybody every right to
them: whoever reaches ZooKeeper replaces security.json, and with it the users, without asking Solr.

## Bad
```yaml compose.yaml
services:
  search:
    image: solr:9.9  # <-
    environment:
      ZK_HOST: zookeeper:2181
```

## Bad: prepared for the command line tools only
```text solr.in.sh
SOLR_JETTY_HOST="10.20.0.5"
ZK_HOST="zk1.clinic.example:2181/solr" # <-
SOLR_ZK_CREDS_AND_ACLS="-DzkACLProvider=org.apache.solr.common.cloud.DigestZkACLProvider"
```

## Good
```text solr.in.sh
SOLR_JETTY_HOST="10.20.0.5"
ZK_HOST="zk1.clinic.example:2181/solr"
SOLR_ZK_CREDS_AND_ACLS="-DzkACLProvider=org.apache.solr.common.cloud.DigestZkACLProvider \
  -DzkCredentialsProvider=org.apache.solr.common.cloud.DigestZkCredentialsProvider \
  -DzkDigestCredentialsFile=/etc/solr/zookeeper.properties"
SOLR_OPTS="$SOLR_OPTS $SOLR_ZK_CREDS_AND_ACLS"
```
```xml solr.xml
<solr>
  <solrcloud>
    <str name="zkACLProvider">${zkACLProvider:org.apache.solr.common.cloud.DefaultZkACLProvider}</str>
  </solrcloud>
</solr>
```

## Good: no SolrCloud
```yaml compose.yaml
services:
  search:
    image: solr:9.9
    command: solr-precreate patients
```

## Fix
```text
SOLR_ZK_CREDS_AND_ACLS="-DzkACLProvider=org.apache.solr.common.cloud.DigestZkACLProvider \
  -DzkCredentialsProvider=org.apache.solr.common.cloud.DigestZkCredentialsProvider \
  -DzkDigestCredentialsFile=/etc/solr/zookeeper.properties"
SOLR_OPTS="$SOLR_OPTS $SOLR_ZK_CREDS_AND_ACLS"
```

## References
- Solr Reference Guide 9.9, "ZooKeeper Access Control": https://solr.apache.org/guide/solr/9_9/deployment-guide/zookeeper-access-control.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.solr import Solr


@check("solr-zookeeper-open", severity=HIGH, control=Control.AUTHORIZATION, cwe=732)
def solr_zookeeper_open(solr: Solr) -> Iterator[Diagnostic]:
    if known(solr.is_cloud) and not known(solr.has_zookeeper_acls):
        yield fail(
            "Whoever reaches ZooKeeper may change Solr's users, configurations and cluster state",
            at=solr.at if solr.in_container else solr.where("ZK_HOST"),
            severity=HIGH.lowered(1) if solr.in_container else HIGH,
            expected="an ACL provider, -DzkACLProvider, in SOLR_OPTS",
        )
