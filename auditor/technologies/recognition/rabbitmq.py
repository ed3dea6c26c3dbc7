"""Which files are RabbitMQ's: rabbitmq.conf and Erlang terms, definitions, plugins, variables, the cookie."""

import re
from enum import Enum

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_TEMPLATE = lazy(r"\.(?:j2|jinja2?|tmpl|tpl|template|sample|example|dist|erb|orig|default|bak)$")
_KEY = lazy(
    r"^[ \t]*(?:listeners\.(?:tcp|ssl)(?:\.\w+)?|loopback_users(?:\.\w+)?|default_(?:user|pass|vhost)"
    r"|default_permissions\.\w+"
    r"|ssl_options\.\w+[\w.]*|management\.[\w.]+|cluster_formation\.[\w.]+|cluster_partition_handling|disk_free_limit\.\w+"
    r"|vm_memory_high_watermark[\w.]*|log\.(?:file|console|connection|default)[\w.]*|auth_(?:backends|mechanisms)\.\w+[\w.]*"
    r"|load_definitions|definitions\.[\w.]+|prometheus\.[\w.]+|mqtt\.[\w.]+|stomp\.[\w.]+|heartbeat|channel_max"
    r"|anonymous_login_user|queue_leader_locator|queue_master_locator|consumer_timeout|default_user_tags\.\w+"
    r"|default_queue_type|collect_statistics_interval|frame_max|auth_ldap\.[\w.]+|auth_oauth2\.[\w.]+)[ \t]*=",
    re.M,
)
_OWN = lazy(
    r"^[ \t]*(?:listeners\.(?:tcp|ssl)(?:\.\w+)?|loopback_users(?:\.\w+)?|default_permissions\.\w+"
    r"|cluster_partition_handling"
    r"|vm_memory_high_watermark[\w.]*|disk_free_limit\.\w+|cluster_formation\.[\w.]+|management\.(?:tcp|ssl|load_def)[\w.]*"
    r"|anonymous_login_user)[ \t]*=",
    re.M,
)
_SECTION = lazy(r"^\[[^\]]*\][ \t]*$", re.M)
_TERMS = lazy(r"\A(?:\s++|%[^\n]*+)*+\[")
_APPLICATION = lazy(r"\{[ \t]*(?:rabbit|rabbitmq_\w+)[ \t]*,")
_PLUGINS = lazy(r"\A(?:\s++|%[^\n]*+)*+\[\s*rabbitmq_\w+[\w\s,]*\]\s*\.\s*\Z")
_ENV_NAME = lazy(r"rabbitmq-env[\w.-]*\.conf|rabbitmq-env\.conf")
_ENV_LINE = lazy(
    r"^[ \t]*(?:export[ \t]+)?(?:RABBITMQ_\w+|NODENAME|NODE_IP_ADDRESS|NODE_PORT|CONFIG_FILE|\w+_ERL_ARGS)=", re.M
)


class FileKind(Enum):
    """Which of RabbitMQ's files a document is."""

    CONF = "rabbitmq.conf"
    TERMS = "advanced.config or rabbitmq.config"
    DEFINITIONS = "definitions"
    PLUGINS = "enabled_plugins"
    ENVIRONMENT = "rabbitmq-env.conf"
    COOKIE = ".erlang.cookie"


def stem_of(name: str) -> str:
    """Return a file name in lower case without template endings."""
    lower = name.lower()
    while (match := _TEMPLATE.search(lower)) is not None:
        lower = lower[: match.start()]
    return lower


def recognise_kind(name: str, path: str, head: str) -> tuple[FileKind, Recognition] | None:
    """Return which file this is and why, None if it is none of RabbitMQ's."""
    if not any(part in name for part in (".conf", ".json", "enabled_plugins", ".erlang.cookie")):
        return None
    stem = stem_of(name)
    if stem == ".erlang.cookie":
        is_one_word = len(head.split()) == 1 or head.lstrip().startswith("{{")
        return (FileKind.COOKIE, Recognition("named .erlang.cookie, with one word", 3)) if is_one_word else None
    if stem == "enabled_plugins":
        return (
            (FileKind.PLUGINS, Recognition("named enabled_plugins, with plugins", 3)) if _PLUGINS.match(head) else None
        )
    if stem.endswith(".json"):
        if '"rabbit' in head and ('"rabbit_version"' in head or '"rabbitmq_version"' in head):
            return FileKind.DEFINITIONS, Recognition("definitions that RabbitMQ exported", 3)
        named = "rabbit" in path.lower() or "definitions" in stem
        if not named:
            return None
        known = sum(f'"{key}"' in head for key in ("users", "vhosts", "permissions", "exchanges", "queues", "bindings"))
        is_ours = known >= 3 and '"vhost"' in head  # three of the six lists
        return (FileKind.DEFINITIONS, Recognition("lists of RabbitMQ's definitions", 2)) if is_ours else None
    if stem.endswith(".config") and _TERMS.match(head) and _APPLICATION.search(head):
        named = stem in {"advanced.config", "rabbitmq.config"}
        return FileKind.TERMS, Recognition("Erlang terms for RabbitMQ", 3 if named else 2)
    if not stem.endswith(".conf"):
        return None
    if _ENV_NAME.fullmatch(stem):
        found = _ENV_LINE.search(head)
        return FileKind.ENVIRONMENT, Recognition("named rabbitmq-env.conf", 3 if found else 2)
    return _conf(stem, path, head)


def _conf(stem: str, path: str, head: str) -> tuple[FileKind, Recognition] | None:
    if "=" not in head or _SECTION.search(head):
        return (FileKind.CONF, Recognition("named rabbitmq.conf", 2)) if stem == "rabbitmq.conf" and not head else None
    found = len(set(_KEY.findall(head)))
    if stem == "rabbitmq.conf":
        if found:
            return FileKind.CONF, Recognition("named rabbitmq.conf, with its keys", 3)
        return (
            None if re.search(r"^\s*\w+\s*\{", head, re.M) else (FileKind.CONF, Recognition("named rabbitmq.conf", 2))
        )
    if "rabbit" in path.lower() and found:
        return FileKind.CONF, Recognition("keys of rabbitmq.conf in a file or folder named after RabbitMQ", 3)
    own = len(set(_OWN.findall(head)))
    return (
        (FileKind.CONF, Recognition("keys that only rabbitmq.conf has", 2))
        if own >= 2 or (own and found >= 2)
        else None
    )  # one key alone can be another program's


def recognise(name: str, path: str, head: str) -> Recognition | None:
    """Return why the file is one of RabbitMQ's, None if it is not."""
    found = recognise_kind(name, path, head)
    return found[1] if found else None


TECHNOLOGY = Registered(
    "rabbitmq",
    "RabbitMQ",
    "auditor.technologies.rabbitmq:RABBITMQ",
    recognise,
    words=("rabbitmq",),
    files="rabbitmq.conf, advanced.config, definitions.json, rabbitmq-env.conf, enabled_plugins, .erlang.cookie",
    versions="3.9 to 4.1",
    compared_with="rabbitmq-server 3.10",
)
