"""Tell redis.conf, sentinel.conf and ACL files from everything else."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .redis_directives import SINCE
from .registered import Registered

_VARIANT = r"(?:\.(?:j2|jinja2?|tmpl|tpl|template|sample|example|dist|in|default|erb|bak|orig))*"
_NAME = lazy(rf"(?:.*[._-])?(?:redis|valkey|sentinel)(?:[._-].*)?\.conf{_VARIANT}|(?:redis|valkey)\.conf.*")
_ACL_NAME = lazy(rf".*\.acl{_VARIANT}")
_TEXT_NAME = lazy(rf"[^.]*{_VARIANT}|.*\.(?:conf|cnf|cfg|config){_VARIANT}")
_PRODUCTS = ("redis", "valkey", "sentinel")
_ENDINGS = (".conf", ".cnf", ".cfg", ".config")
_HEAD = 16 * 1024
_VALUE = lazy(r"\{\{(?:(?!\{\{).)*?\}\}")
_EXPRESSION = lazy(r"[ \t]*(?:\{\{.*\}\}|\{%.*%\}|\{#.*#\})[ \t]*")
_OWN = frozenset(
    {
        "protected-mode", "requirepass", "masterauth", "appendonly", "appendfsync", "maxmemory",
        "maxmemory-policy", "aclfile", "tls-port", "rename-command", "replicaof", "slaveof", "dbfilename",
        "rdbcompression", "rdbchecksum", "tcp-backlog", "tcp-keepalive", "cluster-enabled",
        "stop-writes-on-bgsave-error", "unixsocketperm", "save", "repl-diskless-sync",
        "client-output-buffer-limit", "notify-keyspace-events", "lazyfree-lazy-eviction", "replica-read-only",
        "sentinel",
    }
)  # fmt: skip
"""Directives that no other program has, or hardly any."""
_OWN_WORDS = (*_OWN, "user ")
_LINE = lazy(r"[ \t]*([a-z][a-z0-9_-]*)(?:[ \t]+([^\s={:;][^\n{;]*))?[ \t]*$", re.IGNORECASE)
_ACL_LINE = lazy(r"user \S+(?: +(?:on|off|reset\w*|nopass|all\w+|no\w+|[>#<!~&%+(-]\S*))*[ \t]*$", re.IGNORECASE)


def recognise(name: str, _path: str, head: str) -> Recognition | None:
    """Return why the file is one of Redis's, None if it is not."""
    named = any(word in name for word in _PRODUCTS) and _NAME.fullmatch(name) is not None
    is_acl_name = ".acl" in name and _ACL_NAME.fullmatch(name) is not None
    if not named and not is_acl_name:
        plain = "." not in name or any(ending in name for ending in _ENDINGS)
        if not plain or not any(word in head for word in _OWN_WORDS) or not _TEXT_NAME.fullmatch(name):
            return None
    lines = _lines(head)
    if lines and all(line.startswith("user ") and _ACL_LINE.match(line) for line in lines):
        if is_acl_name:
            return Recognition("an .acl file of ACL users", 3)
        return Recognition("every line is an ACL user of Redis", 2)
    found = [match[1].lower() for line in lines if (match := _LINE.match(line)) and match[1].lower() in SINCE]
    if len(found) * 3 < len(lines) * 2:
        return None
    if named:
        if found:
            return Recognition("named like a Redis configuration, with its directives", 3)
        return Recognition("named like a Redis configuration", 2) if "redis" in head.lower() or not head else None
    own = sorted(set(found) & _OWN)
    return Recognition(f"directives of Redis ({', '.join(own[:3])})", 2) if len(own) >= 2 else None


def _lines(head: str) -> list[str]:
    """Return the lines that say something, a template's values replaced and its own lines left out."""
    lines = head.split("\n")
    if len(head) >= _HEAD and len(lines) > 1:
        lines.pop()  # it may be cut
    lines = [_VALUE.sub("x", line) for line in lines if not _EXPRESSION.fullmatch(line)]
    return [line for line in lines if line.strip() and not line.lstrip().startswith("#")]


def is_acl(head: str) -> bool:
    """Tell whether a recognised text is an ACL file."""
    lines = [line for line in head.split("\n") if line.strip() and not line.startswith("#")]
    return bool(lines) and all(line.startswith("user ") and _ACL_LINE.match(line) for line in lines)


TECHNOLOGY = Registered(
    "redis",
    "Redis and Valkey",
    "auditor.technologies.redis:REDIS",
    recognise,
    words=("redis", "valkey", "sentinel"),
    files="redis.conf, valkey.conf, sentinel.conf, ACL files",
    versions="Redis 5 to 8, Valkey 7.2 and 8",
    compared_with="redis-server 7.0.15",
)
