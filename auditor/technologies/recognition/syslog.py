"""Tell rsyslog's and the journal's files from others."""

import re

from auditor.patterns import lazy

from .claim import Recognition
from .registered import Registered

_TEMPLATE = r"(?:\.(?:j2|jinja2?|tmpl|tpl|template|sample|example|dist|in|erb|orig|bak))*"
_MAIN = lazy(rf"(?:.*[._-])?rsyslog(?:d)?(?:[._-][\w-]+)*\.conf{_TEMPLATE}")
_FOLDER = lazy(rf"(?:^|/)rsyslog\.d/[^/]+\.conf{_TEMPLATE}$")
_LINE = lazy(
    r"^[ \t]*(?:\$(?:ModLoad|IncludeConfig|ActionQueue|FileCreateMode|FileOwner|WorkDirectory|Default|Input|UDP"
    r"|template)"
    r"|(?:module|input|action|global|template|ruleset|include)[ \t]*\("
    r"|(?:[\w*]+(?:,[\w*]+)*\.[=!]*\w+|[\w*,]+\.\*)(?:;\S+)?[ \t]+\S|:\w[\w-]*[ \t]*,|if[ \t]|&[ \t])",
    re.M | re.I,
)
_JOURNAL = lazy(rf"(?:.*[._-])?journal(?:d|-upload|-remote)(?:[._-][\w-]+)*\.conf{_TEMPLATE}")
_JOURNAL_FOLDER = lazy(rf"(?:^|/)journal(?:d|-upload)\.conf\.d/[^/]+\.conf{_TEMPLATE}$")
_SECTION = lazy(r"^[ \t]*\[(?:Journal|Upload)\]", re.M)


def recognise(name: str, path: str, head: str) -> Recognition | None:
    """Return why the file configures rsyslog or the journal, None if it does not."""
    if ".conf" not in name:
        return None
    if "rsyslog" in name or "rsyslog.d/" in path:
        if not _LINE.search(head):
            return None
        if _MAIN.fullmatch(name):
            return Recognition("named like rsyslog.conf, with lines of it", 3)
        return Recognition("a file of rsyslog.d, with rules", 3) if _FOLDER.search(path) else None
    named = ("journal" in name or "journal" in path) and (_JOURNAL.fullmatch(name) or _JOURNAL_FOLDER.search(path))
    if named and _SECTION.search(head):
        return Recognition("named like journald.conf, with its section", 3)
    return None


TECHNOLOGY = Registered(
    "syslog",
    "System log",
    "auditor.technologies.syslog:SYSLOG",
    recognise,
    words=("rsyslogd",),
    files="rsyslog.conf, rsyslog.d, journald.conf, journal-upload.conf",
    versions="rsyslog 8, systemd 252",
    compared_with="rsyslog 8.2302",
)
