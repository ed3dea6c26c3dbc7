"""The nodes of a NiFi cluster talk to each other without TLS.

## Why it matters
Nodes of NiFi 1 send each other heartbeats, the flow with all its settings and the records that are spread over the
cluster. Without `nifi.cluster.protocol.is.secure` none of it is encrypted, and a node needs no certificate to join: a
foreign one gets a copy of the flow and a share of the records.

## Bad
```text nifi.properties
nifi.web.http.host=nifi1.example.org
nifi.web.http.port=8080
nifi.templates.directory=./conf/templates
nifi.sensitive.props.key=made-up-for-this-page-0123456789abcdef
nifi.cluster.is.node=true
nifi.cluster.node.protocol.port=11443
nifi.cluster.protocol.is.secure=false # <-
```

## Bad: variables of the image
```yaml compose.yaml
services:
  nifi:
    image: apache/nifi:1.23.2
    environment:
      NIFI_WEB_HTTP_PORT: "8080" # <-
      NIFI_CLUSTER_IS_NODE: "true"
      NIFI_SENSITIVE_PROPS_KEY: ${NIFI_KEY:-made-up-for-this-page-0123456789abcdef}
      NIFI_CLUSTER_NODE_PROTOCOL_PORT: "11443"
      NIFI_ZK_CONNECT_STRING: zk:2181
```

## Good
```text nifi.properties
nifi.web.https.host=nifi1.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.templates.directory=./conf/templates
nifi.sensitive.props.key=made-up-for-this-page-0123456789abcdef
nifi.cluster.is.node=true
nifi.cluster.node.protocol.port=11443
nifi.cluster.protocol.is.secure=true
```

## Good: no cluster
```text nifi.properties
nifi.web.https.host=nifi1.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.templates.directory=./conf/templates
nifi.cluster.is.node=false
nifi.cluster.protocol.is.secure=false
```

## Fix
```text
nifi.web.http.port=
nifi.web.https.port=8443
nifi.cluster.protocol.is.secure=true
```

## References
- System Administrator's Guide, NiFi 1.28.1, "Cluster Common Properties":
  https://nifi.apache.org/docs/nifi-docs/html/administration-guide.html
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known, not_evaluated
from auditor.technologies.nifi import NiFi

_SECURE = "nifi.cluster.protocol.is.secure"


@check(
    "nifi-cluster-in-clear",
    severity=HIGH,
    control=Control.ENCRYPTION_IN_TRANSIT,
    also=(Control.AUTHENTICATION,),
    cwe=319,
)
def nifi_cluster_in_clear(nifi: NiFi) -> Iterator[Diagnostic]:
    # NiFi 2 no longer asks this property: TLS follows the port of the interface.
    if nifi.versions.is_at_least(2, 0) or not known(nifi.is_node) or known(nifi.flag(_SECURE)):
        return
    if not nifi.versions.is_below(2, 0):
        yield not_evaluated("NiFi 2 does not read nifi.cluster.protocol.is.secure, and the version is not known")
        return
    yield fail(
        "Heartbeats, the flow and records cross between the nodes without TLS",
        at=nifi.where(_SECURE),
        severity=nifi.exposure.scale(HIGH),
        expected=f"{_SECURE}=true",
    )
