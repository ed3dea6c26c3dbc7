"""What Erlang terms set, in the keys of rabbitmq.conf. A key of an application replaces the whole of it.

Source: RabbitMQ 4.1 documentation, "Configuration", advanced.config; overriding as tried against 3.10.8.
"""

from collections.abc import Iterator
from typing import Final

from auditor.model.unknown import settle
from auditor.records import dataclass

from .conf import Line
from .erlang import Term

_PLAIN: Final = {
    "default_user": "default_user",
    "default_pass": "default_pass",
    "heartbeat": "heartbeat",
    "cluster_partition_handling": "cluster_partition_handling",
    "anonymous_login_user": "anonymous_login_user",
}
_PREFIXES: Final = {
    "tcp_listeners": "listeners.tcp",
    "ssl_listeners": "listeners.ssl",
    "loopback_users": "loopback_users",
    "auth_mechanisms": "auth_mechanisms",
    "auth_backends": "auth_backends",
    "ssl_options": "ssl_options",
    "disk_free_limit": "disk_free_limit",
    "cluster_nodes": "cluster_formation.classic_config.nodes",
    "log": "log",
}


@dataclass(frozen=True)
class Replacement:
    """What an application's key sets: all keys at or below `prefix` go, `lines` come."""

    prefix: str
    lines: tuple[Line, ...] = ()


def replacements(term: Term) -> Iterator[Replacement]:
    """Yield what the terms of an advanced.config or rabbitmq.config put in force."""
    for application, settings in term.pairs:
        for key, value in settings.pairs:
            if application == "rabbit":
                yield from _of_rabbit(key, value)
            elif application in {"rabbitmq_management", "rabbitmq_prometheus"} and key in {"tcp_config", "ssl_config"}:
                prefix = f"{application.removeprefix('rabbitmq_')}.{key.removesuffix('_config')}"
                yield Replacement(prefix, tuple(_options(prefix, value)))
            elif application == "rabbitmq_management" and key == "listener":
                is_tls = any(name == "ssl" and term.text == "true" for name, term in value.pairs)
                prefix = "management.ssl" if is_tls else "management.tcp"
                yield Replacement("management.listener", tuple(_options(prefix, value)))
            elif application == "rabbitmq_mqtt" and key in {"allow_anonymous", "default_user", "default_pass"}:
                yield Replacement(f"mqtt.{key}", (_line(f"mqtt.{key}", value),))
            elif application == "rabbitmq_management" and key == "cors_allow_origins":
                lines = (_line(f"management.cors.allow_origins.{n}", item) for n, item in enumerate(value.items, 1))
                yield Replacement("management.cors.allow_origins", tuple(lines))


def _of_rabbit(key: str, value: Term) -> Iterator[Replacement]:
    if key in _PLAIN:
        yield Replacement(_PLAIN[key], (_line(_PLAIN[key], value),))
    elif key in {"tcp_listeners", "ssl_listeners"}:
        prefix = _PREFIXES[key]
        lines = tuple(_listener(f"{prefix}.{number}", item) for number, item in enumerate(value.items, 1))
        yield Replacement(prefix, lines or (Line(prefix, "none", value.at),))
    elif key == "loopback_users":
        lines = tuple(Line(f"loopback_users.{item.text}", "true", item.at) for item in value.items)
        yield Replacement("loopback_users", lines or (Line("loopback_users", "none", value.at),))
    elif key == "ssl_options":
        yield Replacement("ssl_options", tuple(_options("ssl_options", value)))
    elif key in {"auth_mechanisms", "auth_backends"}:
        lines = tuple(Line(f"{key}.{number}", item.text, item.at) for number, item in enumerate(value.items, 1))
        yield Replacement(key, lines)
    elif key == "disk_free_limit":
        relative = value.kind == "tuple" and len(value.items) == 2  # {mem_relative, 1.0}
        number = value.items[1] if relative else value
        name = "disk_free_limit.relative" if relative else "disk_free_limit.absolute"
        yield Replacement("disk_free_limit", (_line(name, number),))
    elif key == "log":
        yield Replacement("log", tuple(_log(value)))
    elif key == "cluster_nodes":
        nodes = value.items[0].items if value.items else ()
        prefix = _PREFIXES[key]
        yield Replacement(prefix, tuple(Line(f"{prefix}.{n}", node.text, node.at) for n, node in enumerate(nodes, 1)))


def _log(value: Term) -> Iterator[Line]:
    for name, settings in value.pairs:
        if name == "categories":
            for category, options in settings.pairs:
                yield from (_line(f"log.{category}.{key}", item) for key, item in options.pairs)
        else:
            for key, item in settings.pairs:
                yield _line(f"log.{name}" if key in {"file", "enabled"} else f"log.{name}.{key}", item)


def _options(prefix: str, value: Term) -> Iterator[Line]:
    for key, item in value.pairs:
        if item.kind == "list" and key not in {"cacerts", "ssl_opts"}:
            yield from (_line(f"{prefix}.{key}.{number}", inner) for number, inner in enumerate(item.items, 1))
        elif key == "ssl_opts":
            yield from _options(prefix, item)
        elif key == "ip" and item.kind == "tuple":
            yield Line(f"{prefix}.ip", ".".join(part.text for part in item.items), item.at)
        else:
            yield _line(f"{prefix}.{key}", item)


def _listener(key: str, item: Term) -> Line:
    if item.kind == "tuple" and len(item.items) == 2:  # {"127.0.0.1", 5672}
        host, port = item.items
        text = ".".join(part.text for part in host.items) if host.kind == "tuple" else host.text
        return Line(key, f"{text}:{port.text}", item.at)
    return _line(key, item)


def _line(key: str, item: Term) -> Line:
    return Line(key, settle(item.text, "a template expression"), item.at)
