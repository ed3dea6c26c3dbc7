"""Envoy does not check whom it hands requests to.

## Why it matters
Without `trusted_ca` Envoy takes any certificate of the server behind it. Whoever gets in between, with a certificate made a
minute ago, receives every request with its passwords and records.

## Bad: the default
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
      transport_socket:  # <-
        name: envoy.transport_sockets.tls
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext
          sni: records.internal
```

## Bad: what fails is let through
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
              trust_chain_verification: ACCEPT_UNTRUSTED  # <-
```

## Bad: a field that Envoy passes over
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
            validation_context:  # <-
              system_root_certs: {}
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

## Good: one certificate only
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
              verify_certificate_spki: [NvqYIYSbgK2vCJpQhObf77vv+bQWtc5ek5RIOwPiC9A=]
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
      transport_socket:
        name: envoy.transport_sockets.tls
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext
          sni: records.internal
```

## Fix
```yaml
common_tls_context:
  validation_context:
    trusted_ca: { filename: /etc/envoy/ca.pem }
    match_typed_subject_alt_names:
      - san_type: DNS
        matcher: { exact: records.internal }
```

## References
- Envoy 1.36 API, TLS transport socket: https://www.envoyproxy.io/docs/envoy/v1.36.0/api-v3/extensions/transport_sockets/tls/v3/tls.proto
- Envoy 1.36 API, common TLS configuration: https://www.envoyproxy.io/docs/envoy/v1.36.0/api-v3/extensions/transport_sockets/tls/v3/common.proto
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, Unknown, check, fail, not_evaluated
from auditor.technologies.envoy import Envoy

_MODE = ("common_tls_context", "validation_context", "trust_chain_verification")


@check("envoy-upstream-unverified", severity=HIGH, control=Control.ENCRYPTION_IN_TRANSIT, cwe=295)
def envoy_upstream_unverified(envoy: Envoy) -> Iterator[Diagnostic]:
    for cluster in envoy.clusters:
        tls = cluster.tls
        if tls is None or (cluster.hosts and not cluster.remote):
            continue
        if isinstance(tls, Unknown):
            yield not_evaluated(f"whether the cluster {cluster.name} has TLS is not known: {tls.reason}")
        elif tls.is_fetched and not tls.names_authority:
            yield not_evaluated(f"by what the cluster {cluster.name} verifies servers is fetched from elsewhere")
        elif not (tls.names_authority or tls.pins) and (tls.takes_all or not cluster.checks_name_by_itself):
            host = cluster.remote[0] if cluster.remote else f"the cluster {cluster.name}"
            yield fail(
                f"The cluster {cluster.name} takes any certificate of {host}",
                at=tls.where(*_MODE) if tls.validation is not None else tls.at,
                key=cluster.name,
                expected="trusted_ca and match_typed_subject_alt_names",
            )
