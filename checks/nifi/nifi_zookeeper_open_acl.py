"""Anybody who reaches ZooKeeper may change the state of NiFi's processors.

## Why it matters
With `Access Control` at `Open`, its default, every client of ZooKeeper may read, change and delete what NiFi keeps
there: how far processors have read their sources. Records are then fetched again, or skipped without a trace.

## Bad
```text nifi.properties
nifi.web.https.host=nifi1.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.cluster.is.node=true
nifi.sensitive.props.key=made-up-for-this-page-0123456789abcdef
nifi.zookeeper.connect.string=zk1.example.org:2281
nifi.zookeeper.client.secure=true
nifi.state.management.provider.cluster=zk-provider
```
```xml state-management.xml
<stateManagement>
  <cluster-provider>
    <id>zk-provider</id>
    <class>org.apache.nifi.controller.state.providers.zookeeper.ZooKeeperStateProvider</class>
    <property name="Connect String">zk1.example.org:2281</property>
    <property name="Access Control">Open</property> <-
  </cluster-provider>
</stateManagement>
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
nifi.state.management.provider.cluster=zk-provider
```
```xml state-management.xml
<stateManagement>
  <cluster-provider>
    <id>zk-provider</id>
    <class>org.apache.nifi.controller.state.providers.zookeeper.ZooKeeperStateProvider</class>
    <property name="Connect String">zk1.example.org:2281</property>
    <property name="Access Control">CreatorOnly</property>
  </cluster-provider>
  <cluster-provider>
    <id>old-provider</id>
    <class>org.apache.nifi.controller.state.providers.zookeeper.ZooKeeperStateProvider</class>
    <property name="Access Control">Open</property>
  </cluster-provider>
</stateManagement>
```

## Good: a server that stands alone keeps its state itself
```text nifi.properties
nifi.web.https.host=nifi1.example.org
nifi.web.https.port=8443
nifi.security.user.authorizer=managed-authorizer
nifi.cluster.is.node=false
nifi.state.management.provider.cluster=zk-provider
```
```xml state-management.xml
<stateManagement>
  <cluster-provider>
    <id>zk-provider</id>
    <class>org.apache.nifi.controller.state.providers.zookeeper.ZooKeeperStateProvider</class>
    <property name="Access Control">Open</property>
  </cluster-provider>
</stateManagement>
```

## Fix
Let NiFi log in to ZooKeeper, by its certificate or Kerberos, and set:

```xml
<property name="Access Control">CreatorOnly</property>
```

## References
- System Administrator's Guide, NiFi 2.11: https://nifi.apache.org/docs/nifi-docs/html/administration-guide.html, "ZooKeeper Cluster State Provider" and "ZooKeeper Access Control"
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail, known
from auditor.technologies.nifi import NiFi

_PROPERTY = "Access Control"


@check("nifi-zookeeper-open-acl", severity=MEDIUM, control=Control.AUTHORIZATION, also=(Control.INTEGRITY,), cwe=732)
def nifi_zookeeper_open_acl(nifi: NiFi) -> Iterator[Diagnostic]:
    state = known(nifi.cluster_state) if known(nifi.is_node) else None
    if state is None or state.class_name != "ZooKeeperStateProvider":
        return
    if known(state.text(_PROPERTY)).lower() != "creatoronly":
        yield fail(
            "Every client of ZooKeeper may change and delete the state of the processors",
            at=state.where(_PROPERTY),
            expected="Access Control: CreatorOnly",
        )
