"""Tell the audit daemon's configuration and the kernel's audit rules from other files."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_TEMPLATE = r"(?:\.(?:j2|jinja2?|tmpl|tpl|template|sample|example|dist|in|erb|orig|bak))*"
_DAEMON = lazy(rf"(?:.*[._-])?auditd(?:[._-][\w-]+)?\.conf{_TEMPLATE}")
_REMOTE = lazy(rf"(?:au|audisp)-remote\.conf{_TEMPLATE}")
_RULES = lazy(rf"[\w.@-]*\.rules{_TEMPLATE}")
_SETTING = lazy(
    r"^[ \t]*(?:log_file|log_format|flush|max_log_file(?:_action)?|space_left(?:_action)?|disk_full_action|num_logs|"
    r"write_logs|tcp_listen_port|remote_server|transport|active|direction|path)[ \t]*=",
    re.M | re.I,
)
_RULE = lazy(r"^[ \t]*-(?:[aA][ \t]+\w+,\w+|w[ \t]+/\S|D[ \t]*$|e[ \t]+[012]|b[ \t]+\d|f[ \t]+[012])", re.M)


def recognise(name: str, path: str, head: str) -> Recognition | None:
    """Return why the file configures auditing, None if it does not."""
    if ".rules" in name and not name.startswith("audit-stop"):  # that one is loaded when the daemon ends
        if ("audit" in name or "audit" in path or "rules.d/" in path) and _RULES.fullmatch(name) and _RULE.search(head):
            return Recognition("named like audit.rules, with rules of it", 3)
        return None
    if ("auditd" in name and _DAEMON.fullmatch(name)) or ("-remote.conf" in name and _REMOTE.fullmatch(name)):
        return Recognition("named like auditd.conf, with settings of it", 3) if _SETTING.search(head) else None
    return None


TECHNOLOGY = Registered(
    "auditd",
    "Linux audit",
    "auditor.technologies.auditd:AUDITD",
    recognise,
    is_platform=True,
    files="auditd.conf, audisp-remote.conf, audit.rules, rules.d",
    versions="auditd 3",
)
