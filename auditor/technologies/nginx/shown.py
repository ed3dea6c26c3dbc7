"""The settings that a report shows of an nginx server."""

from auditor.model.setting import Origin, Setting, Settings
from auditor.model.unknown import Unknown

from .levels import Level
from .locations import head_of
from .service import Nginx

_SHOWN = frozenset(
    {
        "listen", "ssl_protocols", "ssl_ciphers", "ssl_verify_client", "return", "allow", "deny", "satisfy",
        "auth_basic", "auth_request", "autoindex", "root", "alias", "client_max_body_size", "server_tokens",
        "access_log", "error_log", "add_header", "proxy_ssl_verify", "dav_methods", "user", "limit_req",
    }
)  # fmt: skip
_SOURCE = "nginx manual, {module}, 1.22-1.29"
_DEFAULTS = (
    ("server_tokens", "on", "ngx_http_core_module"),
    ("client_max_body_size", "1m", "ngx_http_core_module"),
    ("autoindex", "off", "ngx_http_autoindex_module"),
    ("proxy_ssl_verify", "off", "ngx_http_proxy_module"),
    ("access_log", "logs/access.log combined", "ngx_http_log_module"),
)


def shown_settings(nginx: Nginx) -> Settings:
    """Return what is written and bears on security, by block and directive, and the defaults of the http block."""
    settings = Settings()
    if nginx.http is not None and not nginx.http.open:
        for name, value, module in _DEFAULTS:
            settings.set(Setting(name, value, Origin.DEFAULT, source=_SOURCE.format(module=module)))
    own = Origin.FILE if nginx.origin == "file" else Origin.IMAGE
    for level in nginx.main.walk():
        label = _label(level)
        for line in level.lines:
            if line.name not in _SHOWN:
                continue
            name = f"{label}{line.name}"
            before = settings.get(name)
            words = line.texts()
            shown: str | Unknown = words if isinstance(words, Unknown) else " ".join(words)
            repeated = before is not None and before.origin is not Origin.DEFAULT
            if repeated and before is not None and isinstance(before.value, str) and isinstance(shown, str):
                shown = f"{before.value}; {shown}"
            settings.set(Setting(name, shown, own if line.at == nginx.at else Origin.FILE, line.at))
    return settings


def _label(level: Level) -> str:
    parts: list[str] = []
    step: Level | None = level
    while step is not None and step.kind not in {"main", "http"}:
        if step.kind == "server":
            names = [word for line in step.own("server_name") for word in line.words if isinstance(word, str)]
            parts.append(f"server {names[0]}" if names else "server")
        elif step.kind == "location":
            head = head_of(step)
            parts.append("location" if isinstance(head, Unknown) else str(head))
        else:
            parts.append(step.kind)
        step = step.parent
    return ", ".join(reversed(parts)) + ": " if parts else ""
