"""OpenSearch listens on every address of its host.

## Why it matters
A node that listens everywhere is reachable from each network that the host is ever attached to, and one mistake in a
firewall publishes it.

## Bad
```yaml opensearch.yml
network.host: 0.0.0.0  # <-
discovery.type: single-node
plugins.security.disabled: true
```

## Good
```yaml opensearch.yml
network.host: 10.20.0.5
discovery.type: single-node
plugins.security.disabled: true
```

## Good: no address at all is the loopback address
```yaml opensearch.yml
cluster.name: clinic
plugins.security.disabled: true
```

## Fix
Name the addresses on which clients and other nodes connect.

```yaml
network.host: [_local_, 10.20.0.5]
```

## References
- OpenSearch documentation 2.x, "Network settings": https://docs.opensearch.org/2.19/install-and-configure/configuring-opensearch/network-settings/
"""

from collections.abc import Iterator

from auditor.api import HIGH, LOW, Control, Diagnostic, check, fail, known
from auditor.technologies.opensearch import OpenSearch


@check("opensearch-binds-all-interfaces", severity=HIGH, control=Control.NETWORK_EXPOSURE, cwe=1327)
def opensearch_binds_all_interfaces(node: OpenSearch) -> Iterator[Diagnostic]:
    if node.in_container:  # a container has to listen on all of its own addresses; what matters is what is published
        return
    everywhere = known(node.listens_everywhere)
    if everywhere:
        safe = known(node.security) and known(node.http_tls)
        yield fail(
            f"{node.product} listens on every address of its host ({', '.join(everywhere)})",
            at=node.where(node.listening_setting),
            severity=LOW if safe else HIGH,
            expected="network.host with the addresses that clients use",
        )
