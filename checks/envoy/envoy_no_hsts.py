"""Envoy does not tell browsers to come back with https only.

## Why it matters
Without `Strict-Transport-Security` the first request of each visit can go out in clear text, and somebody on the network
can keep the browser there. Envoy adds the header where `response_headers_to_add` says so: at a route, then at its virtual
host, then at the route configuration, which can also take it away again.

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
                        - match: { prefix: / }  # <-
                          direct_response: { status: 200 }
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

## Bad: for ten minutes
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
                      response_headers_to_add:
                        - header: { key: Strict-Transport-Security, value: max-age=600 }
                      routes:
                        - match: { prefix: / }  # <-
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

## Bad: taken away by the route configuration
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
                  response_headers_to_remove: [Strict-Transport-Security]
                  virtual_hosts:
                    - name: records
                      domains: ["*"]
                      routes:
                        - match: { prefix: / }  # <-
                          direct_response: { status: 200 }
                          response_headers_to_add:
                            - header: { key: strict-transport-security, value: max-age=63072000 }
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
                route_config:
                  virtual_hosts:
                    - name: records
                      domains: ["*"]
                      response_headers_to_add:
                        - header: { key: Strict-Transport-Security, value: max-age=63072000 }
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

## Good: the route configuration writes over a short one
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
                  response_headers_to_add:
                    - header: { key: Strict-Transport-Security, value: "max-age=63072000; includeSubDomains" }
                      append_action: OVERWRITE_IF_EXISTS_OR_ADD
                  virtual_hosts:
                    - name: records
                      domains: ["*"]
                      response_headers_to_add:
                        - header: { key: Strict-Transport-Security, value: max-age=600 }
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

## Good: no TLS, where browsers pass the header over
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
                          direct_response: { status: 200 }
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
- name: records
  domains: ["*"]
  response_headers_to_add:
    - header: { key: Strict-Transport-Security, value: max-age=63072000 }
```

## References
- Envoy 1.36 API, HTTP route components, response_headers_to_add: https://www.envoyproxy.io/docs/envoy/v1.36.0/api-v3/config/route/v3/route_components.proto
- RFC 6797, HTTP Strict Transport Security
"""

import re
from collections.abc import Iterator

from auditor.api import MEDIUM, Control, Diagnostic, Unknown, check, fail, lazy, not_evaluated
from auditor.technologies.envoy import Envoy, Tls, answer_header

_MONTH = 30 * 86_400
_AGE = lazy(r"(?:^|;)\s*max-age\s*=\s*\"?(\d+)", re.IGNORECASE)


@check("envoy-no-hsts", severity=MEDIUM, control=Control.ENCRYPTION_IN_TRANSIT, cwe=523)
def envoy_no_hsts(envoy: Envoy) -> Iterator[Diagnostic]:
    for listener, chain, manager in envoy.managers():
        routes = (
            [(host, route) for host in manager.hosts for route in host.reachable] if isinstance(chain.tls, Tls) else []
        )
        for host, route in routes:
            if route.kind not in {"route", "answer"} or route.is_probe:
                continue
            value = answer_header("strict-transport-security", manager, host, route)
            what = f"the route {route.path or host.name} of the listener {listener.name}"
            if isinstance(value, Unknown):
                yield not_evaluated(f"whether {what} adds Strict-Transport-Security is not known: {value.reason}")
                continue
            if value is None and route.kind == "route":
                yield not_evaluated(f"the program behind {what} may send Strict-Transport-Security itself")
                continue
            age = _AGE.search(value or "")
            seconds = int(age[1]) if age else 0
            if seconds < _MONTH:
                tells = (
                    f"tells browsers to use https for {seconds} seconds"
                    if seconds
                    else "never tells browsers to use https"
                )
                yield fail(
                    f"{what[0].upper()}{what[1:]} {tells}",
                    at=route.at,
                    severity=listener.exposure.scale(MEDIUM),
                    key=f"{listener.name} {host.name} {route.path}",
                    expected="Strict-Transport-Security with max-age=63072000",
                )
