"""Envoy hands requests to another host in clear text.

## Why it matters
TLS that ends at Envoy protects nothing behind it. Whoever listens on the inner network, which is where an intruder
arrives first, reads passwords and records, and changes them.

## Bad
```yaml envoy.yaml
static_resources:
  listeners:
    - name: web
      address:
        socket_address: { address: 0.0.0.0, port_value: 8443 }
      filter_chains:
        - filters:
            - name: envoy.filters.network.http_connection_manager
              typed_config:
                "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                stat_prefix: web
                route_config:
                  virtual_hosts:
                    - name: records
                      domains: ["*"]
                      routes:
                        - match: { prefix: / }
                          route: { cluster: records }
          transport_socket:
            name: envoy.transport_sockets.tls
            typed_config:
              "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext
              common_tls_context:
                tls_certificates:
                  - certificate_chain: { filename: /etc/envoy/site.pem }
                    private_key: { filename: /etc/envoy/site.key }
  clusters:
    - name: records
      connect_timeout: 1s
      load_assignment:
        cluster_name: records
        endpoints:
          - lb_endpoints:
              - endpoint:
                  address:
                    socket_address: { address: 10.20.0.7, port_value: 8000 }  # <-
```

## Good
```yaml envoy.yaml
static_resources:
  listeners:
    - name: web
      address:
        socket_address: { address: 0.0.0.0, port_value: 8443 }
      filter_chains:
        - filters:
            - name: envoy.filters.network.http_connection_manager
              typed_config:
                "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                stat_prefix: web
                route_config:
                  virtual_hosts:
                    - name: records
                      domains: ["*"]
                      routes:
                        - match: { prefix: / }
                          route: { cluster: records }
          transport_socket:
            name: envoy.transport_sockets.tls
            typed_config:
              "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext
              common_tls_context:
                tls_certificates:
                  - certificate_chain: { filename: /etc/envoy/site.pem }
                    private_key: { filename: /etc/envoy/site.key }
  clusters:
    - name: records
      connect_timeout: 1s
      load_assignment:
        cluster_name: records
        endpoints:
          - lb_endpoints:
              - endpoint:
                  address:
                    socket_address: { address: 10.20.0.7, port_value: 8000 }
      transport_socket:
        name: envoy.transport_sockets.tls
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext
          sni: records.internal
          common_tls_context:
            validation_context:
              trusted_ca: { filename: /etc/envoy/ca.pem }
              match_typed_subject_alt_names:
                - san_type: DNS
                  matcher: { exact: records.internal }
```

## Good: the same host
```yaml envoy.yaml
static_resources:
  listeners:
    - name: web
      address:
        socket_address: { address: 0.0.0.0, port_value: 8443 }
      filter_chains:
        - filters:
            - name: envoy.filters.network.http_connection_manager
              typed_config:
                "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                stat_prefix: web
                route_config:
                  virtual_hosts:
                    - name: records
                      domains: ["*"]
                      routes:
                        - match: { prefix: / }
                          route: { cluster: records }
          transport_socket:
            name: envoy.transport_sockets.tls
            typed_config:
              "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext
              common_tls_context:
                tls_certificates:
                  - certificate_chain: { filename: /etc/envoy/site.pem }
                    private_key: { filename: /etc/envoy/site.key }
  clusters:
    - name: records
      connect_timeout: 1s
      load_assignment:
        cluster_name: records
        endpoints:
          - lb_endpoints:
              - endpoint:
                  address:
                    socket_address: { address: 127.0.0.1, port_value: 8000 }
```

## Good: no route leads there
```yaml envoy.yaml
static_resources:
  listeners:
    - name: web
      address:
        socket_address: { address: 0.0.0.0, port_value: 8443 }
      filter_chains:
        - filters:
            - name: envoy.filters.network.http_connection_manager
              typed_config:
                "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                stat_prefix: web
                route_config:
                  virtual_hosts:
                    - name: records
                      domains: ["*"]
                      routes:
                        - match: { prefix: / }
                          route: { cluster: records }
          transport_socket:
            name: envoy.transport_sockets.tls
            typed_config:
              "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext
              common_tls_context:
                tls_certificates:
                  - certificate_chain: { filename: /etc/envoy/site.pem }
                    private_key: { filename: /etc/envoy/site.key }
  clusters:
    - name: records
      connect_timeout: 1s
      load_assignment:
        cluster_name: records
        endpoints:
          - lb_endpoints:
              - endpoint:
                  address:
                    socket_address: { address: 127.0.0.1, port_value: 8000 }
    - name: tracing
      connect_timeout: 1s
      load_assignment:
        cluster_name: tracing
        endpoints:
          - lb_endpoints:
              - endpoint:
                  address:
                    socket_address: { address: 10.20.0.9, port_value: 9411 }
```

## Fix
```yaml
transport_socket:
  name: envoy.transport_sockets.tls
  typed_config:
    "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext
    sni: records.internal
```

## References
- Envoy 1.36 API, cluster: https://www.envoyproxy.io/docs/envoy/v1.36.0/api-v3/config/cluster/v3/cluster.proto
- Envoy 1.36 API, TLS transport socket: https://www.envoyproxy.io/docs/envoy/v1.36.0/api-v3/extensions/transport_sockets/tls/v3/tls.proto
- Envoy 1.36 API, common TLS configuration: https://www.envoyproxy.io/docs/envoy/v1.36.0/api-v3/extensions/transport_sockets/tls/v3/common.proto
"""

from collections.abc import Iterator

from auditor.api import HIGH, MEDIUM, Control, Diagnostic, Unknown, check, fail, is_neighbour, not_evaluated
from auditor.technologies.envoy import Envoy


@check("envoy-upstream-in-clear", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=319)
def envoy_upstream_in_clear(envoy: Envoy) -> Iterator[Diagnostic]:
    for cluster in envoy.used_clusters():
        if isinstance(cluster.tls, Unknown):
            yield not_evaluated(f"whether the cluster {cluster.name} has TLS is not known: {cluster.tls.reason}")
        elif cluster.tls is None and cluster.remote:
            first, *others = cluster.remote
            yield fail(
                f"The cluster {cluster.name} hands requests to {first} in clear text"
                + (f", and so it does to {len(others)} more servers" if others else ""),
                at=cluster.hosts_at,
                severity=MEDIUM if all(is_neighbour(host) for host in cluster.remote) else HIGH,
                key=cluster.name,
                expected="a transport_socket with UpstreamTlsContext",
            )
