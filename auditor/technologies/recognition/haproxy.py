"""Tell haproxy.cfg and its parts from everything else."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_ENDINGS = (".cfg", ".conf", ".tmpl", ".j2", ".tpl", ".template", ".sample", ".example", ".dist", ".erb", ".in")
_OTHERS = tuple(".md .yml .yaml .py .sh .service .go .json .rst .txt .tf .js .ts .lua .sql .xml".split())
_SECTION = lazy(
    r"^[ \t]*(frontend|backend|listen|defaults|global|userlist|peers|resolvers)(?:[ \t]+[\w.:\-]+){0,3}[ \t]*(?:#.*)?$",
    re.MULTILINE,
)
_HEADS = ("\nfrontend ", "\nbackend ", "\nlisten ", "\ndefaults\n", "\ndefaults ", "\nlisten\t", "\nfrontend\t")
_LINE = lazy(
    r"^[ \t]*(bind|server|default_backend|use_backend|balance|http-request|http-response|tcp-request|acl|errorfile"
    r"|maxconn|nbthread|default-server|ssl-default-bind-\w+|mode[ \t]+(?:http|tcp)"
    r"|option[ \t]+(?:httplog|tcplog|forwardfor|httpchk|dontlognull|http-server-close|redispatch|httpclose|tcp-check)"
    r"|timeout[ \t]+(?:connect|client|server|check|queue|http-request|http-keep-alive|tunnel)"
    r"|stats[ \t]+(?:socket|enable|uri|auth|timeout)|log[ \t]+(?:global|/dev/log|stdout|[\d.]+)"
    r"|user[ \t]+\S+[ \t]+(?:insecure-)?password)\b",
    re.MULTILINE,
)


def recognise(name: str, path: str, head: str) -> Recognition | None:
    """Return why the file is HAProxy's, None if it is not."""
    named = "haproxy" in name
    if not name.endswith(_ENDINGS) and not (named and not name.endswith(_OTHERS)):
        return None
    if not named and not any(word in head for word in ("frontend", "backend", "listen", "defaults")):
        return None
    if not named and not any(word in head or head.startswith(word[1:]) for word in _HEADS):
        return None
    head = head.replace("\r\n", "\n")
    sections = set(_SECTION.findall(head))
    lines = {" ".join(match.split()) for match in _LINE.findall(head)} if sections else set[str]()
    if not lines:
        return None
    if named:
        return Recognition("named like an HAProxy configuration, with its sections", 3)
    if sections & {"frontend", "backend", "listen", "defaults"} and (len(lines) >= 2 or "haproxy" in path.lower()):
        return Recognition(f"sections of HAProxy ({', '.join(sorted(sections))})", 2)
    return None


TECHNOLOGY = Registered(
    "haproxy",
    "HAProxy",
    "auditor.technologies.haproxy:HAPROXY",
    recognise,
    words=("haproxy",),
    files="haproxy.cfg and folders of its parts",
    versions="2.2 to 3.4",
    compared_with="haproxy 2.6",
)
