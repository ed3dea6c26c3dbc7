"""Envoy's access rules are only tried out.

## Why it matters
`shadow_rules` count what they would have refused and refuse nothing. Without `rules` beside them the filter protects
nothing, although the configuration reads as if it did. So it is with rules whose action is `LOG`.

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
                normalize_path: true
                route_config:
                  virtual_hosts:
                    - name: records
                      domains: ["*"]
                      routes:
                        - match: { prefix: / }
                          route: { cluster: records }
                http_filters:
                  - name: envoy.filters.http.rbac
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC
                      shadow_rules:  # <-
                        action: ALLOW
                        policies:
                          staff:
                            permissions: [{ url_path: { path: { prefix: / } } }]
                            principals: [{ metadata: { filter: envoy.filters.http.jwt_authn, path: [{ key: sub }], value: { present_match: true } } }]
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

## Bad: only written to the log
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
                normalize_path: true
                route_config:
                  virtual_hosts:
                    - name: records
                      domains: ["*"]
                      routes:
                        - match: { prefix: / }
                          route: { cluster: records }
                http_filters:
                  - name: envoy.filters.http.rbac
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC
                      rules:
                        action: LOG  # <-
                        policies:
                          staff:
                            permissions: [{ url_path: { path: { prefix: / } } }]
                            principals: [{ metadata: { filter: envoy.filters.http.jwt_authn, path: [{ key: sub }], value: { present_match: true } } }]
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
                normalize_path: true
                route_config:
                  virtual_hosts:
                    - name: records
                      domains: ["*"]
                      routes:
                        - match: { prefix: / }
                          route: { cluster: records }
                http_filters:
                  - name: envoy.filters.http.rbac
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC
                      rules:
                        action: ALLOW
                        policies:
                          staff:
                            permissions: [{ url_path: { path: { prefix: / } } }]
                            principals: [{ metadata: { filter: envoy.filters.http.jwt_authn, path: [{ key: sub }], value: { present_match: true } } }]
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

## Good: new rules beside those in force
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
                normalize_path: true
                route_config:
                  virtual_hosts:
                    - name: records
                      domains: ["*"]
                      routes:
                        - match: { prefix: / }
                          route: { cluster: records }
                http_filters:
                  - name: envoy.filters.http.rbac
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC
                      rules:
                        action: ALLOW
                        policies:
                          staff:
                            permissions: [{ url_path: { path: { prefix: / } } }]
                            principals: [{ metadata: { filter: envoy.filters.http.jwt_authn, path: [{ key: sub }], value: { present_match: true } } }]
                      shadow_rules: { action: DENY, policies: {} }
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

## Fix
```yaml
"@type": type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC
rules:
  action: ALLOW
```

## References
- Envoy 1.36 API, RBAC filter: https://www.envoyproxy.io/docs/envoy/v1.36.0/api-v3/extensions/filters/http/rbac/v3/rbac.proto
"""

from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, check, fail
from auditor.technologies.envoy import Envoy, field_of, place_of, text_at

_COUNTED = ("shadow_rules", "shadow_matcher")


@check("envoy-rbac-not-enforced", severity=MEDIUM, control=Control.AUTHORIZATION, cwe=862)
def envoy_rbac_not_enforced(envoy: Envoy) -> Iterator[Diagnostic]:
    for listener, _, manager in envoy.managers():
        for config in manager.filters("RBAC"):
            counted = next((name for name in _COUNTED if field_of(config, name) is not None), None)
            logs_only = text_at(config, "rules", "action") == "LOG"
            if not logs_only and (counted is None or field_of(config, "rules") or field_of(config, "matcher")):
                continue
            yield fail(
                f"The access rules of the listener {listener.name} refuse nothing: they are only "
                + ("written to the log" if logs_only else "counted"),
                at=place_of(config, "rules", "action") if logs_only else place_of(config, counted or ""),
                severity=listener.exposure.scale(MEDIUM),
                key=listener.name,
                expected="rules with the action ALLOW or DENY",
            )
