"""Tell Apache HTTPD's configuration files from everything else."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_VARIANT = r"(?:\.(?:j2|jinja2?|tmpl|tpl|template|sample|example|dist|in|default|erb|bak|orig))*"
_NAME = lazy(
    rf"(?:httpd|apache2?|ports|000-default|default-ssl|envvars)(?:[-._][\w.-]*)?\.conf{_VARIANT}|\.htaccess{_VARIANT}"
)
_FOLDER = lazy(r"(?:^|/)(?:apache2?|httpd)(?:/[^/]+)*/[^/]+$")
_TEXT_NAME = lazy(rf".*\.(?:conf|vhost|load|site){_VARIANT}|[^.]+{_VARIANT}|\.htaccess{_VARIANT}")
_SECTION = lazy(
    r"^[ \t]*<(?:VirtualHost|Directory|DirectoryMatch|LocationMatch|FilesMatch|IfModule|RequireAll|RequireAny|Proxy"
    r"|(?:Location|Files)[ \t]+[\"'/~.*\w])[^\n]*>[ \t]*\r?$",
    re.MULTILINE | re.IGNORECASE,
)
_OWN = lazy(
    r"^[ \t]*(?:LoadModule[ \t]+\w+_module|ServerRoot|DocumentRoot|SSLEngine|AllowOverride|RewriteEngine|RewriteRule"
    r"|ServerTokens|CustomLog|ErrorLog|ServerSignature|TraceEnable|AuthUserFile|DirectoryIndex|ProxyPass|SSLProtocol"
    r"|SSLCertificateFile|LogFormat|Require[ \t]+(?:all|ip|user|valid-user|local|group|host)\b"
    r"|Header[ \t]+(?:always|set)|Options[ \t]+[+-]?[A-Z]|AuthType[ \t]+\w+|(?:php_(?:admin_)?(?:value|flag))"
    r"|ScriptAlias|IncludeOptional|Order[ \t]+(?:allow|deny),|ServerName|Listen[ \t]+[\d.:]+[ \t]*$)\b",
    re.MULTILINE | re.IGNORECASE,
)
_FOREIGN = lazy(
    r"^[ \t]*(?:(?:server|http|location[^\n]*|upstream[^\n]*)[ \t]*\{|[\w./-]+:(?:[ \t]*[|>\[]|[ \t]*$)|#!)",
    re.MULTILINE,
)
"""Lines of nginx, of YAML, and of scripts that write such a file."""


def recognise(name: str, path: str, head: str) -> Recognition | None:
    """Return why the file is one of Apache's, None if it is not."""
    if not _TEXT_NAME.fullmatch(name):
        return None
    named = _NAME.fullmatch(name) is not None
    placed = _FOLDER.search(path.lower()) is not None
    sections, own = len(_SECTION.findall(head)), len({match.lower().split()[0] for match in _OWN.findall(head)})
    if (not sections and not own) or _FOREIGN.search(head):
        return None
    if named and (sections or own):
        return Recognition("named like an Apache configuration, with its directives", 3)
    if sections and own:
        return Recognition("sections and directives of Apache", 2)
    if placed and (sections or own):
        return Recognition("in a folder of Apache, with its directives", 2)
    return Recognition("directives of Apache", 2) if own >= 4 else None


TECHNOLOGY = Registered(
    "apache",
    "Apache HTTPD",
    "auditor.technologies.apache:APACHE",
    recognise,
    words=("httpd", "apache"),
    files="httpd.conf, apache2.conf, sites, .htaccess",
    versions="2.4",
    compared_with="apache2 2.4",
)
