"""Envoy asks for a client certificate and lets clients in without one.

## Why it matters
A `trusted_ca` towards clients verifies the certificates that are shown; who shows none gets in, unless
`require_client_certificate` is true. Without a `trusted_ca` that does nothing. If nothing looks at the result, the
certificates protect nothing.

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
          transport_socket:  # <-
            name: envoy.transport_sockets.tls
            typed_config:
              "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext
              common_tls_context:
                tls_certificates:
                  - certificate_chain: { filename: /etc/envoy/site.pem }
                    private_key: { filename: /etc/envoy/site.key }
                validation_context:
                  trusted_ca: { filename: /etc/envoy/partners.pem }
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

## Bad: required, and nothing to verify it by
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
              require_client_certificate: true  # <-
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

## Bad: required, and any will do
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
              require_client_certificate: true  # <-
              common_tls_context:
                tls_certificates:
                  - certificate_chain: { filename: /etc/envoy/site.pem }
                    private_key: { filename: /etc/envoy/site.key }
                validation_context:
                  trusted_ca: { filename: /etc/envoy/partners.pem }
                  trust_chain_verification: ACCEPT_UNTRUSTED
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
              require_client_certificate: true
              common_tls_context:
                tls_certificates:
                  - certificate_chain: { filename: /etc/envoy/site.pem }
                    private_key: { filename: /etc/envoy/site.key }
                validation_context:
                  trusted_ca: { filename: /etc/envoy/partners.pem }
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

## Good: the application is told
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
                forward_client_cert_details: SANITIZE_SET
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
                validation_context:
                  trusted_ca: { filename: /etc/envoy/partners.pem }
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

## Good: a name that only a certificate has
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
                validation_context:
                  trusted_ca: { filename: /etc/envoy/partners.pem }
                  match_typed_subject_alt_names:
                    - san_type: DNS
                      matcher: { suffix: .partner.example }
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

## Fix
```yaml
require_client_certificate: true
```

## References
- Envoy 1.36 API, TLS transport socket: https://www.envoyproxy.io/docs/envoy/v1.36.0/api-v3/extensions/transport_sockets/tls/v3/tls.proto
- Envoy 1.36 API, common TLS configuration: https://www.envoyproxy.io/docs/envoy/v1.36.0/api-v3/extensions/transport_sockets/tls/v3/common.proto
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail, known
from auditor.technologies.envoy import Envoy, Manager, Tls, is_on, text_at


def _looks(manager: Manager) -> bool:
    """Tell whether rules may look at the certificate, or the application is told of it."""
    details = text_at(manager.config, "forward_client_cert_details")
    return details not in {None, "SANITIZE"} or manager.has_filter("RBAC") or manager.has_filter("ExtAuthz")


@check("envoy-client-certificate-optional", severity=HIGH, control=Control.AUTHENTICATION, cwe=295)
def envoy_client_certificate_optional(envoy: Envoy) -> Iterator[Diagnostic]:
    for listener in envoy.listeners:
        for chain in listener.chains:
            tls = chain.tls
            if not isinstance(tls, Tls) or tls.is_fetched or any(_looks(manager) for manager in chain.managers):
                continue
            demanded = known(tls.demands_certificate)
            if demanded and not tls.takes_any_certificate:
                continue
            if known(is_on(tls.context, "require_client_certificate")) or tls.validation is not None:
                how = "with any certificate" if demanded else "without a certificate"
                yield fail(
                    f"The listener {listener.name} lets clients in {how}, and nothing looks at the result",
                    at=tls.where("require_client_certificate"),
                    severity=listener.exposure.scale(HIGH),
                    key=listener.name,
                    expected="require_client_certificate true, and a trusted_ca",
                )
