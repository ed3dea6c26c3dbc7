"""Tell proftpd.conf and the files that it includes from those of Apache, whose syntax it shares."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_VARIANT = r"(?:\.(?:j2|jinja2?|tmpl|tpl|template|sample|example|dist|in|default|erb|bak|orig))*"
_MAIN = lazy(rf"(?:.*[._-])?proftpd(?:[._-][\w-]*)?\.conf{_VARIANT}|proftpd\.conf.*")
_OWN = lazy(
    r"^[ \t]*(DefaultRoot|RequireValidShell|MaxInstances|ScoreboardFile|TransferLog|AuthOrder|DeferWelcome|"
    r"DisplayLogin|DisplayChdir|RootLogin|PassivePorts|MasqueradeAddress|UseFtpUsers|TLSEngine|TLSRequired|"
    r"TLSRSACertificateFile|AllowOverwrite|SystemLog|ServerType|ServerIdent|SFTPEngine|<Anonymous|TimeoutNoTransfer|"
    r"TimeoutStalled|AllowForeignAddress|UserAlias|IdentLookups|LoadModule[ \t]+mod_\w+\.c|DefaultServer)\b",
    re.M | re.I,
)


def recognise(name: str, path: str, head: str) -> Recognition | None:
    """Return why the file configures ProFTPD, None if it does not."""
    named = "proftpd" in name and is_main(name)
    inside = "proftpd/" in path and ".conf" in name
    if not named and not inside and (".conf" not in name or "ServerType" not in head):
        return None
    found = {match.lower() for match in _OWN.findall(head)}
    if named and found:
        return Recognition("named like proftpd.conf, with directives of ProFTPD", 3)
    if inside and found:
        return Recognition("in ProFTPD's folder, with directives of ProFTPD", 3)
    return Recognition("directives of ProFTPD", 2) if len(found) >= 4 else None


def is_main(name: str) -> bool:
    """Tell whether a name in lower case is that of a main file."""
    return _MAIN.fullmatch(name) is not None


TECHNOLOGY = Registered(
    "proftpd",
    "ProFTPD",
    "auditor.technologies.proftpd:PROFTPD",
    recognise,
    words=("proftpd",),
    files="proftpd.conf",
    versions="1.3",
    compared_with="proftpd-core 1.3",
)
