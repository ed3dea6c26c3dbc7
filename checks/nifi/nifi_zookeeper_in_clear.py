"""A node of NiFi talks to ZooKeeper without TLS.

## Why it matters
ZooKeeper tells the nodes which of them leads the cluster, and keeps the state of processors (what was fetched already).
Whoever stands between them reads and changes both: records are then fetched twice, or never. TLS towards ZooKeeper is
off by default.

## Bad
```text nifi.properties
nifi.web.https.host=nifi1.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.cluster.is.node=true
nifi.sensitive.props.key=made-up-for-this-page-0123456789abcdef
nifi.zookeeper.connect.string=zk1.example.org:2181,zk2.example.org:2181 # <-
```

## Bad: said
```text nifi.properties
nifi.web.https.host=nifi1.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.cluster.is.node=true
nifi.sensitive.props.key=made-up-for-this-page-0123456789abcdef
nifi.zookeeper.connect.string=zk1.example.org:2181
nifi.zookeeper.client.secure=false # <-
```

## Good
```text nifi.properties
nifi.web.https.host=nifi1.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.cluster.is.node=true
nifi.sensitive.props.key=made-up-for-this-page-0123456789abcdef
nifi.zookeeper.connect.string=zk1.example.org:2281
nifi.zookeeper.client.secure=true
```

## Good: no cluster
```text nifi.properties
nifi.web.https.host=nifi1.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.cluster.is.node=false
nifi.zookeeper.connect.string=zk1.example.org:2181
```

## Good: Kubernetes elects the leader
```yaml compose.yaml
services:
  nifi:
    image: apache/nifi:2.4.0
    environment:
      NIFI_CLUSTER_IS_NODE: "true"
      NIFI_SENSITIVE_PROPS_KEY: ${NIFI_KEY:-made-up-for-this-page-0123456789abcdef}
      NIFI_CLUSTER_LEADER_ELECTION_IMPLEMENTATION: KubernetesLeaderElectionManager
      NIFI_STATE_MANAGEMENT_PROVIDER_CLUSTER: kubernetes-provider
      NIFI_ZK_CONNECT_STRING: zk1.example.org:2181
```

## Fix
Set `secureClientPort` in ZooKeeper, and in NiFi:

```text
nifi.zookeeper.connect.string=zk1.example.org:2281
nifi.zookeeper.client.secure=true
```

## References
- System Administrator's Guide, NiFi 2.11: https://nifi.apache.org/docs/nifi-docs/html/administration-guide.html, "Securing ZooKeeper with TLS"
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.nifi import NiFi

_SECURE = "nifi.zookeeper.client.secure"


@check("nifi-zookeeper-in-clear", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def nifi_zookeeper_in_clear(nifi: NiFi) -> Iterator[Diagnostic]:
    host = known(nifi.zookeeper_host)
    if host is not None and not known(nifi.flag(_SECURE)):
        said = nifi.settings.is_explicit(_SECURE)
        yield fail(
            f"The node talks to ZooKeeper on {host} without TLS",
            at=nifi.where(_SECURE if said else "nifi.zookeeper.connect.string"),
            expected=f"{_SECURE}=true",
        )
