"""Tell redis.conf, sentinel.conf and ACL files from everything else."""

import re

from auditor.technologies.document import Recognition

from .parameters import SINCE

_VARIANT = r"(?:\.(?:j2|jinja2?|tmpl|tpl|template|sample|example|dist|in|default|erb|bak|orig))*"
_NAME = re.compile(rf"(?:.*[._-])?(?:redis|valkey|sentinel)(?:[._-].*)?\.conf{_VARIANT}|(?:redis|valkey)\.conf.*")
_ACL_NAME = re.compile(rf".*\.acl{_VARIANT}")
_TEXT_NAME = re.compile(rf"[^.]*{_VARIANT}|.*\.(?:conf|cnf|cfg|config){_VARIANT}")
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
_LINE = re.compile(r"[ \t]*([a-z][a-z0-9_-]*)(?:[ \t]+([^\s={:;][^\n{;]*))?[ \t]*$", re.IGNORECASE)
_ACL_LINE = re.compile(r"user \S+(?: +(?:on|off|reset\w*|nopass|all\w+|no\w+|[>#<!~&%+(-]\S*))*[ \t]*$", re.IGNORECASE)


def recognise(name: str, head: str) -> Recognition | None:
    """Return why the file is one of Redis's, None if it is not."""
    named = _NAME.fullmatch(name) is not None
    if not named and not _ACL_NAME.fullmatch(name) and not _TEXT_NAME.fullmatch(name):
        return None
    lines = [line for line in head.split("\n") if line.strip() and "{{" not in line and "{%" not in line]
    lines = lines[:-1] if len(head) >= 16 * 1024 and len(lines) > 1 else lines
    lines = [line for line in lines if not line.lstrip().startswith("#")]
    rules = [line for line in lines if line.startswith("user ")]
    if rules and len(rules) == len(lines) and all(_ACL_LINE.match(line) for line in rules):
        if _ACL_NAME.fullmatch(name):
            return Recognition("an .acl file of ACL users", 3)
        return Recognition("every line is an ACL user of Redis", 2)
    matches = [match for line in lines if (match := _LINE.match(line)) and match[1].lower() in SINCE]
    own = {match[1].lower() for match in matches} & _OWN
    if lines and (not matches or len(matches) * 3 < len(lines) * 2):
        return None
    if named:
        if matches:
            return Recognition("named like a Redis configuration, with its directives", 3)
        return Recognition("named like a Redis configuration", 2) if "redis" in head.lower() or not head else None
    return Recognition(f"directives of Redis ({', '.join(sorted(own)[:3])})", 2) if len(own) >= 2 else None


def is_acl(head: str) -> bool:
    """Tell whether a recognised text is an ACL file."""
    lines = [line for line in head.split("\n") if line.strip() and not line.startswith("#")]
    return bool(lines) and all(line.startswith("user ") and _ACL_LINE.match(line) for line in lines)
