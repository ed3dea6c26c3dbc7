"""Files that packages put beside nginx's configuration and that are included without being in a repository."""

from collections.abc import Mapping
from typing import Final

HARMLESS: Final = frozenset(
    {
        "mime.types", "fastcgi_params", "fastcgi.conf", "fastcgi-php.conf", "uwsgi_params", "scgi_params", "koi-utf",
        "koi-win", "win-utf", "mime-types.conf",
    }
)  # fmt: skip
"""They hold types, character sets and parameters for application servers only (nginx 1.22 of Debian 12)."""

CONTENTS: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {
    "proxy_params": (
        ("proxy_set_header", "Host", "$http_host"),
        ("proxy_set_header", "X-Real-IP", "$remote_addr"),
        ("proxy_set_header", "X-Forwarded-For", "$proxy_add_x_forwarded_for"),
        ("proxy_set_header", "X-Forwarded-Proto", "$scheme"),
    ),
    "snakeoil.conf": (
        ("ssl_certificate", "/etc/ssl/certs/ssl-cert-snakeoil.pem"),
        ("ssl_certificate_key", "/etc/ssl/private/ssl-cert-snakeoil.key"),
    ),
    "options-ssl-nginx.conf": (
        ("ssl_session_cache", "shared:le_nginx_SSL:10m"),
        ("ssl_session_timeout", "1440m"),
        ("ssl_session_tickets", "off"),
        ("ssl_protocols", "TLSv1.2", "TLSv1.3"),
        ("ssl_prefer_server_ciphers", "off"),
        ("ssl_ciphers", "ECDHE+AESGCM:ECDHE+CHACHA20:DHE+AESGCM"),
    ),
}
"""Debian 12's proxy_params and snakeoil.conf; Certbot's options-ssl-nginx.conf (since 1.9, 2020), in short."""
