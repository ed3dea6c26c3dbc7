"""Tell nginx's configuration from everything else, including the look-alikes with braces."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_NOT = tuple(".yml .yaml .json .tf .py .sh .xml .toml .properties .ini .md .env .service".split())
_NAME = lazy(r"(?:.*[._-])?(?:nginx|openresty)(?:[._-].*)?|default\.conf(?:\..*)?|.*\.vhost|.*\.nginx")
_BLOCK = lazy(r"^[ \t]*(http|server|location|upstream|stream|events|map|geo)\b([^;{}#\n]*)\{", re.MULTILINE)
_LINE = lazy(
    r"(?:^|[{;])[ \t]*(listen|server_name|proxy_pass|root|alias|fastcgi_pass|uwsgi_pass|grpc_pass|try_files|access_log|"
    r"add_header|"
    r"proxy_set_header|ssl_certificate|ssl_certificate_key|ssl_protocols|ssl_ciphers|ssl_session_cache|return|rewrite|"
    r"client_max_body_size|worker_connections|worker_processes|include|sendfile|keepalive_timeout|limit_req_zone|"
    r"proxy_http_version|proxy_read_timeout|auth_basic|deny|allow|index|default_type|gzip|resolver|server_tokens|"
    r"log_format|expires|autoindex|internal|stub_status)\b[^\n]*;",
    re.MULTILINE,
)  # fmt: skip
_MASKED = lazy(r"\{\{[^{}\n]*\}\}|\{%[^%\n]*%\}|\{#[^#\n]*#\}")
_OTHER = lazy(r"^[ \t]*(?:zone|options|function|resource|variable)\b.*\{", re.MULTILINE)
_OWN = frozenset(
    {
        "proxy_pass", "fastcgi_pass", "uwsgi_pass", "grpc_pass", "try_files", "proxy_set_header", "add_header",
        "ssl_certificate", "server_name", "client_max_body_size", "ssl_protocols", "ssl_session_cache", "sendfile",
        "limit_req_zone", "proxy_http_version", "auth_basic", "worker_connections", "worker_processes", "log_format",
        "listen", "access_log", "server_tokens", "autoindex", "stub_status",
    }
)  # fmt: skip
"""Directives of nginx; `include`, `root` and the like are words of other programs too."""


def recognise(name: str, path: str, head: str) -> Recognition | None:
    """Return why the file is nginx's, None if it is not."""
    if ";" not in head or head.startswith("#!") or name.endswith(_NOT):
        return None
    if "{" not in head and "nginx" not in path.lower():
        return None
    text = _MASKED.sub("x", head)
    blocks = {match[1] for match in _BLOCK.finditer(text)}
    lines = {match[1] for match in _LINE.finditer(text)}
    own = lines & _OWN
    named = _NAME.fullmatch(name) is not None
    if _is_block_of_nginx(text, blocks, own) or (named and "http" in blocks and lines and not _foreign(text)):
        if named:
            return Recognition("named like an nginx configuration, with its blocks", 3)
        return Recognition(f"blocks and directives of nginx ({', '.join(sorted(own)[:3])})", 2)
    if named and not blocks and own and _only_directives(text):
        return Recognition("named like an nginx configuration, with its directives", 2)
    if "nginx" in path.lower() and len(own) >= 1 and _only_directives(text) and name.endswith((".conf", ".inc", ".j2")):
        return Recognition("in a folder of nginx, with its directives", 1)
    return None


def _is_block_of_nginx(text: str, blocks: set[str], own: set[str]) -> bool:
    if not own or _foreign(text):
        return False
    if blocks & {"http", "server", "stream", "events"}:
        return True
    return bool(blocks & {"location", "upstream"}) and bool(own)


def _foreign(text: str) -> bool:
    """Tell whether it reads like a program that only looks similar: Logstash, BIND, JavaScript, HCL."""
    return "=>" in text or _OTHER.search(text) is not None


def _only_directives(text: str) -> bool:
    """Tell whether every line that says something ends as nginx's lines do."""
    lines = [line.split(" #")[0].strip() for line in text.split("\n")]
    lines = [line for line in lines if line and not line.startswith("#") and line.strip("x")]
    ended = sum(line.endswith((";", "{", "}")) for line in lines)
    return bool(lines) and ended * 10 >= len(lines) * 8


TECHNOLOGY = Registered(
    "nginx",
    "nginx",
    "auditor.technologies.nginx:NGINX",
    recognise,
    words=("nginx", "openresty"),
    files="nginx.conf and included files",
    versions="1.18 to 1.27",
    compared_with="nginx 1.22",
)
