"""Which files hold memcached's options: Debian's memcached.conf and Red Hat's sysconfig file."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_NAME = lazy(
    r"memcached(?:[_.-][\w.-]*)?\.conf(?:\.(?:j2|jinja2?|tmpl|tpl|template|sample|example|dist|erb|default|orig))*"
)
_OPTION = lazy(r"[ \t]*(?:--?[A-Za-z]|logfile[ \t]|\{[%#{])")
_SYSCONFIG = lazy(r"^(?:OPTIONS|CACHESIZE|MAXCONN)=", re.M)


def recognise(name: str, path: str, head: str) -> Recognition | None:
    """Return why the file holds memcached's options, None if it does not."""
    if not name.startswith("memcached"):
        return None
    if _NAME.fullmatch(name):
        lines = [line for line in head.split("\n") if line.strip() and not line.lstrip().startswith("#")]
        options = sum(_OPTION.match(line) is not None for line in lines)
        if not lines or options * 3 < len(lines) * 2:
            return None
        return Recognition("named memcached.conf, with options of memcached", 3)
    is_system = "sysconfig" in path or name.startswith("memcached.sysconfig")
    if is_system and _SYSCONFIG.search(head) and ("PORT=" in head or "OPTIONS=" in head):
        return Recognition("memcached's file of variables for its start script", 3)
    return None


TECHNOLOGY = Registered(
    "memcached",
    "Memcached",
    "auditor.technologies.memcached:MEMCACHED",
    recognise,
    words=("memcached",),
    files="memcached.conf, sysconfig files",
    versions="up to 1.6",
    compared_with="memcached 1.6.18",
)
