"""Envoy lets requests without a token through.

## Why it matters
With `allow_missing` a request without a token passes, and with `allow_missing_or_failed` one with a forged token does.
Unless a later filter looks at what the token said, everybody gets in.

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
                  - name: envoy.filters.http.jwt_authn
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication
                      providers:
                        clinic:
                          issuer: https://login.clinic.example
                          local_jwks: { filename: /etc/envoy/jwks.json }
                      rules:
                        - match: { prefix: / }
                          requires:
                            requires_any:
                              requirements:
                                - provider_name: clinic
                                - allow_missing: {}  # <-
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

## Bad: forged tokens too
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
                  - name: envoy.filters.http.jwt_authn
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication
                      providers:
                        clinic:
                          issuer: https://login.clinic.example
                          local_jwks: { filename: /etc/envoy/jwks.json }
                      rules:
                        - match: { prefix: / }
                          requires: { allow_missing_or_failed: {} }  # <-
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
                  - name: envoy.filters.http.jwt_authn
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication
                      providers:
                        clinic:
                          issuer: https://login.clinic.example
                          local_jwks: { filename: /etc/envoy/jwks.json }
                      rules:
                        - match: { prefix: / }
                          requires: { provider_name: clinic }
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

## Good: a later filter decides
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
                  - name: envoy.filters.http.jwt_authn
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication
                      providers:
                        clinic:
                          issuer: https://login.clinic.example
                          local_jwks: { filename: /etc/envoy/jwks.json }
                      rules:
                        - match: { prefix: / }
                          requires: { allow_missing: {} }
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

## Fix
```yaml
rules:
  - match: { prefix: / }
    requires: { provider_name: clinic }
```

## References
- Envoy 1.36 API, JWT authentication: https://www.envoyproxy.io/docs/envoy/v1.36.0/api-v3/extensions/filters/http/jwt_authn/v3/config.proto
"""

from collections.abc import Iterator

from auditor.api import HIGH, Control, Diagnostic, check, fail
from auditor.technologies.envoy import Envoy, Manager, Message, field_of, message_at, messages, place_of

_KINDS = {"allow_missing": "without a token", "allow_missing_or_failed": "without a token or with a forged one"}
_DEEPEST = 4


def _decides_later(manager: Manager) -> bool:
    """Tell whether a filter that enforces something may look at what the token said."""
    enforced = [rbac for rbac in manager.filters("RBAC") if field_of(rbac, "rules") or field_of(rbac, "matcher")]
    return bool(enforced) or manager.has_filter("ExtAuthz") or manager.has_filter("Lua")


def _optional(requirement: Message | None, depth: int = 0) -> Iterator[tuple[str, Message]]:
    """Yield the ways in which a requirement lets requests through without a good token."""
    if requirement is None or depth > _DEEPEST:
        return
    for name in _KINDS:
        if field_of(requirement, name) is not None:
            yield name, requirement
    for inner in messages(requirement, "requires_any", "requirements"):
        yield from _optional(inner, depth + 1)


@check("envoy-token-optional", severity=HIGH, control=Control.AUTHENTICATION, cwe=306)
def envoy_token_optional(envoy: Envoy) -> Iterator[Diagnostic]:
    for listener, _, manager in envoy.managers():
        if _decides_later(manager):
            continue
        for config in manager.filters("JwtAuthentication"):
            for rule in messages(config, "rules"):
                for name, requirement in _optional(message_at(rule, "requires")):
                    yield fail(
                        f"The listener {listener.name} lets requests through {_KINDS[name]}",
                        at=place_of(requirement, name),
                        severity=listener.exposure.scale(HIGH),
                        key=f"{listener.name} {name}",
                        expected="provider_name",
                    )
